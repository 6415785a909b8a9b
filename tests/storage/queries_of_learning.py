"""What each named query about the record, people and courses finds from another space."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from storage import (
    attempts,
    audit,
    commits,
    courses,
    credentials,
    cursors,
    definitions,
    deliveries,
    documents,
    enrolments,
    history,
    letters,
    order,
    outbox,
    people,
    places,
    reminders,
    search,
    sequences,
    spaces,
    statements,
    tracks,
    units,
    usage,
    versions,
    webhooks,
)
from storage import entry as entries
from storage.enrolments import Those
from storage.order import END, Position
from storage.reminders import Reminder
from tests.storage.given_rows import (
    LONG_AGO,
    Rows,
    commit_of,
    enrolled,
)
from tests.storage.samples import (
    ABOUT,
    PLACE,
    VERB,
    WHO,
    now,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Tx

FINDS_NOTHING: dict[str, Callable[[Tx, Rows], Any]] = {
    "attempts.find": lambda tx, rows: attempts.find(tx, rows["attempts"]["id"]),
    "attempts.hold": lambda tx, rows: attempts.hold(tx, rows["attempts"]["id"]),
    "attempts.list_of": lambda tx, rows: attempts.list_of(tx, rows["accounts"]["id"]),
    "attempts.at": lambda tx, rows: attempts.at(tx, rows["accounts"]["id"], rows["versions"]["id"]),
    "attempts.at_version": lambda tx, rows: attempts.at_version(
        tx, rows["versions"]["id"], now() + timedelta(days=1), 9
    ),
    "attempts.own": lambda tx, rows: attempts.own(tx, rows["accounts"]["id"], rows["attempts"]["id"]),
    "commits.after": lambda tx, rows: commits.after(tx, *commit_of(rows, before=1)),
    "commits.find": lambda tx, rows: commits.find(tx, *commit_of(rows)),
    "commits.newest": lambda tx, rows: commits.newest(tx, rows["attempts"]["id"], 9, 9_000),
    "commits.last": lambda tx, rows: commits.last(tx, *commit_of(rows)[:2]),
    "versions.find_version": lambda tx, rows: versions.find_version(tx, rows["versions"]["id"]),
    "versions.count_versions": lambda tx, _: versions.count_versions(tx),
    "definitions.of_some": lambda tx, rows: definitions.of_some(tx, [rows["definitions"]["iri"]]),
    "history.find": lambda tx, rows: history.find(tx, rows["statements"]["id"]),
    "history.is_about": lambda tx, _: history.is_about(tx, ABOUT),
    "history.of_actors": lambda tx, _: history.of_actors(tx, [WHO], END),
    "history.of_others": lambda tx, _: history.of_others(tx, [WHO], VERB, END),
    "history.some": lambda tx, rows: history.some(tx, [rows["statements"]["id"]]),
    "history.voidings": lambda tx, rows: history.voidings(tx, [rows["voided"]["id"]], END),
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
    "reminders.due": lambda tx, rows: reminders.due(
        tx, Reminder(rows["courses"]["id"], "another kind", now().date()), [rows["batches"]["id"], None], 10
    ),
    "units.units_of": lambda tx, rows: units.units_of(tx, [rows["accounts"]["id"]], rows["members"]["since"]),
    "versions.weight": lambda tx, _: versions.weight(tx),
    "versions.open_packages": lambda tx, _: versions.open_packages(tx),
    "versions.list_open": lambda tx, _: versions.list_open(tx),
    "versions.list_some": lambda tx, rows: versions.list_some(tx, [rows["versions"]["id"]]),
    "versions.lessons": lambda tx, _: versions.lessons(tx),
    "versions.list_versions": lambda tx, _: versions.list_versions(tx),
    "versions.newest_alike": lambda tx, rows: versions.newest_alike(
        tx, rows["versions"]["kind"], "", rows["versions"]["title"]
    ),
    "places.find": lambda tx, rows: places.find(tx, rows["status_places"]["certificate_id"]),
    "places.newest": lambda tx, _: places.newest(tx)[0],
    "places.revoked": lambda tx, rows: places.revoked(tx, rows["status_places"]["list"]),
    "audit.page": lambda tx, _: audit.page(tx, audit.Wanted(), 10),
    "entry.failures": lambda tx, rows: entries.failures(tx, rows["tries"]["who"]),
    "entry.knows_device": lambda tx, rows: entries.knows_device(tx, rows["accounts"]["id"], rows["devices"]["hash"]),
    "entry.password_of": lambda tx, rows: entries.password_of(tx, rows["accounts"]["id"]),
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
