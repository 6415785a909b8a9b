"""Every decision is said in words that an author understands, whatever the course and whatever was asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale

from player.sequencing.trace import Step
from player.tracing import sentences, words
from tests.player.node import ROOT
from tests.player.sequencing.chance import Chance, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.parts.installations import Installation

SEEDS = range(120)
TITLES = {"lesson-2": "Bài 2", "module-1": "Phần 1"}


@pytest.fixture
def _vietnamese(embedded: Installation) -> Iterator[None]:
    with embedded.app.test_request_context(), force_locale("vi"):
        yield


def said(process: str, activity: str, outcome: str, why: str = "") -> str:
    return sentences.told(Step(process, activity, outcome, why), TITLES).says


@pytest.mark.usefixtures("_vietnamese")
def test_every_step_of_many_courses_is_a_sentence() -> None:
    steps: set[Step] = set()
    for seed in SEEDS:
        chance = Chance(seed)
        made = chance.tree()
        for reply in walk(made, chance.steps(made)):
            steps |= set(reply.trace)

    unsaid = [str(one) for one in steps if str(one) in sentences.told(one, {}).says]

    assert len({one.process for one in steps}) >= 12
    assert unsaid == []


@pytest.mark.usefixtures("_vietnamese")
@pytest.mark.parametrize(
    ("step", "says"),
    [
        (("NB.2.1", "", "continue: exit and continue"), "Yêu cầu: đi tiếp sang phần sau."),
        (("NB.2.1", "lesson-2", "choice: exit and choice"), "Yêu cầu: mở phần đã chọn: “Bài 2”."),
        (
            ("NB.2.1", "", "previous: not valid", "NB.2.1-5"),
            "Yêu cầu: quay lại phần trước. Không thực hiện được: nhóm này không cho quay lại.",
        ),
        (
            ("UP.2", "lesson-2", "skip", "all of: satisfied of pretest, not completed"),
            "Một quy tắc của “Bài 2” có hiệu lực: bỏ qua phần này, vì: đạt (mục tiêu pretest) và chưa hoàn thành.",
        ),
        (
            ("UP.2", "lesson-2", "skip", "any of: objectiveMeasureLessThan 0.5, always"),
            "Một quy tắc của “Bài 2” có hiệu lực: bỏ qua phần này, vì: điểm dưới 0,5 hoặc luôn luôn.",
        ),
        (
            ("RB.1.4", "module-1", "satisfied", "all of 3: any of: satisfied"),
            "“Phần 1” thành: đạt. Lý do: mọi phần được tính (3): đạt.",
        ),
        (("RTE", "lesson-2", "satisfied True, measure 0.8"), "“Bài 2” báo: đạt; điểm 0,8."),
        (("SB.2.12", "lesson-2", "continue: an activity to deliver"), "Đã tìm được phần tiếp theo: “Bài 2”."),
        (("DB.2", "lesson-2", "delivered", "resumed"), "Mở “Bài 2”, học tiếp từ chỗ đã dừng."),
    ],
)
def test_a_step_is_said_with_the_titles_that_the_author_gave(step: tuple[str, ...], says: str) -> None:
    assert said(*step) == says


@pytest.mark.usefixtures("_vietnamese")
def test_a_step_that_nobody_knows_is_said_as_it_stands() -> None:
    assert said("XX.9", "lesson-2", "dances", "for joy") == "Bài 2: XX.9 lesson-2: dances (for joy)"


@pytest.mark.usefixtures("_vietnamese")
def test_why_something_was_not_possible_stands_beside_its_number() -> None:
    line = sentences.told(Step("SB.2.9", "lesson-2", "SB.2.9-3", ""), TITLES)

    assert (line.code, "hiddenFromChoice" in line.says) == ("SB.2.9-3", True)


def test_every_number_that_the_sequencer_gives_has_its_reason() -> None:
    code = "".join(file.read_text("utf-8") for file in (ROOT / "player/sequencing").glob("*.py"))

    assert set(re.findall(r'"([A-Z]{2}\.[\d.]+-\d+)"', code)) == set(words.EXCEPTIONS)
