"""Home shows each role what is in its care, and nothing that it may not open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from lrs.access import ADMINISTRATOR, AUDITOR, AUTHOR, LEARNER, MENTOR, OWNER

if TYPE_CHECKING:
    from tests.parts.installations import Installation

HOME = "/s/haiphong/"
KEEPER = ["người", "đơn vị", "bài học", "lượt hoàn thành bài học trong 7 ngày qua"]
SHOWN = {
    OWNER: KEEPER,
    ADMINISTRATOR: KEEPER,
    AUTHOR: ["bài học", "lượt hoàn thành bài học trong 7 ngày qua"],
    MENTOR: ["người tôi giúp"],
    AUDITOR: [
        "người",
        "đơn vị",
        "lượt hoàn thành bài học trong 7 ngày qua",
        "lần xem thông tin của mọi người trong 7 ngày qua",
    ],
    LEARNER: [],
}


def tiles(page: str) -> list[tuple[str, str]]:
    """Read the figures and what they count."""
    return re.findall(r'<p class="tally"><strong>([^<]+)</strong> ([^<]+)</p>', page)


@pytest.mark.parametrize("role", SHOWN)
def test_a_role_sees_what_is_in_its_care(embedded: Installation, role: str) -> None:
    page = embedded.person(role).get(HOME).text

    assert [words for _, words in tiles(page)] == SHOWN[role]


@pytest.mark.parametrize("role", SHOWN)
def test_each_way_on_is_open_to_the_role(embedded: Installation, role: str) -> None:
    person = embedded.person(role)
    ways = re.findall(r'<li class="card tile">.*?<a href="([^"]+)"', person.get(HOME).text, re.DOTALL)

    assert {person.get(way).status_code for way in ways} <= {200}


def test_the_figures_are_those_of_the_space(embedded: Installation) -> None:
    boss = embedded.person(OWNER)
    for _ in range(2):
        embedded.haidang("account", "add", "--space", "haiphong", "--role", "learner")
    embedded.haidang("space", "add", "danang")
    embedded.haidang("account", "add", "--space", "danang", "--role", "learner")

    assert tiles(boss.get(HOME).text)[0] == ("3", "người")
    assert tiles(embedded.person(MENTOR).get(HOME).text)[0] == ("2", "người tôi giúp")  # as many as their list shows


@pytest.mark.parametrize(("role", "may"), [(OWNER, True), (MENTOR, True), (AUTHOR, False), (LEARNER, False)])
def test_whoever_helps_people_finds_them_from_here(embedded: Installation, role: str, may: bool) -> None:  # noqa: FBT001
    page = embedded.person(role).get(HOME).text

    assert ('role="search"' in page) is may
