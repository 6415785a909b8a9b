"""What each named query about rules, awards, skills and certificates finds from another space."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from storage import (
    actors,
    awards,
    certificate_jobs,
    certificate_links,
    certificate_lists,
    certificate_rules,
    certificate_sendings,
    certificate_templates,
    certificates,
    claims,
    confirmers,
    emblems,
    identities,
    issuing,
    learnt,
    remakings,
    reviews,
    rules,
    shown_names,
    skill_badges,
    skills,
    states,
    tags,
    tallies,
)
from storage.certificate_jobs import JobRow
from storage.certificate_lists import Wanted as CertificatesWanted
from storage.certificates import CertificateRow
from tests.storage.given_rows import (
    END_OF_TIME,
    LONG_AGO,
    Rows,
    made_valid,
    own,
    without_space,
)
from tests.storage.samples import (
    now,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Tx

FINDS_NOTHING: dict[str, Callable[[Tx, Rows], Any]] = {
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
    "certificates.of_account": lambda tx, rows: certificates.of_account(tx, rows["accounts"]["id"]),
    "certificates.of_awards": lambda tx, rows: certificates.of_awards(tx, [rows["certificates"]["award_id"]]),
    "certificates.rounds": lambda tx, rows: certificates.rounds(tx, CertificateRow(**without_space(rows))),
    "certificates.sealed_with_others": lambda tx, _: certificates.sealed_with_others(tx, 0, 10),
    "claims.owner_of": lambda tx, rows: claims.owner_of(tx, rows["claims"]["guest_id"]),
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
    "learnt.completed": lambda tx, rows: learnt.completed(
        tx, rows["courses"]["id"], [rows["rules"]["activity"]], [rows["accounts"]["id"]]
    ),
    "tallies.by_unit": lambda tx, rows: tallies.by_unit(tx, rows["courses"]["id"], now().date()),
    "tallies.by_stage": lambda tx, rows: tallies.by_stage(tx, rows["courses"]["id"], None, now()),
    "learnt.begun": lambda tx, rows: learnt.begun(tx, rows["courses"]["id"], None),
    "learnt.begun_by": lambda tx, rows: learnt.begun_by(tx, rows["accounts"]["id"]),
    "learnt.completed_by": lambda tx, rows: learnt.completed_by(tx, rows["accounts"]["id"]),
    "issuing.keys": lambda tx, _: issuing.keys(tx),
    "issuing.withdraw": lambda tx, rows: issuing.withdraw(tx, rows["issuing_keys"]["number"], now()),
    "shown_names.chosen": lambda tx, rows: shown_names.chosen(tx, rows["shown_names"]["account_id"]) != "whole",
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
        tx, rows["rules"]["id"], tallies.Those(now().date(), None, most=10)
    ),
    "emblems.find": lambda tx, rows: emblems.find(tx, rows["emblems"]["digest"]),
    "identities.find": lambda tx, rows: identities.find(tx, [rows["accounts"]["id"]]),
    "identities.owners": lambda tx, rows: identities.owners(
        tx, rows["identifiers"]["kind"], [rows["identifiers"]["blind"]]
    ),
    "identities.sealed_with_others": lambda tx, _: identities.sealed_with_others(tx, 0, 10),
}
"""Each named query, asked for what another space has; asked in that space itself it finds it."""
