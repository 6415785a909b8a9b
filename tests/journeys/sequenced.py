"""A sequenced course as a learner sees it and presses it: the bar, the contents, the card that lies in the lesson's place."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from tests.journeys.walking import shell_on

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Locator, Page

BUTTONS = {"continue": "next", "previous": "previous", "suspendAll": "leave"}
"""What is pressed for a request in the bar; the other ways to end stand below the contents."""

RESTING = {"over", "choose", "notnow", "missing"}
"""Cards that lie there when no lesson comes by itself: the learner has to say what is next."""

_CARD = "() => document.querySelector('#card[open]')?.dataset.kind ?? ''"

_ROWS = """rows => rows.map((row) => {
    const button = row.querySelector("button");
    const title = row.querySelector(".title, .heading").textContent;
    const works = button !== null && button.getAttribute("aria-disabled") !== "true";
    return [title, works, button?.hasAttribute("aria-current") ?? false];
})"""
"""Of each line of the contents, what it is called, whether it can be chosen, and whether it is open already."""


@dataclass
class Player:
    """The player on a page."""

    page: Page

    @property
    def shell(self) -> Page | FrameLocator:
        """What lies around the lesson."""
        return shell_on(self.page)

    def launch(self, address: str) -> None:
        """Open a lesson from its page."""
        self.page.goto(address, wait_until="commit")

    @property
    def card(self) -> str:
        """Name the card that lies in the lesson's place, if one does."""
        frame = self.page.frame("lesson")
        # A page that is just being left has no card.
        with suppress(Error):
            return str(frame.evaluate(_CARD)) if frame else ""
        return ""

    @property
    def rests(self) -> bool:
        """Whether it waits for the learner, with no lesson open."""
        return self.card in RESTING or self._is_home

    @property
    def over(self) -> bool:
        """Whether the course has ended: the player says so, or has led back to the lessons."""
        return self.card == "over" or self._is_home

    @property
    def _is_home(self) -> bool:
        return self.page.url.endswith("/s/haiphong/")

    def comes_to_an_end(self) -> bool:
        """Wait until the course has ended."""
        for _ in range(1000):
            if self.over:
                return True
            self.page.wait_for_timeout(10)
        return False

    def shows(self, request: str) -> bool:
        """Whether there is a button for a request, whether it works or not."""
        return self._button(request).is_visible()

    def offers(self, request: str) -> bool:
        """Whether there is a button for a request, and it works."""
        button = self._button(request)
        return button.is_visible() and button.is_enabled()

    def press(self, request: str) -> bool:
        """Press the button for a request; who finds none to end the course leaves it. Tell whether there was one."""
        if request not in BUTTONS and self._end(request):
            return True
        name = "suspendAll" if request == "exitAll" else request
        if name in BUTTONS:
            self._button(name).click()
        return name in BUTTONS

    def _end(self, request: str) -> bool:
        if not self._look():
            return False
        ways = self.shell.locator("#ways")
        button = ways.locator(f"[data-request={request}]")
        there = ways.is_visible() and button.evaluate("button => !button.hidden")
        if there:
            ways.locator("summary").click()
            button.click()
            sure = self.shell.locator("#card[data-kind=sure] .deeds button")
            if sure.count():
                sure.last.click()  # what cannot be taken back is asked once more
        else:
            self._close()
        return bool(there)

    def _button(self, request: str) -> Locator:
        return self.shell.locator(f"#bar [data-deed={BUTTONS[request]}]")

    @property
    def can_choose(self) -> bool:
        """Whether the contents are there, and anything else than what is open can be chosen in them."""
        return any(works and not is_open for works, is_open in self._contents().values())

    def lists(self, title: str) -> bool:
        """Whether the contents name an activity."""
        return title in self._contents()

    def selects(self, title: str) -> bool:
        """Whether the contents let an activity be chosen."""
        return self._contents().get(title, (False, False))[0]

    def choose(self, title: str) -> bool:
        """Choose an activity in the contents; tell whether they let it be."""
        if not self.selects(title):
            return False
        self._look()
        rows = self.shell.locator("#menu li")
        rows.filter(has=self.page.get_by_text(title, exact=True)).locator("button").click()
        return True

    def _contents(self) -> dict[str, tuple[bool, bool]]:
        """Look at the contents: of each title whether it can be chosen, and whether it is open already."""
        if not self._look():
            return {}
        rows = self.shell.locator("#menu li").evaluate_all(_ROWS)
        self._close()
        return {title: (works, is_open) for title, works, is_open in rows}

    def _close(self) -> None:
        """Close the contents."""
        self.shell.locator("#menu [data-deed=close]").click()

    def _look(self) -> bool:
        """Open the contents, by the bar or by the card that lies in the lesson's place."""
        lying = self.shell.locator("#card[open] button", has_text="Mục lục")
        found = lying if lying.count() else self.shell.locator("#bar [data-deed=menu]")
        if not found.is_visible():
            return False
        found.click()
        self.shell.locator("#menu[open]").wait_for()
        return True

    def describe(self) -> str:
        """Say what is to be seen."""
        return f"card {self.card!r}, {self.shell.locator('#where').text_content(timeout=1000)!r}"
