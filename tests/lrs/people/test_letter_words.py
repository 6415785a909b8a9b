"""Every letter says the same as plain text and as HTML, in both languages, and has one thing to do at most."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale

from lrs.people import letter_words
from lrs.people.letter_words import About, Paper
from lrs.people.letters import KINDS, PAPER, PAPER_ENDS, REMINDER, Reminder

if TYPE_CHECKING:
    from tests.parts.installations import Installation

AT = datetime(2026, 11, 21, 3, 4, tzinfo=UTC)
ABOUT = About("Nguyễn Thị Hoà", "Hải Phòng", AT)
TOLD = Reminder("Kỹ năng số", date(2026, 11, 30), "https://app.example.org/s/haiphong/courses/one")
LINK = replace(ABOUT, address="https://app.example.org/s/haiphong/link/word", until=AT + timedelta(days=1))


SHOWN = Paper("Kỹ năng số", date(2026, 11, 30))
USUAL = {
    REMINDER: replace(ABOUT, address=TOLD.address, reminder=TOLD),
    PAPER: replace(LINK, paper=SHOWN),
    PAPER_ENDS: replace(ABOUT, address=TOLD.address, paper=SHOWN),
}
SAYS = {REMINDER: "30/11/2026", PAPER: "10:04 22/11/2026", PAPER_ENDS: "30/11/2026"}
"""The day or the moment in letters that lead somewhere without letting in."""


def write(made: Installation, kind: str, language: str, about: About | None = None) -> tuple[str, str, str]:
    about = about or USUAL.get(kind) or (LINK if KINDS[kind].link else ABOUT)
    with made.app.app_context(), force_locale(language):
        return letter_words.write(kind, about)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_both_parts_say_the_same(embedded: Installation, kind: str, language: str) -> None:
    subject, plain, page = write(embedded, kind, language)
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())

    assert "Hải Phòng" in subject
    for paragraph in plain.removesuffix("\n").replace("-- \n", "").split("\n\n"):
        if "address" not in paragraph and "địa chỉ này" not in paragraph:
            assert " ".join(paragraph.split()) in shown
    assert page.count("<a ") == (1 if KINDS[kind].link or kind in USUAL else 0)
    assert SAYS.get(kind, "10:04 22/11/2026" if KINDS[kind].link else "10:04 21/11/2026") in plain


@pytest.mark.parametrize("kind", KINDS)
def test_the_html_part_loads_nothing_and_leaves_its_colours_to_the_reader(embedded: Installation, kind: str) -> None:
    page = write(embedded, kind, "vi")[2]

    assert not re.search(r"<(img|link|script|style|iframe)|url\(|@import", page)
    assert 'content="light dark"' in page
    button = page.partition("<a ")[2].partition(">")[0]
    assert not re.search(r"[^-]color:|background", page.replace(button, ""))


def test_nobody_is_greeted_by_a_name_that_is_not_known(embedded: Installation) -> None:
    assert write(embedded, "activate", "vi", replace(LINK, name=""))[1].startswith("Xin chào,\n\n")
