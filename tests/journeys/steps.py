"""The steps that a person takes in any engine: they come in, open a lesson, and are in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from tests.parts.tabs import new_tab, wait

if TYPE_CHECKING:
    from tests.journeys.walking import Installed
    from tests.parts.tabs import Screen, Tab

_CALL = "let at = window; while (!at.API) at = at.parent; return at.API"


@dataclass
class Opened:
    """A lesson that is open: the tab it is in, and the way from there to its frame."""

    tab: Tab
    shell: tuple[str, ...]

    @property
    def frames(self) -> tuple[str, ...]:
        """The frames from the tab's page to the lesson's."""
        return (*self.shell, "#lesson")

    def call(self, function: str, *arguments: str) -> str:
        """Call the API as the lesson does."""
        words = ", ".join(repr(word) for word in arguments)
        return str(self.tab.run(f"{_CALL}.{function}({words});", *self.frames))

    def wait_until(self, state: str) -> None:
        """Wait until the shell tells the learner so: saved, device, superseded ..."""
        wait(self.tab, f"return document.querySelector('#saved[data-state={state}]') !== null", *self.shell)


def come_in(tab: Tab, service: Installed, role: str) -> UUID:
    """Come in by a one-time link, as somebody new with this role; give back the account."""
    told = service.haidang("account", "link", "--space", "haiphong", "--role", role)
    tab.go(told["url"])
    tab.click("main button")
    wait(tab, "return location.pathname === '/s/haiphong/' && document.readyState === 'complete'")
    return UUID(told["account"])


def open_in(screen: Screen, tab: Tab, address: str) -> Opened:
    """Open a lesson from its page: framed there, or in a new tab; wait until it finds its API."""
    tab.go(address)
    if tab.run("return document.querySelector('#open') !== null"):
        known = screen.tabs()
        wait(
            tab,
            "return document.readyState === 'complete' && performance.now() > 1000 && !document.querySelector('#open').disabled",
        )
        tab.click("#open")
        opened = Opened(new_tab(screen, known), ())
    else:
        opened = Opened(tab, ("iframe[name=lesson]",))
    wait(
        opened.tab,
        "return document.readyState === 'complete' && location.pathname.startsWith('/c/') && parent.API !== undefined",
        *opened.frames,
    )
    return opened
