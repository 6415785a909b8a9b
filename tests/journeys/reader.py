"""Somebody in front of a screen, who reads one language: they press, fill in and look for what stands there in it, and nothing else.

What they look for is written in English, as in the code, and said in their language by the catalogue that the pages speak from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import TimeoutError as Waited

from lrs.catalogue import translations
from tests.journeys.walking import Eye

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.parts.screens import Screens, Size

Language = Literal["vi", "en"]
LOCALES: dict[Language, str] = {"vi": "vi-VN", "en": "en-US"}

_PATIENCE = 5000


@dataclass
class Reader:
    """A person, their screen, and what goes wrong on it."""

    page: Page
    language: Language
    eye: Eye

    @property
    def main(self) -> Locator:
        """What a page is about, without its menu."""
        return self.page.get_by_role("main")

    def words(self, english: str, **more: object) -> str:
        """Say it in the reader's language."""
        return str(translations(self.language).gettext(english)) % more

    def counted(self, one: str, many: str, count: int) -> str:
        """Say how many there are, in the reader's language."""
        return str(translations(self.language).ungettext(one, many, count)) % {"num": count}

    def open(self, address: str) -> None:
        """Open an address, from a letter or a slip of paper."""
        self.page.goto(address)

    def turn_to(self, page: str) -> None:
        """Choose a page of the menu, which waits behind a button on a phone."""
        self._show_menu()
        words = self.words(page)
        shown = self.page.get_by_role("banner").get_by_role("navigation").get_by_role("link", name=words, exact=True)
        if not shown.count():  # it waits in its room
            room = self.page.locator(".room").filter(has=self.page.get_by_text(words, exact=True))
            self._follow(room.locator(".lead"))
        self._follow(shown.first)

    def sign_out(self) -> None:
        """Sign out, at the end of the menu."""
        self._show_menu()
        self._follow(self._menu.get_by_role("button", name=self.words("Sign out"), exact=True))

    def press(self, english: str, **more: object) -> None:
        """Press the one thing that says this; an arrow may stand before it."""
        self._follow(self._called(self.main, self.words(english, **more)))

    def press_name(self, name: str) -> None:
        """Press what is called after somebody or something."""
        self._follow(self._called(self.main, name))

    def answer(self, english: str) -> None:
        """Answer the question that stands over the page."""
        self._follow(self._called(self.page.get_by_role("dialog"), self.words(english)))

    def write(self, label: str, value: str) -> None:
        """Fill a field in."""
        self._field(label).fill(value)

    def choose(self, label: str, value: str) -> None:
        """Choose from a list."""
        self._field(label).select_option(label=value)

    def unfold(self, english: str) -> None:
        """Open what waits behind a line on a phone; elsewhere it stands open."""
        line = self.main.locator("summary").filter(has_text=self.words(english))
        if line.is_visible():
            line.click()

    def speak(self, language: str) -> None:
        """Press a language at the end of the page, or at its top."""
        self._follow(self.page.get_by_role("button", name=language, exact=True))

    def tick(self, english: str) -> None:
        """Choose one of several ways, by the word that it begins with."""
        self.main.get_by_role("radio", name=re.compile(f"^{re.escape(self.words(english))} ")).check()

    def hand_over(self, label: str, name: str, mime_type: str, data: bytes) -> None:
        """Choose a file."""
        self._field(label).set_input_files({"name": name, "mimeType": mime_type, "buffer": data})

    def reads(self, english: str, **more: object) -> bool:
        """Look for words, and wait a moment for them."""
        return self.sees(self.words(english, **more))

    def sees(self, words: str) -> bool:
        """Look for what is the same in every language: a name, a title."""
        try:
            self.page.get_by_text(words).filter(visible=True).first.wait_for(timeout=_PATIENCE)
        except Waited:
            return False
        return True

    def buttons(self) -> set[str]:
        """List what the buttons of this page say."""
        return {each.inner_text() for each in self.main.get_by_role("button").all()}

    @property
    def _menu(self) -> Locator:
        return self.page.get_by_role("navigation", name=self.words("Pages"))

    def _show_menu(self) -> None:
        opener = self.page.get_by_role("button", name=self.words("Contents"), exact=True)
        if opener.is_visible():
            opener.click()

    def _field(self, label: str) -> Locator:
        return self.main.get_by_label(self.words(label), exact=True)

    def _follow(self, target: Locator) -> None:
        target.click(timeout=_PATIENCE)
        self.page.wait_for_load_state()

    @staticmethod
    def _called(inside: Locator, words: str) -> Locator:
        name = re.compile(f"^(← )?{re.escape(words)}$")
        return inside.get_by_role("button", name=name).or_(inside.get_by_role("link", name=name))


def reader(screens: Screens, size: Size, language: Language) -> Reader:
    """Sit somebody down in front of a screen of their own."""
    page = screens.open(size, locale=LOCALES[language])
    return Reader(page, language, Eye(page.context))
