"""A rule that is ended gives nothing any more and takes nothing; when it holds again, what came in between counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from packages.courses.course import Part
from tests.lrs.outcomes.studies import HOME, learn, somebody, teach, write
from tests.packages.courses.making import course_of, lessons

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_a_rule_ends_and_holds_again_and_what_was_given_stays(installation: Installation) -> None:
    teach(installation)
    boss, learner = installation.person("owner"), installation.person("learner")
    address, rules = write(boss), f"{HOME}/rules"
    learn(installation, UUID(learner.account), 12, 1.0)
    installation.follow()

    assert "<dialog" in boss.get(f"{address}?ask=end").text
    assert boss.post(f"{address}/end", form_at=address).location == f"{address}?done=ended"
    assert "Quy tắc này ngừng dùng từ" in boss.get(address).text
    assert "/edit" not in boss.get(address).text
    assert "Quy tắc đã ngừng dùng" in boss.get(rules).text
    late = somebody(installation, "Nguyễn Thị Hoà")
    learn(installation, late, 12, 1.0)
    installation.follow()
    assert "1 người" in boss.get(address).text
    assert "Công dân số cơ bản" in learner.get(f"{HOME}/achievements").text  # who has it sees it
    assert "Công dân số cơ bản" not in installation.person("learner").get(f"{HOME}/achievements").text

    assert boss.post(f"{address}/resume", form_at=address).status_code == 303
    installation.follow()
    assert "2 người" in boss.get(address).text
    assert "Quy tắc đã ngừng dùng" not in boss.get(rules).text
    log = boss.get(f"{HOME}/audit").text
    assert ("ngừng dùng một quy tắc" in log, "cho dùng lại một quy tắc" in log) == (True, True)


def test_a_rule_by_which_a_lesson_or_a_course_is_completed_does_not_end(embedded: Installation) -> None:
    [(package, _)] = lessons(embedded, 1)
    course_of(embedded, Part((package,)))
    boss = embedded.person("owner")
    both = re.findall(rf'href="({HOME}/rules/[0-9a-f-]+)"', boss.get(f"{HOME}/rules").text)

    assert len(both) == 2
    for rule in both:
        assert "/end" not in boss.get(rule).text
        refused = boss.post(f"{rule}/end", form_at=rule)
        assert (refused.status_code, "Không thể ngừng dùng" in refused.text) == (409, True)
