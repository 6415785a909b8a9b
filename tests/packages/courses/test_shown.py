"""Days, lengths and problems are said as people say them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lrs import days
from packages.courses import checking, shown
from packages.courses.checking import Problem
from packages.courses.course import Course, Part, Section

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_a_deadline_is_said_in_words(embedded: Installation) -> None:
    with embedded.app.test_request_context("/?lang=vi"):
        today = days.today()
        later, over = today + timedelta(days=8), today - timedelta(days=1)

        assert shown.deadline(None) == ""
        assert shown.deadline(today) == "Hôm nay là ngày cuối."
        assert shown.deadline(later) == f"Hạn đến hết ngày {later:%d/%m/%Y}, còn 8 ngày"
        assert shown.deadline(over).startswith(f"Đã quá hạn ngày {over:%d/%m/%Y}")


def test_lengths_codes_and_problems(embedded: Installation) -> None:
    course = Course(sections=(Section(parts=(Part(()),)),))
    with embedded.app.test_request_context("/?lang=vi"):
        assert shown.length(course) == "1 bài học"
        assert shown.code_in_two("12345678") == "1234 5678"
        assert shown.problem(Problem(checking.NO_PART)) == "Khóa học chưa có bài nào."
        assert shown.problem(Problem(checking.LATE, 2)).startswith("Phần 2: ")
        assert shown.in_words({"vi": "Kỹ năng"}) == "Kỹ năng"
