"""Why, and why not yet: as a learner sees it, and as whoever helps them does."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from lrs import record
from lrs.outcomes import versions
from lrs.outcomes.rules.language import COMPLETED, PASSED
from lrs.outcomes.versions import Naming
from lrs.record import CLIENT_ASSERTED, Source
from storage import audit, spaces, tags

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.installations import Installation, Person

AT = "/s/haiphong/achievements"
SAFE, TEST = "https://example.org/an-toan-mang", "https://example.org/kiem-tra"
RULE: dict[str, Any] = {
    "all": [
        {"did": {"tag": "kỹ năng số"}},
        {"score": {"activity": TEST, "atLeast": 0.8}},
        {"confirmed": {"activity": SAFE, "by": ["mentor"]}},
    ]
}
NAMES = {SAFE: "An toàn mạng", TEST: "Bài kiểm tra cuối"}


class School:
    """An installation with a rule."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        with installation.services.database.read() as tx:
            found = spaces.find_by_slug(tx, "haiphong")
        assert found is not None
        self.space = found.id
        with installation.services.database.write(self.space) as tx:
            tags.put(tx, "kỹ năng số", SAFE)
            self.rule = versions.add(tx, RULE, Naming("Công dân số"), unheard=True).rule_id

    def say(self, who: Person, verb: str, about: str, at: str = "", **result: Any) -> uuid.UUID:
        said = {
            "actor": record.actor_of(uuid.UUID(who.account), self.installation.public_url),
            "verb": {"id": verb},
            "object": {"id": about, "definition": {"name": {"vi": NAMES[about]}}},
        }
        source = Source({"objectType": "Agent", "mbox": "mailto:a@example.org"}, CLIENT_ASSERTED)
        with self.installation.services.database.write(self.space) as tx:
            more = ({"result": result} if result else {}) | ({"timestamp": at} if at else {})
            (kept,) = record.append(tx, [said | more], source)
        self.installation.follow()
        return kept


@pytest.fixture
def school(embedded: Installation) -> School:
    return School(embedded)


def test_from_nothing_to_completed_in_words_that_a_learner_understands(embedded: Installation, school: School) -> None:
    learner, mentor = embedded.person("learner"), embedded.person("mentor")
    assert "Đã làm được 0%" in learner.get(AT).text
    school.say(learner, COMPLETED, SAFE)
    school.say(learner, PASSED, TEST, score={"scaled": 0.79})

    page = learner.get(f"{AT}/{school.rule}").text

    assert "Công dân số" in page
    assert "79%; cần 80%" in page
    assert ": hoàn thành “An toàn mạng”" in page
    assert "Bạn còn cần làm" in page
    assert "Đạt ít nhất 80% ở “Bài kiểm tra cuối”" in page
    assert ">Xác nhận" not in page  # nobody confirms themselves

    school.say(learner, PASSED, TEST, score={"scaled": 0.85})
    at = f"/s/haiphong/people/{learner.account}/achievements/{school.rule}"
    assert "Xác nhận: An toàn mạng" in mentor.get(at).text
    confirmed = mentor.post(at, form_at=at, data={"activity": SAFE})
    embedded.follow()

    assert confirmed.status_code == 303
    assert "✓ Đã hoàn thành ngày" in learner.get(AT).text
    page = learner.get(f"{AT}/{school.rule}").text
    assert ": được người hướng dẫn xác nhận cho “An toàn mạng”" in page
    assert ", 85%" in page
    assert "Xác nhận: An toàn mạng" not in mentor.get(at).text  # it is there


def test_who_looks_at_somebodys_results_is_written_down(embedded: Installation, school: School) -> None:
    learner, boss = embedded.person("learner"), embedded.person("administrator")

    assert boss.get(f"/s/haiphong/people/{learner.account}/achievements").status_code == 200

    with embedded.services.database.read(school.space) as tx:
        (deed,) = audit.page(tx, audit.Wanted(subject=uuid.UUID(learner.account)), 1)
    assert (deed.act, json.loads(deed.detail)["at"]) == ("identity.looked", "achievements")


@pytest.mark.parametrize("role", ["administrator", "learner"])
def test_a_rule_says_whose_word_counts(embedded: Installation, school: School, role: str) -> None:
    learner, other = embedded.person("learner"), embedded.person(role)
    at = f"/s/haiphong/people/{learner.account}/achievements/{school.rule}"

    answer = other.post(at, form_at="/s/haiphong/me", data={"activity": SAFE})

    assert answer.status_code == {"administrator": 400, "learner": 403}[role]


def test_a_mentor_sees_the_results_of_learners_alone(embedded: Installation, school: School) -> None:
    mentor, boss = embedded.person("mentor"), embedded.person("administrator")

    assert mentor.get(f"/s/haiphong/people/{boss.account}/achievements").status_code == 404


def test_commands_make_try_list_and_remember_rules(embedded: Installation, school: School, tmp_path: Path) -> None:
    learner = embedded.person("learner")
    school.say(learner, COMPLETED, SAFE)
    file, wrong = tmp_path / "rule.json", tmp_path / "wrong.json"
    file.write_text(json.dumps({"did": {"activity": SAFE}}))
    wrong.write_text(json.dumps({"did": {"activity": "https://example.org/nobody-knows"}}))
    here = ("--space", "haiphong")

    tried = embedded.haidang("rule", "try", *here, str(file))
    made = embedded.haidang("rule", "add", *here, str(file), "--name", "Một bài")
    refused = embedded.haidang("rule", "add", *here, str(wrong), code=1)
    embedded.follow()
    listed = embedded.haidang("rule", "list", *here)["rules"]
    file.write_text(json.dumps({"did": {"activities": [SAFE, TEST]}}))
    school.say(learner, PASSED, TEST)
    assert embedded.haidang("rule", "try", *here, str(file), "--rule", made["rule"])["lose"] == []
    embedded.haidang("rule", "add", *here, str(file), "--rule", made["rule"])

    assert tried["gain"] == [learner.account]
    assert made["version"] == 1
    assert "/did/activity" in refused["error"]
    assert [(one["name"], one["awards"]) for one in listed] == [("Công dân số", 0), ("Một bài", 1)]
    history = embedded.haidang("rule", "history", *here, made["rule"])["versions"]
    assert [one["version"] for one in history] == [2, 1]
    tagged = embedded.haidang("rule", "tag", *here, "kỹ năng số", TEST)
    assert tagged["activities"] == [SAFE, TEST]


def test_each_piece_of_evidence_leads_to_its_statement_and_to_no_other(embedded: Installation, school: School) -> None:
    learner, other, keeper = (embedded.person(role) for role in ("learner", "learner", "administrator"))
    mentor = embedded.person("mentor")
    shown, elsewhere = school.say(learner, COMPLETED, SAFE), school.say(other, COMPLETED, SAFE)
    own, helped = f"{AT}/{school.rule}", f"/s/haiphong/people/{learner.account}/achievements/{school.rule}"
    assert f'href="{own}/evidence/{shown}"' in learner.get(own).text
    assert f'href="{helped}/evidence/{shown}"' in keeper.get(helped).text

    page = learner.get(f"{own}/evidence/{shown}").text
    assert "hoàn thành “An toàn mạng”" in page
    assert "Ai báo về" in page
    assert (
        "&#34;verb&#34;" not in page
    )  # how another system calls whoever reported something is not a learner's to read
    assert "&#34;verb&#34;" not in mentor.get(f"{helped}/evidence/{shown}").text
    page = keeper.get(f"{helped}/evidence/{shown}").text
    assert "&#34;verb&#34;" in page
    assert SAFE in page

    assert learner.get(f"{own}/evidence/{elsewhere}").status_code == 404
    assert keeper.get(f"{helped}/evidence/{elsewhere}").status_code == 404
    assert learner.get(f"{helped}/evidence/{shown}").status_code == 403


def test_a_statement_from_the_end_of_all_calendars_can_be_looked_at(embedded: Installation, school: School) -> None:
    learner = embedded.person("learner")
    shown = school.say(learner, COMPLETED, SAFE, at="9999-12-31T23:59:59Z")

    assert "9999" in learner.get(f"{AT}/{school.rule}/evidence/{shown}").text
