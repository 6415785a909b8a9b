"""What each named query finds and does from another space: a query without a line fails the tests, and so does a line without one."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from storage import (
    actors,
    attempts,
    audit,
    awards,
    certificate_jobs,
    certificate_links,
    certificate_lists,
    certificate_rules,
    certificate_sendings,
    certificate_templates,
    certificates,
    claims,
    commits,
    confirmers,
    courses,
    credentials,
    cursors,
    definitions,
    deliveries,
    documents,
    emblems,
    enrolments,
    history,
    hourly,
    identities,
    issuing,
    learnt,
    letters,
    order,
    outbox,
    people,
    places,
    remakings,
    reminders,
    reviews,
    rules,
    search,
    sequences,
    shown_names,
    skill_badges,
    skills,
    spaces,
    statements,
    states,
    tags,
    tallies,
    tracks,
    units,
    usage,
    versions,
    webhooks,
)
from storage import entry as entries
from storage.certificate_jobs import JobRow
from storage.certificate_links import LinkRow as PaperLink
from storage.certificate_lists import Taking
from storage.certificate_lists import Wanted as CertificatesWanted
from storage.certificate_rules import LinkRow
from storage.certificate_sendings import SendingRow
from storage.certificate_templates import PictureRow, TemplateRow
from storage.certificates import CertificateRow, EventRow
from storage.commits import CommitRow
from storage.courses import BatchRow, VersionOfCourse
from storage.credentials import CredentialRow
from storage.definitions import Definition
from storage.documents import Document
from storage.enrolments import Enrolling, Those
from storage.order import Position
from storage.people import SessionRow
from storage.reminders import Reminder
from storage.sequences import RequestRow, SequenceRow
from storage.skill_badges import BadgeRow
from storage.skills import SkillRow
from storage.tracks import TrackRow
from tests.storage.samples import (
    ABOUT,
    PLACE,
    VERB,
    WHO,
    Row,
    attempt,
    entry,
    keep,
    now,
    statement,
    tables_of_spaces,
    version,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Tx

Rows = dict[str, Row]


def commit_of(rows: Rows, before: int = 0) -> tuple[uuid.UUID, int, int]:
    """Name the commit among these rows, or the number before its own."""
    row = rows["commits"]
    return row["attempt_id"], row["session"], row["n"] - before


def enrolled(rows: Rows) -> tuple[uuid.UUID, uuid.UUID]:
    """Name the course and the account of the enrolment among these rows."""
    return rows["courses"]["id"], rows["accounts"]["id"]


def award_of(rows: Rows) -> awards.AwardRow:
    """Name the award among these rows."""
    return awards.AwardRow(rows["rule_versions"]["id"], rows["accounts"]["id"], uuid.uuid4(), (), now())


def own(rows: Rows, table: str) -> Row:
    """Give the row of a table among these as a query takes it."""
    return {name: value for name, value in rows[table].items() if name != "space_id"}


def made_valid(tx: Tx) -> Taking:
    """Let the certificates of this space be valid, whatever was made up for them, and ask for all of them."""
    here = certificates.certificates.c.space_id == tx.space
    tx.run(update(certificates.certificates).where(here).values(state="valid"))
    return Taking()


def without_space(rows: Rows) -> Row:
    """Give the certificate among these rows as a query takes it."""
    return own(rows, "certificates")


TABLES = [table.name for table in tables_of_spaces()]
END_OF_TIME = datetime(2999, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
CURSOR = Position(9, 9, 9)
END = Position(2**30, 2**30, 2**30)

FINDS_NOTHING: dict[str, Callable[[Tx, Rows], Any]] = {
    "attempts.find": lambda tx, rows: attempts.find(tx, rows["attempts"]["id"]),
    "attempts.hold": lambda tx, rows: attempts.hold(tx, rows["attempts"]["id"]),
    "attempts.list_of": lambda tx, rows: attempts.list_of(tx, rows["accounts"]["id"]),
    "attempts.at": lambda tx, rows: attempts.at(tx, rows["accounts"]["id"], rows["versions"]["id"]),
    "attempts.at_version": lambda tx, rows: attempts.at_version(
        tx, rows["versions"]["id"], now() + timedelta(days=1), 9
    ),
    "attempts.own": lambda tx, rows: attempts.own(tx, rows["accounts"]["id"], rows["attempts"]["id"]),
    "certificate_jobs.before": lambda tx, rows: certificate_jobs.before(
        tx, replace(JobRow(**own(rows, "certificate_jobs")), id=uuid.uuid4(), total=1_000_000_000)
    ),
    "certificate_jobs.find": lambda tx, rows: certificate_jobs.find(tx, rows["certificate_jobs"]["id"]),
    "certificate_jobs.listed": lambda tx, _: certificate_jobs.listed(tx),
    "certificate_jobs.next_due": lambda tx, _: certificate_jobs.next_due(tx, END_OF_TIME),
    "certificate_links.find": lambda tx, rows: certificate_links.find(tx, rows["certificate_links"]["hash"]),
    "certificate_links.open_ones": lambda tx, rows: certificate_links.open_ones(
        tx, rows["certificate_links"]["certificate_id"], LONG_AGO
    ),
    "certificate_lists.by_unit": lambda tx, _: certificate_lists.by_unit(tx, made_valid(tx)),
    "certificate_lists.count_without": lambda tx, rows: certificate_lists.count_without(
        tx, uuid.uuid4(), [rows["awards"]["version_id"]]
    ),
    "certificate_lists.numbers": lambda tx, rows: certificate_lists.numbers(tx, rows["certificate_counters"]["year"]),
    "certificate_lists.page": lambda tx, _: certificate_lists.page(tx, CertificatesWanted(), 9),
    "certificate_lists.rules_of": lambda tx, _: certificate_lists.rules_of(tx),
    "certificate_lists.some": lambda tx, rows: certificate_lists.some(
        tx, made_valid(tx), rows["certificates"]["unit_id"], (0, 0), 9
    ),
    "certificate_lists.without": lambda tx, rows: certificate_lists.without(
        tx, uuid.uuid4(), rows["awards"]["version_id"], None, 9
    ),
    "certificate_lists.years": lambda tx, _: certificate_lists.years(tx),
    "certificate_rules.of_template": lambda tx, rows: certificate_rules.of_template(
        tx, rows["certificate_rules"]["template_id"]
    ),
    "certificate_sendings.ending": lambda tx, rows: (
        made_valid(tx),
        certificate_sendings.ending(tx, rows["certificates"]["until"], rows["certificates"]["until"], 9),
    )[1],
    "certificate_sendings.of": lambda tx, rows: certificate_sendings.of(
        tx, [rows["certificate_sendings"]["certificate_id"]]
    ),
    "certificate_sendings.of_letter": lambda tx, rows: certificate_sendings.of_letter(
        tx, rows["certificate_sendings"]["letter_id"]
    ),
    "certificate_rules.of": lambda tx, rows: certificate_rules.of(tx, [rows["certificate_rules"]["rule_id"]]),
    "certificate_templates.find": lambda tx, rows: certificate_templates.find(
        tx, rows["certificate_templates"]["id"], rows["certificate_templates"]["version"]
    ),
    "certificate_templates.newest": lambda tx, _: certificate_templates.newest(tx),
    "certificate_templates.picture": lambda tx, rows: certificate_templates.picture(
        tx, rows["certificate_pictures"]["digest"]
    ),
    "certificates.of_rule": lambda tx, rows: certificates.of_rule(
        tx, rows["certificates"]["rule_id"], [rows["certificates"]["account_id"]]
    ),
    "certificates.by_code": lambda tx, rows: certificates.by_code(tx, rows["certificates"]["code"]),
    "certificates.find": lambda tx, rows: certificates.find(tx, rows["certificates"]["id"]),
    "certificates.history": lambda tx, rows: certificates.history(tx, rows["certificates"]["id"]),
    "certificates.listed": lambda tx, rows: certificates.listed(
        tx, rows["certificates"]["unit_id"], rows["certificates"]["year"], 0, 10
    ),
    "certificates.of_account": lambda tx, rows: certificates.of_account(tx, rows["accounts"]["id"]),
    "certificates.of_awards": lambda tx, rows: certificates.of_awards(tx, [rows["certificates"]["award_id"]]),
    "certificates.rounds": lambda tx, rows: certificates.rounds(tx, CertificateRow(**without_space(rows))),
    "certificates.sealed_with_others": lambda tx, _: certificates.sealed_with_others(tx, 0, 10),
    "claims.owner_of": lambda tx, rows: claims.owner_of(tx, rows["claims"]["guest_id"]),
    "commits.after": lambda tx, rows: commits.after(tx, *commit_of(rows, before=1)),
    "commits.find": lambda tx, rows: commits.find(tx, *commit_of(rows)),
    "commits.newest": lambda tx, rows: commits.newest(tx, rows["attempts"]["id"], 9, 9_000),
    "commits.last": lambda tx, rows: commits.last(tx, *commit_of(rows)[:2]),
    "versions.find_version": lambda tx, rows: versions.find_version(tx, rows["versions"]["id"]),
    "versions.count_versions": lambda tx, _: versions.count_versions(tx),
    "awards.count_since": lambda tx, _: awards.count_since(tx, LONG_AGO),
    "awards.count": lambda tx, rows: awards.count(tx, rows["rules"]["id"]),
    "awards.counts": lambda tx, _: awards.counts(tx),
    "awards.find": lambda tx, rows: awards.find(tx, rows["rule_versions"]["id"], [rows["accounts"]["id"]]),
    "awards.holders": lambda tx, rows: awards.holders(tx, rows["rules"]["id"], [rows["accounts"]["id"]]),
    "awards.rules_of": lambda tx, rows: awards.rules_of(tx, [rows["accounts"]["id"]]),
    "awards.held": lambda tx, rows: awards.held(tx, rows["accounts"]["id"]),
    "awards.of_account": lambda tx, rows: awards.of_account(tx, rows["accounts"]["id"]),
    "awards.reached": lambda tx, rows: awards.reached(tx, rows["accounts"]["id"]),
    "actors.count_unmatched": lambda tx, _: actors.count_unmatched(tx),
    "actors.of_accounts": lambda tx, rows: actors.of_accounts(tx, [rows["accounts"]["id"]]),
    "actors.owners": lambda tx, rows: actors.owners(tx, [rows["actors"]["blind"]]),
    "actors.remove": lambda tx, rows: actors.remove(tx, rows["actors"]["blind"]),
    "actors.sealed_with_others": lambda tx, _: any(actors.sealed_with_others(tx, 0, 10)),
    "actors.stranger": lambda tx, rows: actors.stranger(tx, rows["strangers"]["blind"]),
    "actors.unmatched": lambda tx, _: actors.unmatched(tx, 10),
    "confirmers.roles": lambda tx, rows: confirmers.roles(tx, [rows["confirmers"]["statement_id"]]),
    "claims.guests_of": lambda tx, rows: claims.guests_of(tx, [rows["claims"]["account_id"]]),
    "claims.owners": lambda tx, rows: claims.owners(tx, [rows["claims"]["guest_id"]]),
    "definitions.of_some": lambda tx, rows: definitions.of_some(tx, [rows["definitions"]["iri"]]),
    "history.find": lambda tx, rows: history.find(tx, rows["statements"]["id"]),
    "history.is_about": lambda tx, _: history.is_about(tx, ABOUT),
    "history.of_actors": lambda tx, _: history.of_actors(tx, [WHO], END),
    "history.of_others": lambda tx, _: history.of_others(tx, [WHO], VERB, END),
    "history.some": lambda tx, rows: history.some(tx, [rows["statements"]["id"]]),
    "history.voidings": lambda tx, rows: history.voidings(tx, [rows["voided"]["id"]], END),
    "remakings.count": lambda tx, _: remakings.count(tx),
    "remakings.count_learners": lambda tx, _: remakings.count_learners(tx),
    "remakings.learners": lambda tx, _: remakings.learners(tx, None, 10),
    "remakings.listed": lambda tx, _: remakings.listed(tx),
    "reviews.asked": lambda tx, rows: reviews.asked(tx, rows["rule_versions"]["id"], [rows["accounts"]["id"]]),
    "reviews.count": lambda tx, _: reviews.count(tx),
    "reviews.decide": lambda tx, rows: reviews.decide(tx, rows["reviews"]["id"], "kept", None, now()),
    "reviews.find": lambda tx, rows: reviews.find(tx, rows["reviews"]["id"]),
    "reviews.of_account": lambda tx, rows: reviews.of_account(tx, rows["accounts"]["id"]),
    "reviews.undecided": lambda tx, _: reviews.undecided(tx, 10),
    "rules.find": lambda tx, rows: rules.find(tx, rows["rules"]["id"]),
    "rules.newest": lambda tx, rows: rules.newest(tx, rows["rules"]["id"]),
    "rules.history": lambda tx, rows: rules.history(tx, rows["rules"]["id"]),
    "rules.in_force": lambda tx, _: rules.in_force(tx),
    "rules.listed": lambda tx, _: rules.listed(tx),
    "rules.of_activity": lambda tx, rows: rules.of_activity(tx, rows["rules"]["activity"]),
    "rules.versions": lambda tx, rows: rules.versions(tx, [rows["rule_versions"]["id"]]),
    "states.versions_of": lambda tx, rows: states.versions_of(tx, [rows["accounts"]["id"]]),
    "states.counts": lambda tx, rows: states.counts(tx, rows["rule_versions"]["id"]).begun,
    "states.find": lambda tx, rows: states.find(tx, rows["rule_versions"]["id"], [rows["accounts"]["id"]]),
    "states.meets": lambda tx, rows: states.meets(tx, rows["rule_versions"]["id"], rows["accounts"]["id"]),
    "states.of_account": lambda tx, rows: states.of_account(tx, rows["accounts"]["id"]),
    "states.progress": lambda tx, rows: states.progress(tx, [rows["rule_versions"]["id"]]),
    "tags.all_of": lambda tx, _: tags.all_of(tx),
    "versions.titles": lambda tx, rows: versions.titles(tx, [rows["versions"]["activity"]]),
    "audit.count_since": lambda tx, rows: audit.count_since(tx, LONG_AGO, rows["audit"]["act"]),
    "versions.about": lambda tx, rows: versions.about(tx, [rows["versions"]["activity"]]),
    "versions.list_newest": lambda tx, rows: versions.list_newest(tx, [rows["versions"]["package_id"]]),
    "courses.find": lambda tx, rows: courses.find(tx, rows["courses"]["id"]),
    "courses.with_rule": lambda tx, rows: courses.with_rule(tx, rows["rules"]["id"]),
    "courses.listed": lambda tx, _: courses.listed(tx),
    "courses.list_open": lambda tx, _: courses.list_open(tx),
    "courses.with_packages": lambda tx, rows: courses.with_packages(tx, [rows["packages"]["id"]]),
    "courses.batches_of": lambda tx, rows: courses.batches_of(tx, rows["courses"]["id"]),
    "courses.with_code": lambda tx, rows: courses.with_code(tx, rows["batches"]["code"]),
    "courses.code_taken": lambda tx, rows: courses.code_taken(tx, rows["courses"]["code"]),
    "enrolments.find": lambda tx, rows: enrolments.find(tx, *enrolled(rows)),
    "enrolments.of_account": lambda tx, rows: enrolments.of_account(tx, rows["accounts"]["id"]),
    "enrolments.page": lambda tx, rows: enrolments.page(tx, rows["courses"]["id"], Those(), 10),
    "enrolments.count": lambda tx, rows: enrolments.count(tx, rows["courses"]["id"]),
    "enrolments.counts": lambda tx, _: enrolments.counts(tx),
    "enrolments.in_courses": lambda tx, rows: enrolments.in_courses(tx, *([one] for one in enrolled(rows))),
    "enrolments.figures_of": lambda tx, rows: enrolments.figures_of(tx, rows["courses"]["id"], None),
    "learnt.completed": lambda tx, rows: learnt.completed(
        tx, rows["courses"]["id"], [rows["rules"]["activity"]], [rows["accounts"]["id"]]
    ),
    "reminders.due": lambda tx, rows: reminders.due(
        tx, Reminder(rows["courses"]["id"], "another kind", now().date()), [rows["batches"]["id"], None], 10
    ),
    "tallies.by_unit": lambda tx, rows: tallies.by_unit(tx, rows["courses"]["id"], now().date()),
    "tallies.by_stage": lambda tx, rows: tallies.by_stage(tx, rows["courses"]["id"], None, now()),
    "units.units_of": lambda tx, rows: units.units_of(tx, [rows["accounts"]["id"]], rows["members"]["since"]),
    "learnt.begun": lambda tx, rows: learnt.begun(tx, rows["courses"]["id"], None),
    "learnt.begun_by": lambda tx, rows: learnt.begun_by(tx, rows["accounts"]["id"]),
    "learnt.completed_by": lambda tx, rows: learnt.completed_by(tx, rows["accounts"]["id"]),
    "versions.weight": lambda tx, _: versions.weight(tx),
    "versions.open_packages": lambda tx, _: versions.open_packages(tx),
    "versions.list_open": lambda tx, _: versions.list_open(tx),
    "versions.list_some": lambda tx, rows: versions.list_some(tx, [rows["versions"]["id"]]),
    "versions.lessons": lambda tx, _: versions.lessons(tx),
    "versions.list_versions": lambda tx, _: versions.list_versions(tx),
    "versions.newest_alike": lambda tx, rows: versions.newest_alike(
        tx, rows["versions"]["kind"], "", rows["versions"]["title"]
    ),
    "issuing.keys": lambda tx, _: issuing.keys(tx),
    "issuing.withdraw": lambda tx, rows: issuing.withdraw(tx, rows["issuing_keys"]["number"], now()),
    "shown_names.chosen": lambda tx, rows: shown_names.chosen(tx, rows["shown_names"]["account_id"]) != "whole",
    "places.find": lambda tx, rows: places.find(tx, rows["status_places"]["certificate_id"]),
    "places.newest": lambda tx, _: places.newest(tx)[0],
    "places.revoked": lambda tx, rows: places.revoked(tx, rows["status_places"]["list"]),
    "skills.find": lambda tx, rows: skills.find(tx, rows["skills"]["id"]),
    "skills.glance": lambda tx, rows: skills.glance(tx, rows["accounts"]["id"]),
    "skills.is_of_one": lambda tx, rows: skills.is_of_one(tx, rows["rules"]["id"]),
    "skills.listed": lambda tx, _: skills.listed(tx),
    "skills.rules_of": lambda tx, _: skills.rules_of(tx),
    "skills.the_set": lambda tx, _: skills.the_set(tx),
    "skills.with_rule": lambda tx, rows: skills.with_rule(tx, rows["rules"]["id"]),
    "skill_badges.by_code": lambda tx, rows: skill_badges.by_code(tx, rows["skill_badges"]["code"]),
    "skill_badges.find": lambda tx, rows: skill_badges.find(tx, rows["skill_badges"]["id"]),
    "skill_badges.newest": lambda tx, _: skill_badges.newest(tx)[0],
    "skill_badges.of_rule": lambda tx, rows: skill_badges.of_rule(tx, rows["accounts"]["id"], rows["rules"]["id"]),
    "skill_badges.revoked": lambda tx, rows: skill_badges.revoked(tx, rows["skill_badges"]["list"]),
    "tallies.having": lambda tx, rows: tallies.having(tx, [rows["rules"]["id"]], now().date()),
    "tallies.people": lambda tx, rows: tallies.people(tx, rows["members"]["since"]),
    "tallies.who_have": lambda tx, rows: tallies.who_have(
        tx, rows["rules"]["id"], tallies.Those(now().date(), None, 10)
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
    "credentials.names": lambda tx, rows: credentials.names(tx, [rows["credentials"]["id"]]),
    "credentials.revoke": lambda tx, rows: credentials.revoke(tx, rows["credentials"]["key"], now()),
    "definitions.of": lambda tx, rows: definitions.of(tx, rows["definitions"]["iri"]),
    "documents.find": lambda tx, rows: documents.find(tx, PLACE, rows["documents"]["id"]),
    "documents.find_at_once": lambda tx, rows: documents.find_at_once(tx, PLACE, rows["documents"]["id"]),
    "documents.ids": lambda tx, _: documents.ids(tx, PLACE),
    "outbox.due": lambda tx, rows: outbox.due(tx, rows["outbox"]["target"], now(), 10),
    "outbox.claim": lambda tx, rows: outbox.claim(tx, rows["outbox"]["target"], rows["outbox"]["id"], now(), now()),
    "outbox.tried": lambda tx, rows: outbox.tried(tx, rows["outbox"]["target"], [rows["outbox"]["id"]]),
    "webhooks.listed": lambda tx, _: webhooks.listed(tx),
    "webhooks.find": lambda tx, rows: webhooks.find(tx, rows["webhooks"]["id"]),
    "webhooks.count_given_up": lambda tx, _: webhooks.count_given_up(tx),
    "webhooks.sealed_with_others": lambda tx, _: webhooks.sealed_with_others(tx, 0, 10),
    "deliveries.find": lambda tx, rows: deliveries.find(tx, rows["deliveries"]["id"]),
    "deliveries.newest": lambda tx, rows: deliveries.newest(
        tx, rows["webhooks"]["id"], rows["deliveries"]["state"], 10
    ),
    "deliveries.counts": lambda tx, _: deliveries.counts(tx),
    "deliveries.wake": lambda tx, rows: deliveries.wake(tx, rows["deliveries"]["id"], now()),
    "letters.find": lambda tx, rows: letters.find(tx, rows["letters"]["id"]),
    "letters.of_account": lambda tx, rows: letters.of_account(tx, rows["accounts"]["id"], 10),
    "letters.listed": lambda tx, rows: letters.listed(tx, rows["letters"]["state"], 10),
    "letters.count": lambda tx, rows: letters.count(tx, rows["letters"]["state"]),
    "letters.sealed_with_others": lambda tx, _: letters.sealed_with_others(tx, 0, 10),
    "cursors.read_cursor": lambda tx, rows: cursors.read_cursor(tx, rows["cursors"]["follower"]) != Position(),
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
    "order.count_until": lambda tx, _: order.count_until(tx, Position(10**6)),
    "statements.count": lambda tx, _: statements.count(tx),
    "statements.find": lambda tx, rows: statements.find(tx, rows["statements"]["id"]),
    "statements.texts": lambda tx, rows: statements.texts(tx, [rows["statements"]["id"]]),
    "sequences.find": lambda tx, rows: sequences.find(tx, rows["attempts"]["id"]),
    "sequences.requests": lambda tx, rows: sequences.requests(tx, rows["attempts"]["id"]),
    "sequences.carried_by": lambda tx, rows: sequences.carried_by(tx, rows["accounts"]["id"]),
    "tracks.find": lambda tx, rows: tracks.find(tx, rows["attempts"]["id"], rows["tracks"]["item"]),
    "tracks.list_of": lambda tx, rows: tracks.list_of(tx, rows["attempts"]["id"]),
    "search.search": lambda tx, _: search.search(tx, search.Wanted(limit=10)),
    "search.find": lambda tx, rows: search.find(tx, rows["statements"]["id"]),
}
"""Each named query, asked for what another space has; asked in that space itself it finds it."""

CHANGES_NOTHING: dict[str, Callable[[Tx, Rows], Any]] = {
    "webhooks.add": lambda tx, _: webhooks.add(
        tx, webhooks.WebhookRow(uuid.uuid4(), "", False, 1, b"", now(), webhooks.ACTIVE, now())
    ),
    "issuing.put": lambda tx, rows: issuing.put(tx, issuing.KeyRow(rows["issuing_keys"]["number"], b"", b"", now())),
    "issuing.retire": lambda tx, _: issuing.retire(tx, now()),
    "certificate_jobs.ask": lambda tx, rows: certificate_jobs.ask(tx, JobRow(**own(rows, "certificate_jobs"))),
    "certificate_jobs.move": lambda tx, rows: certificate_jobs.move(
        tx, JobRow(**own(rows, "certificate_jobs")), JobRow(**own(rows, "certificate_jobs"))
    ),
    "certificate_jobs.remove": lambda tx, rows: certificate_jobs.remove(tx, rows["certificate_jobs"]["id"]),
    "certificate_links.end": lambda tx, rows: certificate_links.end(
        tx, rows["certificate_links"]["certificate_id"], LONG_AGO
    ),
    "certificate_sendings.replace": lambda tx, rows: certificate_sendings.replace(
        tx, (row := SendingRow(**own(rows, "certificate_sendings"))), replace(row, letter_id=uuid.uuid4())
    ),
    "skill_badges.revoke": lambda tx, rows: skill_badges.revoke(tx, rows["accounts"]["id"], rows["rules"]["id"], now()),
    "skills.begin": lambda tx, _: skills.begin(tx, "{}"),
    "skills.count_change": lambda tx, _: skills.count_change(tx),
    "skills.set_rule": lambda tx, _: skills.set_rule(tx, "{}", None),
    "skills.change": lambda tx, rows: skills.change(tx, SkillRow(rows["skills"]["id"], 9, "{}", "{}", "", "{}")),
    "skills.add": lambda tx, rows: skills.add(tx, SkillRow(rows["skills"]["id"], 9, "{}", "{}", "", "{}")),
    "certificate_rules.remove": lambda tx, rows: certificate_rules.remove(tx, rows["certificate_rules"]["rule_id"]),
    "certificate_templates.add": lambda tx, rows: certificate_templates.add(
        tx, TemplateRow(rows["certificate_templates"]["id"], rows["certificate_templates"]["version"], "", "{}", now())
    ),
    "certificate_templates.keep_picture": lambda tx, rows: certificate_templates.keep_picture(
        tx, PictureRow(rows["certificate_pictures"]["digest"], "image/png", b"another")
    ),
    "certificates.hold": lambda tx, rows: certificates.hold(
        tx, rows["certificate_counters"]["unit_id"], rows["certificate_counters"]["year"]
    ),
    "certificates.leave_valid": lambda tx, rows: certificates.leave_valid(tx, rows["certificates"]["id"], "revoked"),
    "certificates.reseal": lambda tx, rows: certificates.reseal(tx, rows["certificates"]["id"], 7, b"anew"),
    "certificates.take": lambda tx, rows: certificates.take(
        tx, rows["certificate_counters"]["unit_id"], rows["certificate_counters"]["year"], 3
    ),
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
    "outbox.hold": lambda tx, rows: outbox.hold(
        tx, rows["outbox"]["target"], rows["outbox"]["kind"], now(), now() + timedelta(days=1)
    ),
    "outbox.forget": lambda tx, rows: outbox.forget(tx, rows["outbox"]["target"], rows["outbox"]["kind"]),
    "webhooks.change": lambda tx, rows: webhooks.change(tx, rows["webhooks"]["id"], "another", contact=False),
    "webhooks.seal": lambda tx, rows: webhooks.seal(tx, rows["webhooks"]["id"], 7, b"anew"),
    "webhooks.set_state": lambda tx, rows: webhooks.set_state(tx, rows["webhooks"]["id"], webhooks.PAUSED, now()),
    "webhooks.failed": lambda tx, rows: webhooks.failed(tx, rows["webhooks"]["id"], now()),
    "webhooks.took": lambda tx, rows: webhooks.took(tx, rows["webhooks"]["id"]),
    "webhooks.remove": lambda tx, rows: webhooks.remove(tx, rows["webhooks"]["id"]),
    "deliveries.note": lambda tx, rows: deliveries.note(tx, rows["deliveries"]["id"], "a word", 500),
    "deliveries.settle": lambda tx, rows: deliveries.settle(
        tx, rows["deliveries"]["id"], deliveries.FAILED, "a word", now()
    ),
    "deliveries.remove": lambda tx, rows: deliveries.remove(tx, rows["webhooks"]["id"]),
    "letters.remove": lambda tx, rows: letters.remove(tx, rows["letters"]["id"]),
    "letters.settle": lambda tx, rows: letters.settle(tx, rows["letters"]["id"], letters.End(letters.SENT), now()),
    "letters.reseal": lambda tx, rows: letters.reseal(tx, rows["letters"]["id"], 7, b"anew"),
    "letters.tie": lambda tx, rows: letters.tie(tx, rows["letters"]["id"], rows["accounts"]["id"]),
    "letters.withdraw": lambda tx, rows: letters.withdraw(tx, rows["accounts"]["id"], [rows["letters"]["kind"]], now()),
    "cursors.move_cursor": lambda tx, rows: cursors.move_cursor(tx, rows["cursors"]["follower"], CURSOR),
    "cursors.take_turn": lambda tx, rows: cursors.take_turn(tx, rows["cursors"]["follower"]),
    "actors.forget_stranger": lambda tx, rows: actors.forget_stranger(tx, rows["strangers"]["blind"]),
    "actors.meet": lambda tx, rows: actors.meet(
        tx, [actors.StrangerRow(rows["strangers"]["blind"], 1, b"", 1, now(), now())]
    ),
    "actors.pass_over": lambda tx, rows: actors.pass_over(tx, rows["strangers"]["blind"], now()),
    "actors.reseal": lambda tx, rows: actors.reseal(tx, rows["actors"]["blind"], b"new", 7, b"anew"),
    "awards.give_again": lambda tx, rows: awards.give_again(tx, [award_of(rows)]),
    "awards.rest": lambda tx, rows: awards.rest(tx, [award_of(rows)]),
    "awards.take": lambda tx, rows: awards.take(tx, rows["rule_versions"]["id"], rows["accounts"]["id"], now()),
    "confirmers.note": lambda tx, rows: confirmers.note(tx, {rows["confirmers"]["statement_id"]: "owner"}),
    "remakings.finish": lambda tx, rows: remakings.finish(tx, [rows["remakings"]["id"]]),
    "remakings.go_on": lambda tx, rows: remakings.go_on(tx, rows["remakings"]["id"], uuid.uuid4()),
    "reviews.settle": lambda tx, rows: reviews.settle(tx, rows["accounts"]["id"], rows["reviews"]["about"], now()),
    "reviews.settle_award": lambda tx, rows: reviews.settle_award(
        tx, rows["rule_versions"]["id"], rows["accounts"]["id"], now()
    ),
    "rules.add": lambda tx, rows: rules.add(tx, rules.RuleRow(rows["rules"]["id"], "another", None, now())),
    "rules.end": lambda tx, rows: rules.end(tx, rows["rules"]["id"], now()),
    "rules.rename": lambda tx, rows: rules.rename(tx, rows["rules"]["id"], "another"),
    "tags.put": lambda tx, rows: tags.put(tx, rows["tags"]["tag"], rows["tags"]["activity"]),
    "tags.remove": lambda tx, rows: tags.remove(tx, rows["tags"]["tag"], rows["tags"]["activity"]),
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
    "people.set_language": lambda tx, rows: people.set_language(tx, rows["accounts"]["id"], "en"),
    "people.set_role": lambda tx, rows: people.set_role(tx, rows["accounts"]["id"], "owner"),
    "people.end_session": lambda tx, rows: people.end_session(tx, rows["sessions"]["hash"], now()),
    "courses.add": lambda tx, rows: courses.add(tx, courses.CourseRow(rows["courses"]["id"], now(), "a code")),
    "courses.write_draft": lambda tx, rows: courses.write_draft(
        tx, rows["courses"]["id"], "{}", rows["courses"]["edited"]
    ),
    "courses.set_open": lambda tx, rows: courses.set_open(tx, rows["courses"]["id"], None),
    "courses.set_by_code": lambda tx, rows: courses.set_by_code(tx, rows["courses"]["id"], None),
    "courses.change_batch": lambda tx, rows: courses.change_batch(
        tx, BatchRow(rows["batches"]["id"], rows["courses"]["id"], "another name", None, None, "")
    ),
    "enrolments.enrol": lambda tx, rows: enrolments.enrol(
        tx, Enrolling(rows["courses"]["id"], "unit", now()), [rows["accounts"]["id"]]
    ),
    "enrolments.enrol_members": lambda tx, rows: enrolments.enrol_members(
        tx, Enrolling(rows["courses"]["id"], "unit", now()), [rows["units"]["id"]], rows["members"]["since"]
    ),
    "enrolments.put_in_batch": lambda tx, rows: enrolments.put_in_batch(
        tx, rows["courses"]["id"], rows["batches"]["id"], [rows["accounts"]["id"]]
    ),
    "enrolments.leave": lambda tx, rows: enrolments.leave(tx, *enrolled(rows), now()),
    "enrolments.set_figures": lambda tx, rows: enrolments.set_figures(
        tx, rows["courses"]["id"], {rows["accounts"]["id"]: enrolments.Figures(now(), now(), now(), 3, 3)}
    ),
    "versions.add_package": lambda tx, rows: versions.add_package(tx, rows["packages"]["id"], now()),
    "versions.set_open": lambda tx, rows: versions.set_open(tx, rows["packages"]["id"], None),
    "hourly.forget": lambda tx, _: hourly.forget(tx, now()),
    "hourly.take": lambda tx, rows: hourly.take(tx, rows["hourly"]["what"], rows["hourly"]["hour"]),
    "spaces.set_registering": lambda tx, _: spaces.set_registering(tx, spaces.ANYBODY),
    "statements.append": lambda tx, rows: keep(tx, [statement(id=rows["statements"]["id"])]),
    "statements.append_all": lambda tx, rows: statements.append_all(
        tx, [entry(statement(id=rows["statements"]["id"]))]
    ),
}
"""What writes under a name that another space uses too, and leaves that space as it is."""

IS_REFUSED: dict[str, Callable[[Tx, Rows], Any]] = {
    "certificate_sendings.note": lambda tx, rows: certificate_sendings.note(
        tx, [SendingRow(**own(rows, "certificate_sendings"))]
    ),
    "certificate_links.add": lambda tx, rows: certificate_links.add(tx, PaperLink(**own(rows, "certificate_links"))),
    "certificate_rules.put": lambda tx, rows: certificate_rules.put(
        tx, LinkRow(rows["certificate_rules"]["rule_id"], uuid.uuid4(), 24, now())
    ),
    "skills.tell": lambda tx, rows: skills.tell(tx, rows["accounts"]["id"], [rows["rules"]["id"]], now()),
    "skill_badges.add": lambda tx, rows: skill_badges.add(
        tx, BadgeRow(uuid.uuid4(), rows["accounts"]["id"], rows["rules"]["id"], "", "{}", now(), now(), 1, 9)
    ),
    "shown_names.choose": lambda tx, rows: shown_names.choose(tx, rows["accounts"]["id"], "nothing"),
    "places.take": lambda tx, rows: places.take(tx, rows["status_places"]["certificate_id"], (1, 1)),
    "attempts.begin": lambda tx, rows: attempts.begin(tx, attempt(rows["accounts"]["id"], rows["versions"]["id"])),
    "certificates.add": lambda tx, rows: certificates.add(tx, [CertificateRow(**without_space(rows))]),
    "certificates.note": lambda tx, rows: certificates.note(
        tx, [EventRow(uuid.uuid4(), rows["certificates"]["id"], now(), "issued", None, "")]
    ),
    "claims.add": lambda tx, rows: claims.add(tx, rows["claims"]["guest_id"], rows["accounts"]["id"], now()),
    "commits.add": lambda tx, rows: commits.add(tx, rows["attempts"]["id"], CommitRow(9, 9, now(), "{}")),
    "sequences.put": lambda tx, rows: sequences.put(tx, SequenceRow(rows["attempts"]["id"], 1, "{}", "{}", "{}")),
    "sequences.note": lambda tx, rows: sequences.note(
        tx, rows["attempts"]["id"], RequestRow(9, now(), 1, "continue", "", "nothing", "", "", b"")
    ),
    "sequences.carry": lambda tx, rows: sequences.carry(tx, rows["accounts"]["id"], "{}"),
    "sequences.hold_carried": lambda tx, rows: sequences.hold_carried(tx, rows["accounts"]["id"]),
    "tracks.add": lambda tx, rows: tracks.add(tx, TrackRow(rows["attempts"]["id"], "an item", 1, 1, False)),
    "credentials.add": lambda tx, rows: credentials.add(
        tx, CredentialRow(tx.space, uuid.uuid4(), rows["credentials"]["key"], b"", "[]", now(), None, None, "server")
    ),
    "courses.publish": lambda tx, rows: courses.publish(
        tx, VersionOfCourse(rows["courses"]["id"], 2, "{}", rows["rules"]["id"], rows["rule_versions"]["id"], now()), []
    ),
    "courses.add_batch": lambda tx, rows: courses.add_batch(
        tx, BatchRow(uuid.uuid4(), rows["courses"]["id"], "", None, None, "a code")
    ),
    "reminders.note": lambda tx, rows: reminders.note(
        tx, Reminder(rows["courses"]["id"], "", now().date()), [rows["accounts"]["id"]], now()
    ),
    "versions.publish": lambda tx, rows: versions.publish(tx, version(rows["packages"]["id"])),
    "deliveries.put": lambda tx, rows: deliveries.put(
        tx,
        [deliveries.DeliveryRow(uuid.uuid4(), rows["webhooks"]["id"], "", rows["accounts"]["id"], "{}", now(), now())],
        LONG_AGO,
    ),
    "letters.put": lambda tx, rows: letters.put(
        tx, letters.LetterRow(uuid.uuid4(), rows["accounts"]["id"], "activate", "vi", now()), LONG_AGO
    ),
    "awards.give": lambda tx, rows: awards.give(tx, [award_of(rows)]),
    "actors.confirm": lambda tx, rows: actors.confirm(
        tx, actors.ActorRow(b"new", rows["accounts"]["id"], 1, b"", now())
    ),
    "remakings.ask": lambda tx, rows: remakings.ask(tx, now(), account_id=rows["accounts"]["id"]),
    "reviews.open_some": lambda tx, rows: reviews.open_some(
        tx, [reviews.Cause(rows["rule_versions"]["id"], rows["accounts"]["id"], "voided", uuid.uuid4())], now()
    ),
    "rules.add_version": lambda tx, rows: rules.add_version(
        tx, rules.VersionRow(uuid.uuid4(), rows["rules"]["id"], 9, "{}", "{}", "UTC", now())
    ),
    "states.put": lambda tx, rows: states.put(
        tx, [states.StateRow(rows["rule_versions"]["id"], rows["accounts"]["id"], "{}", met=False, done=0)]
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
    "people.add_pressed": lambda tx, rows: people.add_pressed(
        tx, b"new", people.LinkRow(rows["accounts"]["id"], now(), now(), people.MADE)
    ),
    "people.add_session": lambda tx, rows: people.add_session(
        tx, rows["accounts"]["id"], SessionRow(b"new", now(), now())
    ),
    "usage.note": lambda tx, rows: usage.note(tx, [(rows["credentials"]["id"], now())]),
    "usage.take": lambda tx, rows: usage.take(tx, rows["credentials"]["id"], now(), 1),
}
"""What writes something that belongs to another space's row, or takes what is one for all."""

KEYS = {
    "certificates.of_a_certificate",
    "certificates.read",
    "rules.of_a_version",
    "claims.selves",
    "courses.of_a_course",
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
    "certificate_jobs.spaces",
    "credentials.browser_origins",
    "credentials.find",
    "identities.some",
    "issuing.everybodys",
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
    "remakings.spaces",
    "outbox.spaces_due",
    "outbox.waiting",
}
"""What is asked before any space is known."""
