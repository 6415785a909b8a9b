"""What each named query that writes under a name does to another space."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from storage import (
    actors,
    attempts,
    audit,
    awards,
    certificate_jobs,
    certificate_links,
    certificate_rules,
    certificate_sendings,
    certificate_templates,
    certificates,
    confirmers,
    courses,
    cursors,
    definitions,
    deliveries,
    documents,
    emblems,
    enrolments,
    hourly,
    identities,
    issuing,
    letters,
    outbox,
    people,
    remakings,
    reviews,
    rules,
    skill_badges,
    skills,
    spaces,
    statements,
    tags,
    tracks,
    units,
    versions,
    webhooks,
)
from storage import entry as entries
from storage.certificate_jobs import JobRow
from storage.certificate_sendings import SendingRow
from storage.certificate_templates import PictureRow, TemplateRow
from storage.courses import BatchRow
from storage.definitions import Definition
from storage.documents import Document
from storage.enrolments import Enrolling
from storage.skills import SkillRow
from storage.tracks import TrackRow
from tests.storage.given_rows import (
    CURSOR,
    LONG_AGO,
    Rows,
    award_of,
    enrolled,
    own,
)
from tests.storage.samples import (
    PLACE,
    entry,
    keep,
    now,
    statement,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Tx

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
    "skills.hold": lambda tx, _: skills.hold(tx),
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
    "webhooks.keep": lambda tx, rows: webhooks.keep(tx, rows["webhooks"]["id"]),
    "webhooks.hold": lambda tx, rows: webhooks.hold(tx, rows["webhooks"]["id"]),
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
