"""Migrations go forward on both databases, from empty and from each earlier revision, all or nothing, to what the tables say."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select, table, text
from sqlalchemy.dialects.postgresql.base import ischema_names

from storage import migrate, months, people, spaces, statements
from storage.columns import TransactionId
from storage.database import Database
from storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from storage.database import Tx

SPACE = "11111111-1111-1111-1111-111111111111"
MOMENT = "2026-02-03T04:05:06.000007Z"
LETTERS = {"sqlite": "x'6162'", "postgresql": r"'\x6162'"}

# Rows as the SQL of each revision writes them; a new revision comes with its own.
ROWS = {
    "0001": """
        insert into spaces (slug, name, language, created) values ('haiphong', 'Hải Phòng', 'vi', {moment});
        insert into accounts (space_id, id, role, created) values (1, {id}, 'learner', {moment});
        insert into links (space_id, hash, account_id, expires) values (1, {bytes}, {id}, {moment});
        insert into sessions (space_id, hash, account_id, created, expires)
            values (1, {bytes}, {id}, {moment}, {moment});
        insert into credentials (space_id, id, key, secret_hash, scopes, created)
            values (1, {id}, 'key', {bytes}, '[]', {moment})
    """,
    "0002": """
        insert into statements (space_id, seq, epoch, id, stored, actor, verb, provenance, payload)
            values (1, 7, 1, {id}, {moment}, 'an actor', 'a verb', 'client-asserted', '{{}}');
        insert into rules (space_id, id, activity, body, created) values (1, {id}, 'an activity', '{{}}', {moment});
        insert into outcomes (space_id, rule_id, account_id, evidence, reached)
            values (1, {id}, {id}, {id}, {moment});
        insert into cursors (space_id, follower, epoch, txid, seq) values (1, 'outcomes', 1, 3, 7)
    """,
    "0003": """
        insert into packages (space_id, id, created) values (1, {id}, {moment});
        insert into versions (space_id, id, package_id, kind, edition, title, activity, model, published)
            values (1, {id}, {id}, 'scorm', '1.2', 'Mật khẩu mạnh', 'an activity', '{{}}', {moment});
        insert into attempts (space_id, id, account_id, version_id, created, session, last_commit, "values")
            values (1, {id}, {id}, {id}, {moment}, 1, 1, '{{}}');
        insert into commits (space_id, attempt_id, session, n, received, payload)
            values (1, {id}, 1, 1, {moment}, '{{}}')
    """,
    "0004": """
        insert into related (space_id, key, seq) values (1, {id}, 7);
        insert into voided (space_id, id, "by") values (1, {id}, {id});
        insert into definitions (space_id, activity, hash, iri, body, first)
            values (1, {id}, {id}, 'an activity', '{{}}', {moment});
        insert into documents (space_id, scope, registration, key, id, content, content_type, etag, updated)
            values (1, {id}, {id}, {id}, 'an id', {bytes}, 'text/plain', 'a tag', {moment})
    """,
    "0005": """
        insert into uses (space_id, credential_id, last) values (1, {id}, {moment});
        insert into tickets (space_id, credential_id, minute, taken) values (1, {id}, {moment}, 7)
    """,
    "0006": """
        insert into statement_ids (space_id, id, seq, stored) values (1, {id}, 7, {moment})
    """,
    "0007": """
        insert into outbox (space_id, id, target, kind, body, entered, due, attempts)
            values (1, {id}, 'a target', 'a kind', '{{}}', {moment}, {moment}, 2)
    """,
    "0008": """
        insert into versions (space_id, id, package_id, kind, edition, title, activity, model, published, report)
            values (1, {another}, {id}, 'scorm12', '1.2', 'a title', 'an activity', '{{}}', {moment}, '{{"report": {{}}}}')
    """,
    "0009": """
        insert into versions (space_id, id, package_id, kind, edition, title, activity, model, published, identifier)
            values (1, {third}, {id}, 'scorm12', '1.2', 'a title', 'an activity', '{{}}', {moment}, 'an identifier')
    """,
    "0010": """
        insert into tracks (space_id, attempt_id, item, session, visit, ended, "values", responded)
            values (1, {id}, 'an item', 1, 1, false, '{{"cmi.core.exit": ""}}', '[3]');
        insert into commits (space_id, attempt_id, session, n, received, payload, refused, superseded)
            values (1, {id}, 1, 2, {moment}, '{{}}', '["cmi.x"]', true)
    """,
    "0011": """
        insert into definitions (space_id, activity, hash, iri, body, first)
            values (1, {id}, {another}, 'an activity', '{{"type": "a type"}}', {moment})
    """,
    "0012": """
        insert into documents (space_id, scope, registration, key, id, content, content_type, etag, updated)
            values (1, {id}, {id}, {another}, 'another id', {bytes}, 'text/plain', 'a tag', {moment})
    """,
    "0013": """
        insert into identities (space_id, account_id, key_id, sealed, changed) values (1, {id}, 1, {bytes}, {moment});
        insert into identifiers (space_id, kind, blind, account_id) values (1, 'email', {bytes}, {id});
        insert into name_tokens (space_id, token, account_id) values (1, {bytes}, {id});
        insert into passwords (space_id, account_id, hash, changed) values (1, {id}, 'a hash', {moment});
        insert into devices (space_id, account_id, hash, since) values (1, {id}, {bytes}, {moment});
        insert into tries (space_id, who, failures, last) values (1, {bytes}, 3, {moment});
        insert into audit (space_id, id, at, actor_id, act, subject_id, detail)
            values (1, {id}, {moment}, {id}, 'an act', {id}, '{{}}')
    """,
    "0014": """
        insert into units (space_id, id, name, code) values (1, {id}, 'a unit', 'a code');
        insert into unit_spans (space_id, unit_id, parent_id, since, until) values (1, {id}, null, '2024-01-01', '2025-07-01');
        insert into members (space_id, account_id, unit_id, since, until) values (1, {id}, {id}, '2024-02-01', null)
    """,
    "0015": "insert into emblems (space_id, digest, type, content) values (1, 'a digest', 'image/png', {bytes})",
    "0016": """
        insert into letters (space_id, id, account_id, kind, language, asked, state, key_id, sealed)
            values (1, {id}, {id}, 'a kind', 'vi', {moment}, 'waiting', 1, {bytes})
    """,
    "0017": """
        insert into claims (space_id, guest_id, account_id, at) values (1, {id}, {id}, {moment});
        insert into hourly (space_id, what, hour, count) values (1, {bytes}, {moment}, 3)
    """,
    "0018": """
        insert into platform_links (hash, expires) values ({bytes}, {moment});
        insert into platform_sessions (id, hash, created, expires, seen, device)
            values ({id}, {bytes}, {moment}, {moment}, {moment}, 'a device');
        insert into platform_deeds (id, at, session_id, act, slug) values ({id}, {moment}, {id}, 'an act', 'haiphong')
    """,
    "0019": """
        insert into sequences (space_id, attempt_id, revision, state, reply, opening, standing)
            values (1, {id}, 3, '{{"current": "bài 1"}}', '{{}}', '{{}}', '{{}}');
        insert into sequence_requests (space_id, attempt_id, revision, at, session, request, target, outcome, exception, delivered, detail)
            values (1, {id}, 3, {moment}, 1, 'continue', '', 'delivered', '', 'bài 1', {bytes});
        insert into sequence_carried (space_id, account_id, value) values (1, {id}, '{{}}')
    """,
    "0020": """
        insert into rules (space_id, id, name, activity, created, ended)
            values (1, {another}, 'a rule', null, {moment}, {moment});
        insert into rule_versions (space_id, id, rule_id, number, body, tags, zone, created, made_by)
            values (1, {another}, {another}, 1, '{{}}', '{{}}', 'Asia/Ho_Chi_Minh', {moment}, {id});
        insert into tags (space_id, tag, key, activity) values (1, 'a tag', {id}, 'an activity');
        insert into states (space_id, version_id, account_id, body, met, done)
            values (1, {another}, {id}, '{{}}', true, 1000);
        insert into awards (space_id, version_id, account_id, decided, evidence, reached, taken)
            values (1, {another}, {id}, {id}, '[]', {moment}, {moment});
        insert into reviews (space_id, id, version_id, account_id, cause, about, opened, decided, decision, decided_by)
            values (1, {id}, {another}, {id}, 'voided', {id}, {moment}, {moment}, 'kept', {id});
        insert into remakings (space_id, id, version_id, account_id, "after", asked)
            values (1, {another}, {another}, null, {id}, {moment});
        insert into actors (space_id, blind, account_id, key_id, sealed, confirmed, confirmed_by)
            values (1, {bytes}, {id}, 1, {bytes}, {moment}, {id});
        insert into strangers (space_id, blind, key_id, sealed, count, first, last, passed)
            values (1, {bytes}, 1, {bytes}, 3, {moment}, {moment}, {moment});
        insert into confirmers (space_id, statement_id, role) values (1, {id}, 'mentor')
    """,
    "0021": """
        insert into courses (space_id, id, created, code, published, edited) values (1, {id}, {moment}, '12345678', 1, 2);
        insert into course_versions (space_id, course_id, number, body, rule_version_id, published)
            values (1, {id}, 1, '{{}}', {another}, {moment});
        insert into course_packages (space_id, course_id, package_id) values (1, {id}, {id});
        insert into batches (space_id, id, course_id, name, code) values (1, {id}, {id}, 'a batch', '87654321');
        insert into enrolments (space_id, course_id, account_id, since, way, batch_id)
            values (1, {id}, {id}, {moment}, 'unit', {id});
        insert into reminders (space_id, course_id, account_id, kind, deadline, at)
            values (1, {id}, {id}, 'a kind', '2026-01-01', {moment})
    """,
    "0023": "insert into accounts (space_id, id, role, created, language) values (1, {another}, 'learner', {moment}, 'en')",
    "0024": """
        insert into certificate_templates (space_id, id, version, name, body, at)
            values (1, {id}, 1, 'a template', '{{}}', {moment});
        insert into certificate_pictures (space_id, digest, type, content) values (1, 'a digest', 'image/png', {bytes});
        insert into certificate_rules (space_id, rule_id, template_id, at) values (1, {another}, {id}, {moment});
        insert into certificate_counters (space_id, unit_id, year, last) values (1, {id}, 2026, 12);
        insert into certificates (space_id, id, unit_id, year, counted, round, unit_code, award_id, account_id,
                template_id, template_version, code, key_id, sealed, told, issued, day, state)
            values (1, {id}, {id}, 2026, 12, 1, 'a code', {id}, {id}, {id}, 1, '7GQX2M4K93TDXK4P', 1, {bytes}, '{{}}',
                {moment}, '2026-05-03', 'valid');
        insert into certificate_events (space_id, id, certificate_id, at, kind, reason)
            values (1, {id}, {id}, {moment}, 'issued', '')
    """,
    "0025": """
        insert into issuing_keys (space_id, number, public, sealed, since) values (1, 1, {bytes}, {bytes}, {moment});
        insert into status_places (space_id, list, place, certificate_id) values (1, 1, 7, {id});
        insert into shown_names (space_id, account_id, shown) values (1, {id}, 'initials')
    """,
    "0026": """
        insert into attempts (space_id, id, account_id, version_id, created, session, last_commit, item)
            values (1, {another}, {id}, {id}, {moment}, 1, 1, 'an item')
    """,
    "0027": """
        insert into webhooks (space_id, id, events, contact, key_id, sealed, added, state, since, failures)
            values (1, {id}, 'an event', true, 1, {bytes}, {moment}, 'active', {moment}, 2);
        insert into deliveries (space_id, id, webhook_id, event, account_id, told, at, asked, named, state)
            values (1, {id}, {id}, 'an event', {id}, '{{}}', {moment}, {moment}, true, 'waiting');
        insert into reminders (space_id, course_id, account_id, kind, deadline, at, channel)
            values (1, {id}, {id}, 'a kind', '2026-01-01', {moment}, 'another channel')
    """,
    "0028": """
        insert into certificate_rules (space_id, rule_id, template_id, at, hours, letter)
            values (1, {id}, {id}, {moment}, '12', true);
        insert into certificate_sendings (space_id, certificate_id, kind, letter_id, at)
            values (1, {id}, 'issued', {id}, {moment});
        insert into certificate_links (space_id, hash, certificate_id, made, expires)
            values (1, {bytes}, {id}, {moment}, {moment});
        insert into certificate_jobs (space_id, id, kind, wanted, title, asked, due, total, seen, made, parts)
            values (1, {id}, 'zip', '{{}}', 'a title', {moment}, {moment}, 9, 3, 3, 1)
    """,
    "0029": """
        insert into skill_sets (space_id, id, titles, rule_id, changed) values (1, {id}, '{{}}', {another}, 1);
        insert into skills (space_id, id, position, titles, says, picture, asks, rule_id)
            values (1, {id}, 1, '{{}}', '{{}}', 'office', '{{}}', {another});
        insert into skill_joys (space_id, account_id, rule_id, at) values (1, {id}, {another}, {moment});
        insert into skill_badges (space_id, id, account_id, rule_id, code, told, reached, issued, list, place)
            values (1, {id}, {id}, {another}, 'a code', '{{}}', {moment}, {moment}, 1, 7)
    """,
}

CHANGED = {
    "0020": (
        """insert into rules (space_id, id, activity, body, created) values (1, {id}, 'an activity', '{{}}', {moment});
        insert into outcomes (space_id, rule_id, account_id, evidence, reached)
            values (1, {id}, {id}, {id}, {moment});""",
        "insert into rules (space_id, id, activity, created) values (1, {id}, 'an activity', {moment});",
    ),
    "0010": (
        """session, last_commit, "values")
            values (1, {id}, {id}, {id}, {moment}, 1, 1, '{{}}')""",
        "session, last_commit, item) values (1, {id}, {id}, {id}, {moment}, 1, 1, 'an item')",
    ),
    "0006": (
        "related (space_id, key, seq) values (1, {id}, 7)",
        "related (space_id, key, seq, stored) values (1, {id}, 7, {moment})",
    ),
}
"""What a revision made an earlier one's rows look like."""

MOVED = {("attempts", "values"), ("rules", "body")}
"""Columns that a later revision took elsewhere; a test of its own says where."""

TAKEN_OVER = {"outcomes"}
"""Tables whose rows a later revision took elsewhere."""


@pytest.fixture
def owner(empty_url: str) -> Iterator[Database]:
    """Give an empty database to its owner."""
    database = Database(empty_url, role=None)
    yield database
    database.dispose()


@pytest.fixture(autouse=True)
def _reflected_transaction_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Teach SQLAlchemy's reflection a type that it does not know."""
    monkeypatch.setitem(ischema_names, "xid8", TransactionId)


def differences(tx: Tx) -> list[Any]:
    """Compare a database with the tables as they stand in the code."""
    options: dict[str, Any] = {
        "compare_type": True,
        "compare_server_default": tx.postgresql,
    }  # SQLite has no identity columns
    options["include_name"] = lambda name, kind, _parents: kind != "table" or not months.is_part(name)
    found: list[Any] = compare_metadata(MigrationContext.configure(tx.connection, opts=options), metadata)
    reflected = inspect(tx.connection)
    for expected in metadata.sorted_tables:  # which Alembic leaves out
        key = reflected.get_pk_constraint(expected.name)["constrained_columns"]
        if key != [column.name for column in expected.primary_key.columns]:
            found.append(("primary key", expected.name, key))
    return found


def insert_rows(tx: Tx, revision: str) -> int:
    """Write the rows of a revision and of those before it; count them."""
    values = {"id": f"'{SPACE if tx.postgresql else SPACE.replace('-', '')}'", "moment": f"'{MOMENT}'"}
    values["another"], values["third"] = (values["id"].replace("1", n) for n in "23")
    values["bytes"] = LETTERS[tx.connection.dialect.name]
    every = ";".join(ROWS[each] for each in migrate.revisions() if each <= revision)
    for since, (before, after) in CHANGED.items():
        assert every.count(before) <= 1
        every = every.replace(before, after) if revision >= since else every
    statements = every.split(";")
    for statement in statements:
        tx.connection.exec_driver_sql(statement.format(**values))
    return len(statements)


def rows(tx: Tx) -> dict[str, list[Any]]:
    """Read every row of every table there is."""
    every = {name for name in inspect(tx.connection).get_table_names() if not months.is_part(name)}
    names = every - {"alembic_version"}
    queries = {name: select(text("*")).select_from(table(name)) for name in names}
    return {name: [dict(row) for row in tx.run(query).mappings()] for name, query in queries.items()}


def test_from_empty_a_database_becomes_what_the_tables_say(owner: Database) -> None:
    assert migrate.upgrade(owner) == (None, migrate.head())

    with owner.read() as tx:
        assert migrate.current(tx) == migrate.head() == migrate.revisions()[-1]
        assert differences(tx) == []


def test_control_a_difference_would_be_seen(owner: Database) -> None:
    migrate.upgrade(owner)
    with owner.write() as tx:
        tx.run(text("drop index ix_rules_space_id_activity"))
        tx.run(text("alter table rules add column more text"))

    with owner.read() as tx:
        assert {each[0] for each in differences(tx)} == {"add_index", "remove_column"}


def test_every_revision_has_rows_here() -> None:
    assert [*ROWS] == migrate.revisions()


@pytest.mark.parametrize("revision", migrate.revisions())
def test_rows_of_an_earlier_revision_are_still_there_after_an_upgrade(owner: Database, revision: str) -> None:
    assert migrate.upgrade(owner, to=revision) == (None, revision)
    with owner.write() as tx:
        count = insert_rows(tx, revision)
        before = rows(tx)
    assert sum(map(len, before.values())) == count + 1  # and the fact that the first migration writes

    assert migrate.upgrade(owner) == (revision, migrate.head())

    before = {name: before[name] for name in before.keys() - TAKEN_OVER}
    with owner.read() as tx:
        after = rows(tx)
        # A later revision may add columns; what was there is there.
        lasting = {name: [_lasting(name, old) for old in before[name]] for name in before}
        still = {
            name: [{column: row[column] for column in old} for row, old in zip(after[name], lasting[name], strict=True)]
            for name in before
        }
        assert still == lasting
        assert differences(tx) == []


def _lasting(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in row.items() if (name, column) not in MOVED}


def test_outcomes_become_awards_by_the_first_versions_of_their_rules(owner: Database) -> None:
    migrate.upgrade(owner, to="0018")
    with owner.write() as tx:
        insert_rows(tx, "0018")

    migrate.upgrade(owner)

    with owner.read() as tx:
        (rule,), (version,), (award,), (remaking,) = (
            rows(tx)[name] for name in ("rules", "rule_versions", "awards", "remakings")
        )
        assert version["id"] == version["rule_id"] == rule["id"] == remaking["version_id"]
        assert (rule["activity"], version["number"], version["body"]) == ("an activity", 1, "{}")
        assert version["zone"] == "Asia/Ho_Chi_Minh"
        assert (award["version_id"], award["taken"]) == (version["id"], None)
        assert json.loads(award["evidence"]) == [SPACE.replace("-", "")]


def test_the_values_of_an_attempt_become_a_track_of_its_first_lesson(owner: Database) -> None:
    model = '{"organisations": [{"items": [{"identifier": "tiêu đề", "items": [{"identifier": "bài 1", "launch": {"address": "a"}}]}]}]}'
    migrate.upgrade(owner, to="0009")
    with owner.write() as tx:
        insert_rows(tx, "0009")
        tx.run(text("update versions set model = :model"), {"model": model})
        tx.run(text('update attempts set session = 4, "values" = \'{"cmi.suspend_data": "trang=7"}\''))

    migrate.upgrade(owner)

    with owner.read() as tx:
        (track,) = rows(tx)["tracks"]
    assert (track["item"], track["session"], track["visit"], track["ended"]) == ("bài 1", 4, 1, False)
    assert track["values"] == '{"cmi.suspend_data": "trang=7"}'


def test_rows_of_the_first_revision_are_read_by_the_queries_of_this_release(owner: Database) -> None:
    migrate.upgrade(owner, to=migrate.revisions()[0])
    with owner.write() as tx:
        insert_rows(tx, migrate.revisions()[0])

    migrate.upgrade(owner)

    with owner.read() as tx:
        space = spaces.find_by_slug(tx, "haiphong")
    assert space is not None
    with owner.read(space.id) as tx:
        assert [str(account.id) for account in people.list_accounts(tx)] == [SPACE]
        assert statements.count(tx) == 0


def test_a_second_upgrade_changes_nothing(owner: Database) -> None:
    migrate.upgrade(owner)

    assert migrate.upgrade(owner) == (migrate.head(), migrate.head())


FAILING = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = {head!r}


def upgrade() -> None:
    op.create_table("half_done", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("update service set value = '99'")
    op.execute("alter table accounts add column more text")
    op.execute("select * from no_such_table")
"""


@pytest.mark.parametrize("begin_at", [None, *migrate.revisions()])
def test_a_migration_that_fails_leaves_nothing(
    owner: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begin_at: str | None
) -> None:
    with owner.write() as tx:
        tx.run(text("select 1"))
    if begin_at is not None:
        migrate.upgrade(owner, to=begin_at)
    with owner.read() as tx:
        before = migrate.current(tx), rows(tx)
    folder = tmp_path / "migrations"
    shutil.copytree(migrate._FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_fails.py").write_text(FAILING.format(head=migrate.head()))
    monkeypatch.setattr(migrate, "_FOLDER", folder)

    with pytest.raises(Exception, match="no_such_table"):
        migrate.upgrade(owner)

    with owner.read() as tx:
        assert (migrate.current(tx), rows(tx)) == before


def test_two_that_migrate_at_once_do_it_once(empty_url: str) -> None:
    both = [Database(empty_url, role=None) for _ in range(2)]

    with ThreadPoolExecutor(2) as threads:
        done = [*threads.map(migrate.upgrade, both)]

    assert sorted(done, key=str) == sorted([(None, migrate.head()), (migrate.head(), migrate.head())], key=str)
    for database in both:
        database.dispose()
