"""A tab of any browser: one small contract for three engines, so that a test is written once.

A script is the body of an asynchronous function; frames are named by the selectors of their elements, from the outside in.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Frame, Page

PATIENCE = 20.0


class Tab(Protocol):
    """One tab: a page, and the frames in it."""

    @property
    def address(self) -> str:
        """Say where it is."""

    def go(self, address: str) -> None:
        """Open a page, and wait until it has loaded."""

    def click(self, selector: str, *frames: str) -> None:
        """Click what appears."""

    def run(self, script: str, *frames: str) -> Any:
        """Run a script, and give back what it returns."""


class Screen(Protocol):
    """Tabs that share cookies and storage, as those of one person do."""

    def open(self) -> Tab:
        """Open a tab."""

    def tabs(self) -> list[Tab]:
        """List the tabs, also those that a page has opened, oldest first."""

    def close(self) -> None:
        """Close all of it."""


class Engine(Protocol):
    """A browser's engine."""

    name: str

    def screen(self) -> Screen:
        """Give a screen on which nothing was ever opened."""


def wait(tab: Tab, script: str, *frames: str) -> Any:
    """Run a script until it gives something; a page that is on its way elsewhere counts as nothing yet."""
    deadline = time.monotonic() + PATIENCE
    trouble: Exception | None = None
    while time.monotonic() < deadline:
        try:
            if found := tab.run(script, *frames):
                return found
            trouble = None
        except Exception as error:  # noqa: BLE001 - three drivers, each with errors of its own
            trouble = error
        time.sleep(0.05)
    raise TimeoutError(f"nothing came of {script!r} at {tab.address}") from trouble


def new_tab(screen: Screen, known: list[Tab]) -> Tab:
    """Wait for a tab that was not there before."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if more := screen.tabs()[len(known) :]:
            return more[0]
        time.sleep(0.05)
    raise TimeoutError("no tab was opened")


class PlaywrightTab:
    """A tab of Chromium's."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def address(self) -> str:
        """Say where it is."""
        return self.page.url

    def go(self, address: str) -> None:
        """Open a page, and wait until it has loaded."""
        self.page.goto(address)

    def click(self, selector: str, *frames: str) -> None:
        """Click what appears."""
        self._inside(frames).locator(selector).click()

    def run(self, script: str, *frames: str) -> Any:
        """Run a script, and give back what it returns."""
        return self._inside(frames).evaluate(f"async () => {{ {script} }}")

    def _inside(self, frames: tuple[str, ...]) -> Frame:
        frame = self.page.main_frame
        for selector in frames:
            element = frame.wait_for_selector(selector, state="attached")
            inner = element and element.content_frame()
            assert inner, f"{selector} is no frame"
            frame = inner
        return frame


class PlaywrightScreen:
    """A context of Chromium's."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context

    def open(self) -> Tab:
        """Open a tab."""
        return PlaywrightTab(self._context.new_page())

    def tabs(self) -> list[Tab]:
        """List the tabs, also those that a page has opened, oldest first."""
        for page in self._context.pages[:1]:
            page.wait_for_timeout(1)  # Playwright hears of new ones only while it is asked something
        return [PlaywrightTab(page) for page in self._context.pages]

    def close(self) -> None:
        """Close all of it."""
        self._context.close()


class Chromium:
    """The engine of Chromium, driven by Playwright."""

    name = "chromium"

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def screen(self) -> Screen:
        """Give a screen on which nothing was ever opened."""
        return PlaywrightScreen(self._browser.new_context(locale="vi-VN"))
