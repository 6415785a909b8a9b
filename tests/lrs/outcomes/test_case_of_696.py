"""The case of 696: a city's people learn in several systems, 634 complete, and each of the other 62 may ask why not.

The record is written by three keys and our own player, late, twice and out of order; a dry run, following, and a replay say the same.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from lrs import record
from lrs.outcomes import actors, standing, trying, versions
from lrs.outcomes.rules.language import COMPLETED, CONFIRM, PASSED
from lrs.outcomes.trying import Ground as Place
from lrs.outcomes.versions import Naming
from lrs.record import CLIENT_ASSERTED, PARTNER_ASSERTED, Source, actor_of
from lrs.xapi.references import VOIDED
from player import statements as player
from player.standing import Standing
from player.statements import About, State, Step
from storage import awards, people, states, tags
from storage.cursors import cursors
from storage.people import AccountRow
from tests.lrs.outcomes.school import HOME, School, lesson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.parts.databases import Ground

TAG = "kỹ năng số"
LESSONS = [lesson(number) for number in range(1, 13)]
FINAL = lesson(13)
RULE: dict[str, Any] = {
    "all": [
        {"did": {"tag": TAG}},
        {"score": {"activity": FINAL, "atLeast": 0.8}},
        {"confirmed": {"activity": FINAL, "by": ["mentor"]}},
    ]
}

WHY_NOT = {
    "began nothing": 20,
    "two lessons are missing": 12,
    "79% in the test": 10,
    "nobody has confirmed": 8,
    "confirmed themselves": 4,
    "confirmed by a learner": 3,
    "a lesson is void": 3,
    "a score without a scale": 1,
    "nobody knows who that is": 1,
}
EVERYBODY, COMPLETE = 696, 634

OTHER_LMS = "https://lms.example.org"


class Town:
    """Everybody, how each is called in the systems where they learn, and what all of them say."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.chance = Random(696)
        self.mentor = school.account("mentor")
        self.accounts = [
            AccountRow(uuid.UUID(int=self.chance.getrandbits(128), version=4), "learner", datetime.now(UTC))
            for _ in range(EVERYBODY)
        ]
        with school.ground.app.write(school.space) as tx:
            for account in self.accounts:
                people.add_account(tx, account)
        reasons = [reason for reason, count in WHY_NOT.items() for _ in range(count)]
        self.reasons = {account.id: reason for account, reason in zip(self.accounts, reasons, strict=False)}
        self.elsewhere = {account.id: self._other(number, account.id) for number, account in enumerate(self.accounts)}
        self.said: list[tuple[dict[str, Any], Source]] = [
            each for account in self.accounts for each in self._story(account.id)
        ]

    def know(self) -> None:
        """Say who is who, but for the one of whom nobody knows."""
        with self.school.ground.app.write(self.school.space) as tx:
            for account, actor in self.elsewhere.items():
                if actor is not None and self.reasons.get(account) != "nobody knows who that is":
                    assert actors.know(tx, self.school.keys, record.actor_key(actor), account, None)

    def tell(self, *, shuffled: bool) -> None:
        """Put everything into the record: in some order, and a tenth of it twice."""
        told = [*self.said]
        if shuffled:
            self.chance.shuffle(told)
            told += self.chance.sample(told, len(told) // 10)
        with self.school.ground.app.write(self.school.space) as tx:
            for source in SOURCES.values():
                mine = [said for said, of in told if of is source]
                for start in range(0, len(mine), 500):
                    record.append(tx, mine[start : start + 500], source)

    def _other(self, number: int, account: uuid.UUID) -> dict[str, Any] | None:
        """Name somebody in the system where they learn: a third of them in ours, the others by an address or an account there."""
        if self.reasons.get(account) == "nobody knows who that is" or number % 3 == 1:
            return {"objectType": "Agent", "mbox": f"mailto:nguoi{number}@example.org"}
        if number % 3 == 2:
            return {"objectType": "Agent", "account": {"homePage": OTHER_LMS, "name": f"u{number}"}}
        return None

    def _story(self, account: uuid.UUID) -> Iterator[tuple[dict[str, Any], Source]]:
        reason, actor = self.reasons.get(account), self.elsewhere[account] or actor_of(account, HOME)
        if reason == "began nothing":
            return
        done = LESSONS[:10] if reason == "two lessons are missing" else LESSONS
        own = [each for about in done for each in self._lesson(account, actor, about)]
        yield from own
        score = {"scaled": 0.79 if reason == "79% in the test" else self.chance.choice((0.8, 0.9, 1.0))}
        for each in ({"scaled": 0.5}, {"raw": 85} if reason == "a score without a scale" else score):
            yield self._one(actor, PASSED, FINAL, {"score": each}), SOURCES["school"]
        yield from self._confirmation(account, actor, reason)
        if reason == "a lesson is void":
            thing = {
                "objectType": "StatementRef",
                "id": next(said["id"] for said, _ in own if said["verb"]["id"] == COMPLETED),
            }
            yield (
                self._about({"objectType": "Agent", "mbox": "mailto:admin@example.org"}, VOIDED, thing),
                SOURCES["school"],
            )

    def _lesson(self, account: uuid.UUID, actor: dict[str, Any], about: str) -> Iterator[tuple[dict[str, Any], Source]]:
        if self.elsewhere[account] is None:
            at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=self.chance.randrange(80_000))
            course = about.rpartition("/")[0]
            told = About(actor, uuid.UUID(int=self.chance.getrandbits(128)), course, "Kỹ năng số", about, "Bài", "1.2")
            was = State({}, Standing(), frozenset())
            becomes = replace(was, standing=Standing(completion="completed"))
            found, _ = player.between(told, Step(1, 1, 1, first=False, finished=False, happened=at), was, becomes)
            yield from ((each, SOURCES["player"]) for each in found)
            return
        source = SOURCES["lms" if "account" in actor else "kiosk"]
        yield self._one(actor, COMPLETED, about, {"completion": True}), source

    def _confirmation(
        self, account: uuid.UUID, actor: dict[str, Any], reason: str | None
    ) -> Iterator[tuple[dict[str, Any], Source]]:
        if reason == "nobody has confirmed":
            return
        who = actor_of(self.mentor, HOME)
        if reason == "confirmed themselves":
            who = actor_of(account, HOME)  # also where the statement calls them otherwise
        elif reason == "confirmed by a learner":
            who = actor_of(self.accounts[-1].id, HOME)
        said = self._about(who, CONFIRM, actor)
        said["context"] = {"contextActivities": {"parent": [{"id": FINAL}]}}
        yield said, SOURCES["school"]

    def _one(self, actor: dict[str, Any], verb: str, about: str, result: dict[str, Any]) -> dict[str, Any]:
        return self._about(actor, verb, {"objectType": "Activity", "id": about}) | {"result": result}

    def _about(self, actor: dict[str, Any], verb: str, thing: dict[str, Any]) -> dict[str, Any]:
        """Say something, at a moment that may be late, or lie in the future."""
        moment = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=self.chance.randrange(80_000))
        if self.chance.random() < 0.02:
            moment += timedelta(days=3650)
        named = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        return {"id": named, "actor": actor, "verb": {"id": verb}, "object": thing, "timestamp": moment.isoformat()}


def _source(name: str, provenance: str) -> Source:
    return Source({"objectType": "Agent", "account": {"homePage": HOME, "name": name}}, provenance)


SOURCES = {
    "player": _source("player", CLIENT_ASSERTED),
    "lms": _source("lms", PARTNER_ASSERTED),
    "kiosk": _source("kiosk", PARTNER_ASSERTED),
    "school": _source("school", PARTNER_ASSERTED),
}


def test_exactly_634_complete_and_each_of_the_others_has_a_reason(ground: Ground, tmp_path: Path) -> None:
    school = School(ground, folder=tmp_path)
    place = Place(school.keys, HOME)
    town = Town(school)
    assert EVERYBODY - sum(WHY_NOT.values()) == COMPLETE
    with ground.app.write(school.space) as tx:
        for each in LESSONS:
            tags.put(tx, TAG, each)
    town.know()
    town.tell(shuffled=True)
    school.followers.catch_up()

    # A dry run, before there is a rule at all
    with ground.app.read(school.space) as tx:
        tried = trying.dry_run(tx, place, None, RULE)
    assert (len(tried.gain), tried.lose, tried.met) == (COMPLETE, (), COMPLETE)

    # A replay gives just that
    with ground.app.write(school.space) as tx:
        version = versions.add(tx, RULE, Naming("Hoàn thành kỹ năng số"))
    given = school.awards()
    assert {each.account_id for each in given} == {*tried.gain}
    assert len(given) == COMPLETE

    # And following, by whoever begins at the beginning
    after = followed_anew(school, given)
    assert after == {(each.account_id, each.decided, each.evidence) for each in given}

    _reasons(school, town, version.rule_id)


def followed_anew(school: School, given: list[Any]) -> set[Any]:
    """Forget everything that followed, and follow from the first statement on."""
    with school.ground.owner.write(school.space) as tx:
        tx.run(delete(awards.awards))
        tx.run(delete(states.states))
        tx.run(delete(cursors))
    found = school.awards()
    assert len(found) == len(given)
    return {(each.account_id, each.decided, each.evidence) for each in found}


def _reasons(school: School, town: Town, rule_id: uuid.UUID) -> None:
    """Ask why, and why not, in the words of those who asked."""
    with school.ground.app.read(school.space) as tx:
        found = {each.id: standing.of(tx, each.id, rule_id, "vi") for each in town.accounts if each.id in town.reasons}
        complete = standing.of(tx, town.accounts[-1].id, rule_id, "vi")
    assert complete.award is not None
    assert complete.steps == ()
    assert not any(each.award for each in found.values())
    missing = Counter((town.reasons[account], _missing(each)) for account, each in found.items())
    assert missing == Counter({(reason, parts): WHY_NOT[reason] for reason, parts in PARTS.items()})
    assert all(each.steps for each in found.values())
    two = next(each for account, each in found.items() if town.reasons[account] == "two lessons are missing")
    assert two.steps is not None
    assert len(two.steps) == 2
    low = next(each for account, each in found.items() if town.reasons[account] == "79% in the test")
    assert low.explanation is not None
    assert low.explanation.parts[1].standing == "79%; cần 80%"


PARTS = {
    "began nothing": (12, True, True),
    "two lessons are missing": (2, False, False),
    "79% in the test": (0, True, False),
    "nobody has confirmed": (0, False, True),
    "confirmed themselves": (0, False, True),
    "confirmed by a learner": (0, False, True),
    "a lesson is void": (1, False, False),
    "a score without a scale": (0, True, False),
    "nobody knows who that is": (12, True, True),
}
"""What is missing in each case: so many lessons, the score, the confirmation."""


def _missing(found: standing.Standing) -> tuple[int, bool, bool]:
    assert found.explanation is not None
    lessons, score, confirmation = found.explanation.parts
    return int(lessons.need - lessons.have), not score.met, not confirmation.met
