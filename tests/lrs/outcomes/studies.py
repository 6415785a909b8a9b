"""A space in which twelve lessons and a test are learnt: what the tests of the pages about rules are told with."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lrs import record
from lrs.outcomes import versions as written
from lrs.outcomes.rules.language import ADL
from lrs.outcomes.rules.reading import parse
from lrs.people.directory import Directory
from lrs.people.identity import Identity
from lrs.xapi.references import VOIDED
from storage import reviews, rules, tags, versions
from tests.lrs.outcomes.school import SOURCE
from tests.storage.samples import version

if TYPE_CHECKING:
    from lrs.outcomes.rules.language import Rule
    from storage.database import Tx
    from tests.parts.installations import Installation, Person

HOME = "/s/haiphong"
NEW = f"{HOME}/rules/new"
SKILLS = "kỹ năng số"
LESSONS = [f"https://example.org/lesson/{number}" for number in range(12)]
FINAL = "https://example.org/final"
TITLES = {lesson: f"Bài {number + 1}" for number, lesson in enumerate(LESSONS)} | {FINAL: "Bài kiểm tra cuối"}
SAYS = f"Hoàn thành cả 12 bài của “{SKILLS}” và đạt ít nhất 80% ở “Bài kiểm tra cuối”"

WHOLE = {
    "name": "Công dân số cơ bản",
    "r.word": "all",
    "r-0.word": "did",
    "r-0.about": "tag",
    "r-0.tag": SKILLS,
    "r-1.word": "score",
    "r-1.about": "chosen",
    "r-1.activities": [FINAL],
    "r-1.atLeast": "80",
}
"""What a browser sends of the rule that SAYS says."""


def teach(installation: Installation) -> None:
    """Put the lessons into the space."""
    with installation.services.database.write(1) as tx:
        begin = datetime.now(UTC)
        for number, (activity, title) in enumerate(TITLES.items()):
            package, when = uuid.uuid4(), begin + timedelta(seconds=number)
            versions.add_package(tx, package, when)
            versions.publish(tx, version(package, title=title, activity=activity, published=when))
        for lesson in LESSONS:
            tags.put(tx, SKILLS, lesson)


def somebody(installation: Installation, name: str, **more: str) -> UUID:
    """Make a learner."""
    parts = installation.services
    with parts.database.write(1) as tx:
        return Directory(tx, parts.identity_keys).add("learner", Identity(name=name, **more)).id


def learn(
    installation: Installation, who: UUID | dict[str, Any], lessons: int, score: float | None = None
) -> list[UUID]:
    """Let somebody complete so many lessons, and pass the test with a score; give back the statements."""
    home = installation.services.config.public_url
    actor = record.actor_of(who, home) if isinstance(who, UUID) else {"objectType": "Agent"} | who
    said = [_said(actor, "completed", lesson) for lesson in LESSONS[:lessons]]
    if score is not None:
        said.append(_said(actor, "passed", FINAL) | {"result": {"score": {"scaled": score}}})
    with installation.services.database.write(1) as tx:
        return list(record.append(tx, said, SOURCE))


def _said(actor: dict[str, Any], verb: str, activity: str) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "actor": actor,
        "verb": {"id": ADL + verb},
        "object": {"objectType": "Activity", "id": activity},
        "timestamp": "2026-03-01T08:00:00Z",
    }


def void(installation: Installation, statement: UUID) -> None:
    """Void a statement, and let that be followed."""
    said = {
        "actor": {"objectType": "Agent", "mbox": "mailto:admin@example.org"},
        "verb": {"id": VOIDED},
        "object": {"objectType": "StatementRef", "id": str(statement)},
    }
    with installation.services.database.write(1) as tx:
        record.append(tx, [said], SOURCE)
    installation.follow()


def reviewed(installation: Installation, lesson: UUID) -> dict[str, str]:
    """Let somebody meet a rule about a lesson, and void what showed it; name the rule and the review."""
    with installation.services.database.write(1) as tx:
        found = versions.find_version(tx, lesson)
        assert found is not None
        made = written.add(tx, {"did": {"activity": found.activity}}, written.Naming("Mật khẩu mạnh"))
    who = somebody(installation, "Trần Văn Bình")
    said = _said(record.actor_of(who, installation.services.config.public_url), "completed", found.activity)
    with installation.services.database.write(1) as tx:
        (statement,) = record.append(tx, [said], SOURCE)
    installation.follow()
    void(installation, statement)
    with installation.services.database.read(1) as tx:
        (review,) = [each for each in reviews.undecided(tx, 10) if each.version_id == made.id]
    return {"rule_id": str(made.rule_id), "review_id": str(review.id)}


def completed(installation: Installation, who: UUID, lesson: UUID) -> UUID:
    """Let somebody complete a lesson; name the statement."""
    with installation.services.database.write(1) as tx:
        found = versions.find_version(tx, lesson)
        assert found is not None
        said = _said(record.actor_of(who, installation.services.config.public_url), "completed", found.activity)
        (statement,) = record.append(tx, [said], SOURCE)
    installation.follow()
    return statement


def write(boss: Person, **changes: Any) -> str:
    """Save the rule; give back the address of its page."""
    answer = boss.post(NEW, form_at=NEW, data=WHOLE | changes | {"do": "save"})
    assert answer.status_code == 303, answer.text
    return str(answer.location).partition("?")[0]


def kept(installation: Installation) -> list[Rule]:
    """Read every version that was written by a person, the newest first."""
    with installation.services.database.read(1) as tx:
        return [parse(version.body) for rule in rules.listed(tx) for version in _written(tx, rule.id)]


def _written(tx: Tx, rule_id: UUID) -> list[rules.VersionRow]:
    return [version for version in rules.history(tx, rule_id) if version.made_by is not None]
