"""The screens that a test looks at: a phone's and a desktop's, both speaking Vietnamese."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SCREENSHOTS = Path(__file__).parents[1] / ".out" / "screenshots"
LOCALE = "vi-VN"

Size = Literal["phone", "desktop"]
SIZES: dict[Size, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}


class Screens:
    """One test's screens; each has its own cookies and storage, as another person's would."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def open(self, size: Size = "desktop", **options: Any) -> Page:
        """Open a page on a new screen; Playwright's own options for a context may be added."""
        context = self._browser.new_context(**{"locale": LOCALE, **SIZES[size], **options})
        self._contexts.append(context)
        return context.new_page()

    @staticmethod
    def save(page: Page, name: str) -> Path:
        """Save what the page shows, for people to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path)
        return path

    def close(self) -> None:
        """Close all screens."""
        for context in self._contexts:
            context.close()
