"""What each named query that would reach into another space is told."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from storage import (
    actors,
    attempts,
    awards,
    certificate_links,
    certificate_rules,
    certificate_sendings,
    certificates,
    claims,
    commits,
    courses,
    credentials,
    deliveries,
    identities,
    letters,
    people,
    places,
    remakings,
    reminders,
    reviews,
    rules,
    sequences,
    shown_names,
    skill_badges,
    skills,
    states,
    tracks,
    units,
    usage,
    versions,
)
from storage import entry as entries
from storage.certificate_links import LinkRow as PaperLink
from storage.certificate_rules import LinkRow
from storage.certificate_sendings import SendingRow
from storage.certificates import CertificateRow, EventRow
from storage.commits import CommitRow
from storage.courses import BatchRow, VersionOfCourse
from storage.credentials import CredentialRow
from storage.people import SessionRow
from storage.reminders import Reminder
from storage.sequences import RequestRow, SequenceRow
from storage.skill_badges import BadgeRow
from storage.tracks import TrackRow
from tests.storage.given_rows import (
    LONG_AGO,
    Rows,
    award_of,
    own,
    without_space,
)
from tests.storage.samples import (
    attempt,
    now,
    version,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Tx

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
