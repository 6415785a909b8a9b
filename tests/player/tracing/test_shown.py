"""Moments in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from flask_babel import force_locale

from player.course import Course, Part
from player.sequencing.contents import Entry
from player.tracing.again import Standing
from player.tracing.shown import Shown
from storage.sequences import RequestRow
from tests.player.sequencing.trees import item, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.parts.installations import Installation

COURSE = Course(
    uuid4(), "urn:a", "Khóa học", "4th", (Part("bai-1", "Bài 1", 0, "a.html", speaks=True, prerequisites=""),)
)
ASKED = RequestRow(1, datetime(2026, 11, 2, tzinfo=UTC), 1, "continue", "", "delivered", "", "bai-1", b"")
ENTRY = Entry("bai-1", "Bài 1", 1, leaf=True, shown=True, choice=True, jump=True)


@pytest.fixture(autouse=True)
def _vietnamese(embedded: Installation) -> Iterator[None]:
    with embedded.app.test_request_context(), force_locale("vi"):
        yield


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (ASKED, "đã mở: Bài 1"),
        (replace(ASKED, outcome="ended"), "khóa học kết thúc"),
        (replace(ASKED, outcome="nothing"), "không mở phần nào"),
        (replace(ASKED, outcome="refused", exception="NB.2.1-5"), "không thực hiện được: nhóm này không cho quay lại"),
    ],
)
def test_an_outcome_names_what_was_opened_or_why_nothing_was(row: RequestRow, says: str) -> None:
    assert Shown(COURSE).outcome(row) == says


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (Standing(ENTRY, active=False, suspended=False, current=False), ""),
        (Standing(replace(ENTRY, attempts=2), active=True, suspended=False, current=True), "đang mở, 2 lượt"),
        (Standing(ENTRY, active=False, suspended=True, current=False), "đang tạm dừng"),
        (
            Standing(replace(ENTRY, completed=True, satisfied=False, measure=0.25), False, False, False),
            "hoàn thành, chưa đạt, điểm 0,25",
        ),
        (Standing(replace(ENTRY, shown=False), False, False, False), "người học không thấy"),
        (Standing(replace(ENTRY, choice=False), False, False, False), "lúc này không chọn được"),
    ],
)
def test_an_activity_says_where_it_stands(one: Standing, says: str) -> None:
    assert [words for _, words in Shown(COURSE).rows([one])] == [says]


def test_a_moment_is_told_to_the_second_where_the_space_is() -> None:
    assert Shown(COURSE).time(ASKED.at) == "02/11/2026 07:00:00"


def test_everything_in_the_tree_is_called_by_its_title() -> None:
    made = replace(COURSE, tree=tree(item("phan-1", item("bai-1"))))

    assert set(Shown(made).titles) == {"root", "phan-1", "bai-1"}
