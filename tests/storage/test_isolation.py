"""Two spaces never see one another: by the queries in both databases, in PostgreSQL by row-level security as well."""

from __future__ import annotations

import inspect
import uuid
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from storage import (
    attempts,
    audit,
    claims,
    commits,
    courses,
    credentials,
    definitions,
    documents,
    emblems,
    hourly,
    identities,
    letters,
    order,
    outbox,
    outcomes,
    people,
    search,
    spaces,
    statements,
    tracks,
    units,
    usage,
)
from storage import entry as entries
from storage.commits import CommitRow
from storage.credentials import CredentialRow
from storage.definitions import Definition
from storage.documents import Document
from storage.order import Position
from storage.outcomes import OutcomeRow
from storage.people import SessionRow
from storage.postgresql import APPLICATION
from storage.tables import ROOMS, metadata
from storage.tracks import TrackRow
from tests.storage.samples import (
    NOT_OF_A_SPACE,
    PLACE,
    TABLES_ABOVE,
    Row,
    attempt,
    entry,
    fill,
    keep,
    now,
    row_above,
    row_of,
    statement,
    tables_of_spaces,
    version,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storage.database import Database, Tx
    from tests.parts.databases import Ground

Rows = dict[str, Row]


def commit_of(rows: Rows, before: int = 0) -> tuple[uuid.UUID, int, int]:
    """Name the commit among these rows, or the number before its own."""
    row = rows["commits"]
    return row["attempt_id"], row["session"], row["n"] - before


TABLES = [table.name for table in tables_of_spaces()]
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
CURSOR = Position(9, 9, 9)

FINDS_NOTHING: dict[str, Callable[[Tx, Rows], Any]] = {
    "attempts.find": lambda tx, rows: attempts.find(tx, rows["attempts"]["id"]),
    "attempts.hold": lambda tx, rows: attempts.hold(tx, rows["attempts"]["id"]),
    "attempts.list_of": lambda tx, rows: attempts.list_of(tx, rows["accounts"]["id"]),
    "attempts.at": lambda tx, rows: attempts.at(tx, rows["accounts"]["id"], rows["versions"]["id"]),
    "attempts.own": lambda tx, rows: attempts.own(tx, rows["accounts"]["id"], rows["attempts"]["id"]),
    "claims.owner_of": lambda tx, rows: claims.owner_of(tx, rows["claims"]["guest_id"]),
    "commits.after": lambda tx, rows: commits.after(tx, *commit_of(rows, before=1)),
    "commits.find": lambda tx, rows: commits.find(tx, *commit_of(rows)),
    "commits.last": lambda tx, rows: commits.last(tx, *commit_of(rows)[:2]),
    "courses.find_version": lambda tx, rows: courses.find_version(tx, rows["versions"]["id"]),
    "courses.count_versions": lambda tx, _: courses.count_versions(tx),
    "outcomes.count_since": lambda tx, _: outcomes.count_since(tx, LONG_AGO),
    "audit.count_since": lambda tx, rows: audit.count_since(tx, LONG_AGO, rows["audit"]["act"]),
    "courses.weight": lambda tx, _: courses.weight(tx),
    "courses.open_packages": lambda tx, _: courses.open_packages(tx),
    "courses.list_open": lambda tx, _: courses.list_open(tx),
    "courses.list_some": lambda tx, rows: courses.list_some(tx, [rows["versions"]["id"]]),
    "courses.list_versions": lambda tx, _: courses.list_versions(tx),
    "courses.newest_alike": lambda tx, rows: courses.newest_alike(
        tx, rows["versions"]["kind"], "", rows["versions"]["title"]
    ),
    "emblems.find": lambda tx, rows: emblems.find(tx, rows["emblems"]["digest"]),
    "audit.page": lambda tx, _: audit.page(tx, audit.Wanted(), 10),
    "entry.failures": lambda tx, rows: entries.failures(tx, rows["tries"]["who"]),
    "entry.knows_device": lambda tx, rows: entries.knows_device(tx, rows["accounts"]["id"], rows["devices"]["hash"]),
    "entry.password_of": lambda tx, rows: entries.password_of(tx, rows["accounts"]["id"]),
    "identities.find": lambda tx, rows: identities.find(tx, [rows["accounts"]["id"]]),
    "identities.owners": lambda tx, rows: identities.owners(
        tx, rows["identifiers"]["kind"], [rows["identifiers"]["blind"]]
    ),
    "identities.sealed_with_others": lambda tx, _: identities.sealed_with_others(tx, 0, 10),
    "people.count_accounts": lambda tx, _: people.count_accounts(tx, people.Wanted()),
    "people.find_accounts": lambda tx, rows: people.find_accounts(tx, [rows["accounts"]["id"]]),
    "people.last_seen": lambda tx, rows: people.last_seen(tx, [rows["accounts"]["id"]]),
    "people.open_sessions": lambda tx, rows: people.open_sessions(tx, rows["accounts"]["id"], LONG_AGO),
    "people.page_of_accounts": lambda tx, _: people.page_of_accounts(tx, people.Wanted(), 10),
    "units.counts": lambda tx, rows: units.counts(tx, rows["members"]["since"]),
    "units.listed": lambda tx, _: units.listed(tx),
    "units.spans": lambda tx, _: units.spans(tx),
    "units.unit_of": lambda tx, rows: units.unit_of(tx, rows["accounts"]["id"], rows["members"]["since"]),
    "credentials.listed": lambda tx, _: credentials.listed(tx),
    "credentials.revoke": lambda tx, rows: credentials.revoke(tx, rows["credentials"]["key"], now()),
    "definitions.of": lambda tx, rows: definitions.of(tx, rows["definitions"]["iri"]),
    "documents.find": lambda tx, rows: documents.find(tx, PLACE, rows["documents"]["id"]),
    "documents.find_at_once": lambda tx, rows: documents.find_at_once(tx, PLACE, rows["documents"]["id"]),
    "documents.ids": lambda tx, _: documents.ids(tx, PLACE),
    "outbox.due": lambda tx, rows: outbox.due(tx, rows["outbox"]["target"], now(), 10),
    "outbox.claim": lambda tx, rows: outbox.claim(tx, rows["outbox"]["target"], rows["outbox"]["id"], now(), now()),
    "outbox.tried": lambda tx, rows: outbox.tried(tx, rows["outbox"]["target"], [rows["outbox"]["id"]]),
    "letters.find": lambda tx, rows: letters.find(tx, rows["letters"]["id"]),
    "letters.of_account": lambda tx, rows: letters.of_account(tx, rows["accounts"]["id"], 10),
    "letters.listed": lambda tx, rows: letters.listed(tx, rows["letters"]["state"], 10),
    "letters.count": lambda tx, rows: letters.count(tx, rows["letters"]["state"]),
    "letters.sealed_with_others": lambda tx, _: letters.sealed_with_others(tx, 0, 10),
    "outcomes.outcomes_of": lambda tx, rows: outcomes.outcomes_of(tx, rows["accounts"]["id"]),
    "outcomes.read_cursor": lambda tx, rows: outcomes.read_cursor(tx, rows["cursors"]["follower"]) != Position(),
    "outcomes.rules_about": lambda tx, rows: outcomes.rules_about(tx, rows["rules"]["activity"]),
    "people.account_of_session": lambda tx, rows: people.account_of_session(tx, rows["sessions"]["hash"], LONG_AGO),
    "people.find_account": lambda tx, rows: people.find_account(tx, rows["accounts"]["id"]),
    "people.find_link": lambda tx, rows: people.find_link(tx, rows["links"]["hash"]),
    "people.first_account": lambda tx, rows: people.first_account(tx, rows["accounts"]["role"]),
    "people.list_accounts": lambda tx, _: people.list_accounts(tx),
    "people.use_link": lambda tx, rows: people.use_link(tx, rows["links"]["hash"], LONG_AGO),
    "people.whose_session": lambda tx, rows: people.whose_session(tx, rows["sessions"]["hash"]),
    "spaces.own": lambda tx, rows: spaces.own(tx).id == rows["accounts"]["space_id"],
    "spaces.registering": lambda tx, rows: (
        spaces.registering(tx) == spaces.NOBODY and spaces.own(tx).id == rows["accounts"]["space_id"]
    ),
    "usage.last_uses": lambda tx, _: usage.last_uses(tx),
    "order.after": lambda tx, _: order.after(tx, Position(), 10),
    "statements.count": lambda tx, _: statements.count(tx),
    "statements.find": lambda tx, rows: statements.find(tx, rows["statements"]["id"]),
    "statements.texts": lambda tx, rows: statements.texts(tx, [rows["statements"]["id"]]),
    "tracks.find": lambda tx, rows: tracks.find(tx, rows["attempts"]["id"], rows["tracks"]["item"]),
    "tracks.list_of": lambda tx, rows: tracks.list_of(tx, rows["attempts"]["id"]),
    "search.search": lambda tx, _: search.search(tx, search.Wanted(limit=10)),
    "search.find": lambda tx, rows: search.find(tx, rows["statements"]["id"]),
}
"""Each named query, asked for what another space has; asked in that space itself it finds it."""

CHANGES_NOTHING: dict[str, Callable[[Tx, Rows], Any]] = {
    "attempts.advance": lambda tx, rows: attempts.advance(tx, rows["attempts"]["id"], 7, "another"),
    "attempts.begin_session": lambda tx, rows: attempts.begin_session(tx, rows["attempts"]["id"], 7),
    "emblems.put": lambda tx, _: emblems.put(tx, None),
    "spaces.change": lambda tx, _: spaces.change(tx, spaces.Settings("another", "en")),
    "spaces.set_emblem": lambda tx, _: spaces.set_emblem(tx, "another"),
    "definitions.add": lambda tx, rows: definitions.add(tx, [Definition(rows["definitions"]["iri"], "{}")], now()),
    "documents.put": lambda tx, rows: documents.put(
        tx, PLACE, Document(rows["documents"]["id"], b"", "", "", now()), None
    ),
    "documents.put_at_once": lambda tx, rows: documents.put_at_once(
        tx, PLACE, Document(rows["documents"]["id"], b"", "", "", now())
    ),
    "documents.remove": lambda tx, rows: documents.remove(
        tx, PLACE, rows["documents"]["id"], rows["documents"]["etag"]
    ),
    "documents.remove_all": lambda tx, _: documents.remove_all(tx, PLACE),
    "outbox.put": lambda tx, rows: outbox.put(
        tx, rows["outbox"]["target"], [outbox.Entry(rows["outbox"]["id"], "", "")], now()
    ),
    "outbox.put_off": lambda tx, rows: outbox.put_off(tx, rows["outbox"]["target"], rows["outbox"]["id"], now(), ""),
    "outbox.remove": lambda tx, rows: outbox.remove(tx, rows["outbox"]["target"], rows["outbox"]["id"]),
    "outbox.hurry": lambda tx, rows: outbox.hurry(tx, rows["outbox"]["target"], LONG_AGO),
    "letters.remove": lambda tx, rows: letters.remove(tx, rows["letters"]["id"]),
    "letters.settle": lambda tx, rows: letters.settle(tx, rows["letters"]["id"], letters.End(letters.SENT), now()),
    "letters.reseal": lambda tx, rows: letters.reseal(tx, rows["letters"]["id"], 7, b"anew"),
    "letters.tie": lambda tx, rows: letters.tie(tx, rows["letters"]["id"], rows["accounts"]["id"]),
    "letters.withdraw": lambda tx, rows: letters.withdraw(tx, rows["accounts"]["id"], [rows["letters"]["kind"]], now()),
    "outcomes.move_cursor": lambda tx, rows: outcomes.move_cursor(tx, rows["cursors"]["follower"], CURSOR),
    "outcomes.take_turn": lambda tx, rows: outcomes.take_turn(tx, rows["cursors"]["follower"]),
    "tracks.change": lambda tx, rows: tracks.change(
        tx, TrackRow(rows["attempts"]["id"], rows["tracks"]["item"], 7, 7, True)
    ),
    "people.add_account": lambda tx, rows: people.add_account(
        tx, people.AccountRow(rows["accounts"]["id"], "learner", now())
    ),
    "units.add": lambda tx, rows: units.add(tx, units.UnitRow(rows["units"]["id"], "another name")),
    "units.hold": lambda tx, _: units.hold(tx),
    "units.leave_all": lambda tx, rows: units.leave_all(tx, rows["units"]["id"], LONG_AGO.date()),
    "units.rename": lambda tx, rows: units.rename(tx, units.UnitRow(rows["units"]["id"], "another name")),
    "audit.add": lambda tx, rows: audit.add(tx, [audit.DeedRow(rows["audit"]["id"], now(), None, "", None, "{}")]),
    "entry.fail": lambda tx, rows: entries.fail(tx, rows["tries"]["who"], now(), LONG_AGO),
    "entry.hold": lambda tx, rows: entries.hold(tx, rows["tries"]["who"], now()),
    "entry.forget_password": lambda tx, rows: entries.forget_password(tx, rows["accounts"]["id"]),
    "entry.succeed": lambda tx, rows: entries.succeed(tx, rows["tries"]["who"]),
    "identities.forget": lambda tx, rows: identities.forget(tx, rows["accounts"]["id"]),
    "people.close": lambda tx, rows: people.close(tx, rows["accounts"]["id"], now()),
    "people.end_links": lambda tx, rows: people.end_links(tx, rows["accounts"]["id"], LONG_AGO),
    "people.end_sessions": lambda tx, rows: people.end_sessions(tx, rows["accounts"]["id"], now()),
    "people.see_session": lambda tx, rows: people.see_session(tx, rows["sessions"]["hash"], now()),
    "people.set_role": lambda tx, rows: people.set_role(tx, rows["accounts"]["id"], "owner"),
    "people.end_session": lambda tx, rows: people.end_session(tx, rows["sessions"]["hash"], now()),
    "courses.add_package": lambda tx, rows: courses.add_package(tx, rows["packages"]["id"], now()),
    "courses.set_open": lambda tx, rows: courses.set_open(tx, rows["packages"]["id"], None),
    "hourly.forget": lambda tx, _: hourly.forget(tx, now()),
    "hourly.take": lambda tx, rows: hourly.take(tx, rows["hourly"]["what"], rows["hourly"]["hour"]),
    "spaces.set_registering": lambda tx, _: spaces.set_registering(tx, spaces.ANYBODY),
    "outcomes.add_rule": lambda tx, rows: outcomes.add_rule(
        tx, outcomes.RuleRow(rows["rules"]["id"], rows["rules"]["activity"], "{}"), now()
    ),
    "statements.append": lambda tx, rows: keep(tx, [statement(id=rows["statements"]["id"])]),
    "statements.append_all": lambda tx, rows: statements.append_all(
        tx, [entry(statement(id=rows["statements"]["id"]))]
    ),
}
"""What writes under a name that another space uses too, and leaves that space as it is."""

IS_REFUSED: dict[str, Callable[[Tx, Rows], Any]] = {
    "attempts.begin": lambda tx, rows: attempts.begin(tx, attempt(rows["accounts"]["id"], rows["versions"]["id"])),
    "claims.add": lambda tx, rows: claims.add(tx, rows["claims"]["guest_id"], rows["accounts"]["id"], now()),
    "commits.add": lambda tx, rows: commits.add(tx, rows["attempts"]["id"], CommitRow(9, 9, now(), "{}")),
    "tracks.add": lambda tx, rows: tracks.add(tx, TrackRow(rows["attempts"]["id"], "an item", 1, 1, False)),
    "credentials.add": lambda tx, rows: credentials.add(
        tx, CredentialRow(tx.space, uuid.uuid4(), rows["credentials"]["key"], b"", "[]", now(), None, None, "server")
    ),
    "courses.publish": lambda tx, rows: courses.publish(tx, version(rows["packages"]["id"])),
    "letters.put": lambda tx, rows: letters.put(
        tx, letters.LetterRow(uuid.uuid4(), rows["accounts"]["id"], "activate", "vi", now()), LONG_AGO
    ),
    "outcomes.add_outcome": lambda tx, rows: outcomes.add_outcome(
        tx, OutcomeRow(rows["rules"]["id"], rows["accounts"]["id"], uuid.uuid4(), now())
    ),
    "units.join": lambda tx, rows: units.join(tx, rows["accounts"]["id"], rows["units"]["id"], now().date()),
    "units.set_spans": lambda tx, rows: units.set_spans(
        tx, rows["units"]["id"], [units.SpanRow(rows["units"]["id"], None, now().date())]
    ),
    "entry.know_device": lambda tx, rows: entries.know_device(tx, rows["accounts"]["id"], b"new", now()),
    "entry.set_password": lambda tx, rows: entries.set_password(tx, rows["accounts"]["id"], "new", now()),
    "identities.put": lambda tx, rows: identities.put(
        tx, identities.SealedRow(rows["accounts"]["id"], 1, b""), identities.Indexes([], []), now()
    ),
    "people.add_link": lambda tx, rows: people.add_link(tx, b"new", rows["accounts"]["id"], now()),
    "people.add_session": lambda tx, rows: people.add_session(
        tx, rows["accounts"]["id"], SessionRow(b"new", now(), now())
    ),
    "usage.note": lambda tx, rows: usage.note(tx, [(rows["credentials"]["id"], now())]),
    "usage.take": lambda tx, rows: usage.take(tx, rows["credentials"]["id"], now(), 1),
}
"""What writes something that belongs to another space's row, or takes what is one for all."""

KEYS = {
    "claims.selves",
    "definitions.columns",
    "definitions.remember",
    "definitions.unknown",
    "people.of_an_account",
    "related.agent",
    "related.related_agent",
    "related.related_activity",
}
"""What asks no database."""

ABOVE_SPACES = {
    "credentials.browser_origins",
    "credentials.find",
    "identities.some",
    "service.read",
    "service.write",
    "platform.add_deed",
    "platform.add_link",
    "platform.add_session",
    "platform.deeds",
    "platform.end_other_sessions",
    "platform.end_session",
    "platform.find_session",
    "platform.let_first_owner_in",
    "platform.link_holds",
    "platform.open_sessions",
    "platform.see_session",
    "platform.use_link",
    "spaces.add",
    "spaces.figures",
    "spaces.find_by_slug",
    "spaces.set_quota",
    "spaces.slugs",
    "order.spaces_behind",
    "outbox.spaces_due",
    "outbox.waiting",
}
"""What is asked before any space is known."""


def everything_of(ground: Ground, space: int) -> dict[str, list[Any]]:
    """Read what a space has, past all queries and policies."""
    with ground.owner.read() as tx:
        return {
            table.name: sorted(map(str, tx.run(select(table).where(table.c.space_id == space))))
            for table in tables_of_spaces()
        }


_HOLDS = (
    ("accounts", "closed"),
    ("members", "until"),
    ("sessions", "ended"),
    ("links", "used"),
    ("credentials", "revoked"),
)
"""What nothing has ended: the rows of a test have something in every column."""


class TakenBack(Exception):
    """Nothing of a block shall stay."""


@contextmanager
def rehearsal(database: Database, space: int | None) -> Iterator[Tx]:
    """Write, and take it back."""
    with suppress(TakenBack), database.write(space) as tx:
        yield tx
        raise TakenBack


@pytest.fixture(scope="module")
def theirs(shared: Ground) -> Rows:
    """Fill a space of other people."""
    space = shared.space("others")
    with shared.owner.write(space) as tx:
        rows = fill(tx, space)
        for table, column in _HOLDS:
            tx.run(update(metadata.tables[table]).values({column: None}))
    return rows


# Named queries


@pytest.mark.parametrize("query", FINDS_NOTHING)
def test_a_query_finds_nothing_of_another_space(shared: Ground, space: int, theirs: Rows, query: str) -> None:
    before = everything_of(shared, theirs["spaces"]["id"])

    with shared.app.write(space) as tx:
        assert not FINDS_NOTHING[query](tx, theirs)

    assert everything_of(shared, theirs["spaces"]["id"]) == before
    with rehearsal(shared.app, theirs["spaces"]["id"]) as tx:
        assert FINDS_NOTHING[query](tx, theirs)  # control


@pytest.mark.parametrize("query", CHANGES_NOTHING)
def test_the_same_name_in_another_space_is_another_row(shared: Ground, space: int, theirs: Rows, query: str) -> None:
    before = everything_of(shared, theirs["spaces"]["id"])

    with shared.app.write(space) as tx:
        CHANGES_NOTHING[query](tx, theirs)

    assert everything_of(shared, theirs["spaces"]["id"]) == before


@pytest.mark.parametrize("query", IS_REFUSED)
def test_nothing_is_tied_to_a_row_of_another_space(shared: Ground, space: int, theirs: Rows, query: str) -> None:
    before = everything_of(shared, theirs["spaces"]["id"])

    with pytest.raises(IntegrityError), shared.app.write(space) as tx:
        IS_REFUSED[query](tx, theirs)

    assert everything_of(shared, theirs["spaces"]["id"]) == before
    assert not any(everything_of(shared, space).values())


def test_every_query_is_listed_here() -> None:
    queries = {
        f"{room.__name__.rpartition('.')[2]}.{name}"
        for room in (*ROOMS, order, search)
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if function.__module__ == room.__name__ and not name.startswith("_")
    } - KEYS

    assert queries == {*FINDS_NOTHING, *CHANGES_NOTHING, *IS_REFUSED, *ABOVE_SPACES}


# Row-level security


def test_every_table_belongs_to_spaces_or_is_named() -> None:
    assert {table.name for table in metadata.sorted_tables} == {*TABLES, *NOT_OF_A_SPACE}


def seen(tx: Tx, table: str) -> int:
    return int(tx.run(select(func.count()).select_from(metadata.tables[table])).scalar_one())


@pytest.fixture(scope="module")
def two(shared_postgresql: Ground) -> tuple[Rows, Rows]:
    """Fill two spaces."""
    found = []
    for slug in ("ours", "others"):
        space = shared_postgresql.space(slug)
        with shared_postgresql.owner.write(space) as tx:
            found.append(fill(tx, space))
    return found[0], found[1]


@pytest.mark.parametrize("table", [*TABLES, "spaces"])
def test_a_table_shows_the_rows_of_the_transactions_space(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str
) -> None:
    ours, theirs = (rows["spaces"]["id"] for rows in two)

    for space, rows in ((None, 0), (ours, 1), (theirs, 1), (ours + theirs, 0)):
        with shared_postgresql.app.read(space) as tx:
            assert seen(tx, table) == rows
    with shared_postgresql.owner.read() as tx:
        assert seen(tx, table) == 2  # control


@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_another_space_cannot_be_inserted(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str
) -> None:
    ours, theirs = (rows["spaces"]["id"] for rows in two)
    row = row_of(metadata.tables[table], theirs, two[1])

    with pytest.raises(ProgrammingError, match="row-level security"), shared_postgresql.app.write(ours) as tx:
        tx.run(insert(metadata.tables[table]), row)


def test_control_rows_of_the_own_space_can_be_inserted(shared_postgresql: Ground, two: tuple[Rows, Rows]) -> None:
    space = two[0]["spaces"]["id"]

    with rehearsal(shared_postgresql.app, space) as tx:
        assert fill(tx, space).keys() == {*TABLES, "spaces"}


@pytest.mark.parametrize("table", [*TABLES, "spaces"])
def test_rows_of_another_space_are_out_of_reach_of_every_right(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str
) -> None:
    which = metadata.tables[table]
    *_, column = which.columns
    ours = two[0]["spaces"]["id"]

    with rehearsal(shared_postgresql.owner, ours) as tx:
        tx.run(text(f"grant all on {table} to {APPLICATION}"))
        assert tx.run(update(which).values({column.name: column})).rowcount == 2  # control
        tx.run(text(f"set local role {APPLICATION}"))
        assert tx.run(update(which).values({column.name: column})).rowcount == 1
        tx.run(text("select set_config('haidang.space', '', true)"))
        assert tx.run(update(which).values({column.name: column})).rowcount == 0
        assert tx.run(delete(which)).rowcount == 0


@pytest.mark.parametrize("table", ["statements", "commits", "audit"])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_log_is_neither_changed_nor_deleted(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str, verb: str
) -> None:
    which = metadata.tables[table]
    *_, column = which.columns
    change = update(which).values({column.name: column}) if verb == "update" else delete(which)
    ours = two[0]["spaces"]["id"]

    with pytest.raises(ProgrammingError, match="permission denied"), shared_postgresql.app.write(ours) as tx:
        tx.run(change)

    with rehearsal(shared_postgresql.owner, ours) as tx:
        assert tx.run(change).rowcount == 2  # control


# Above all spaces


@pytest.mark.parametrize("table", TABLES_ABOVE)
def test_what_stands_above_spaces_is_out_of_reach_of_each_with_every_right(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str
) -> None:
    which = metadata.tables[table]
    *_, column = which.columns

    with rehearsal(shared_postgresql.owner, two[0]["spaces"]["id"]) as tx:
        tx.run(insert(which), row_above(which))
        tx.run(text(f"grant all on {table} to {APPLICATION}"))
        tx.run(text(f"set local role {APPLICATION}"))
        assert seen(tx, table) == 0
        assert tx.run(update(which).values({column.name: column})).rowcount == 0
        assert tx.run(delete(which)).rowcount == 0
        tx.run(text("select set_config('haidang.space', '', true)"))
        assert seen(tx, table) == 1  # control


@pytest.mark.parametrize("table", TABLES_ABOVE)
def test_nothing_is_written_above_spaces_from_within_one(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str
) -> None:
    which = metadata.tables[table]
    row = row_above(which)
    space = two[0]["spaces"]["id"]

    with pytest.raises(ProgrammingError, match="row-level security"), shared_postgresql.app.write(space) as tx:
        tx.run(insert(which), row)

    with rehearsal(shared_postgresql.app, None) as tx:
        tx.run(insert(which), row)  # control
        assert seen(tx, table) == 1


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_log_of_the_platform_is_neither_changed_nor_deleted(shared_postgresql: Ground, verb: str) -> None:
    which = metadata.tables["platform_deeds"]
    change = update(which).values(act="another") if verb == "update" else delete(which)

    with pytest.raises(ProgrammingError, match="permission denied"), shared_postgresql.app.write() as tx:
        tx.run(change)

    with rehearsal(shared_postgresql.owner, None) as tx:
        tx.run(insert(which), row_above(which))
        assert tx.run(change).rowcount == 1  # control


NARROW = {
    "haidang_add_space": ["bigint"],
    "haidang_first_owner": ["boolean"],
    "haidang_space_by_slug": ["id", "slug", "name", "language", "languages", "zone", "emblem", "quota"],
    "haidang_set_quota": ["bigint"],
    "haidang_space_figures": [
        "slug",
        "name",
        "created",
        "accounts",
        "lessons",
        "statements",
        "bytes",
        "written",
        "quota",
    ],
    "haidang_space_slugs": ["text"],
}
"""What the platform is told of spaces: the columns of each function, or the type of the one value that it gives."""


def test_what_the_platform_is_told_of_spaces_stands_here(shared_postgresql: Ground) -> None:
    query = text(
        """
        select proname, case when proargmodes is null then array[format_type(prorettype, null)]
                        else (select array_agg(name order by n)
                              from unnest(proargnames, proargmodes) with ordinality as given (name, mode, n)
                              where mode = 't') end
        from pg_proc where proname = any(:names)
        """,
    )

    with shared_postgresql.owner.read() as tx:
        assert dict(tuple(row) for row in tx.run(query, {"names": [*NARROW]})) == NARROW


# What the application may do at all

RIGHTS = {
    "accounts": {"select", "insert", "update"},
    "attempts": {"select", "insert", "update"},
    "audit": {"select", "insert"},
    "claims": {"select", "insert"},
    "commits": {"select", "insert"},
    "credentials": {"select", "insert", "update"},
    "definitions": {"select", "insert"},
    "documents": {"select", "insert", "update", "delete"},
    "devices": {"select", "insert"},
    "hourly": {"select", "insert", "update", "delete"},
    "identifiers": {"select", "insert", "delete"},
    "identities": {"select", "insert", "update", "delete"},
    "name_tokens": {"select", "insert", "delete"},
    "passwords": {"select", "insert", "update", "delete"},
    "emblems": {"select", "insert", "update", "delete"},
    "platform_deeds": {"select", "insert"},
    "platform_links": {"select", "insert", "update"},
    "platform_sessions": {"select", "insert", "update"},
    "units": {"select", "insert", "update"},
    "unit_spans": {"select", "insert", "delete"},
    "members": {"select", "insert", "update", "delete"},
    "tries": {"select", "insert", "update", "delete"},
    "cursors": {"select", "insert", "update", "delete"},
    "letters": {"select", "insert", "update", "delete"},
    "links": {"select", "insert", "update", "delete"},
    "outbox": {"select", "insert", "update", "delete"},
    "outcomes": {"select", "insert"},
    "packages": {"select", "insert"},
    "related": {"select", "insert"},
    "rules": {"select", "insert"},
    "service": {"select"},
    "sessions": {"select", "insert", "update", "delete"},
    "spaces": {"select"},
    "statement_ids": {"select", "insert"},
    "statements": {"select", "insert"},
    "tickets": {"select", "insert", "update"},
    "tracks": {"select", "insert", "update"},
    "uses": {"select", "insert", "update"},
    "versions": {"select", "insert"},
    "voided": {"select", "insert"},
}


def test_the_application_has_the_rights_that_stand_here(shared_postgresql: Ground) -> None:
    every = ("select", "insert", "update", "delete", "truncate", "references", "trigger")
    query = text("select has_table_privilege(:role, cast(:table as text), cast(:right as text))")

    with shared_postgresql.owner.read() as tx:
        found = {
            table.name: {
                right
                for right in every
                if tx.run(query, {"role": APPLICATION, "table": table.name, "right": right}).scalar_one()
            }
            for table in metadata.sorted_tables
        }

    assert found == RIGHTS


def test_thirteen_narrow_functions_see_across_spaces_and_only_the_application_may_call_them(
    shared_postgresql: Ground,
) -> None:
    query = text(
        """
        select proname, prosecdef, proconfig, has_function_privilege('public', oid, 'execute'),
               has_function_privilege(:role, oid, 'execute')
        from pg_proc where pronamespace = 'public'::regnamespace
        """,
    )
    with shared_postgresql.owner.read() as tx:
        found = {row[0]: tuple(row[1:]) for row in tx.run(query, {"role": APPLICATION})}

    as_the_owner, fixed_path = True, ["search_path=public, pg_temp"]
    for name in ("haidang_append", "haidang_document", "haidang_put_document"):
        assert found.pop(name) == (not as_the_owner, fixed_path, False, True)
    assert found.pop("haidang_make_months") == (
        as_the_owner,
        [*fixed_path, "TimeZone=UTC", "lock_timeout=200ms"],
        False,
        True,
    )
    assert found == dict.fromkeys(
        (
            "haidang_add_space",
            "haidang_browser_origins",
            "haidang_credential_by_key",
            "haidang_forget_guests",
            "haidang_outbox_due",
            "haidang_outbox_waiting",
            "haidang_set_quota",
            "haidang_first_owner",
            "haidang_space_by_slug",
            "haidang_space_figures",
            "haidang_space_slugs",
            "haidang_spaces_behind",
        ),
        (as_the_owner, fixed_path, False, True),
    )
