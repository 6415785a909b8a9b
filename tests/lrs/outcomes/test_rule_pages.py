"""The rules of a space are listed, each as a sentence, with how many have met it and what it said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lrs.outcomes.studies import HOME, SAYS, learn, somebody, teach, write
from tests.parts.lessons import publish

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_a_rule_says_how_many_have_met_it(embedded: Installation) -> None:
    teach(embedded)
    boss = embedded.person("owner")
    address = write(boss)
    assert "Đang xét lại" in boss.get(address).text
    learn(embedded, somebody(embedded, "Nguyễn Thị Hoà"), 12, 1.0)
    embedded.follow()

    page = boss.get(address).text

    assert "1 người" in page
    assert "Đang xét lại" not in page
    assert '<td class="number" data-label="Số người đạt">1</td>' in boss.get(f"{HOME}/rules").text


def test_it_says_itself_in_both_languages(embedded: Installation) -> None:
    teach(embedded)
    boss = embedded.person("owner")

    page = boss.get(write(boss)).text

    assert f'lang="vi"><strong>{SAYS}</strong>' in page
    assert 'lang="en">Complete all 12 lessons' in page


def test_a_lesson_comes_with_a_rule_that_is_called_as_the_lesson(embedded: Installation) -> None:
    publish(embedded)

    page = embedded.person("author").get(f"{HOME}/rules").text

    assert "Khi nào một bài được tính là hoàn thành" in page
    assert "Chưa có quy tắc nào." in page


def test_an_auditor_reads_and_an_author_does_not_see_who_wrote(embedded: Installation) -> None:
    teach(embedded)
    address = write(embedded.person("owner"))

    auditor, author = embedded.person("auditor").get(address).text, embedded.person("author").get(address).text

    assert "/edit" not in auditor
    assert "/edit" in author
    assert "người khác" in author


def test_a_rule_that_is_not_there_is_nowhere(embedded: Installation) -> None:
    boss = embedded.person("owner")

    assert boss.get(f"{HOME}/rules/55555555-5555-4555-8555-555555555555").status_code == 404
