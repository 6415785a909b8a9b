"""What the browser journeys share: a service in either arrangement, the steps people take in it, and an eye on what goes wrong."""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from storage import attempts, commits, spaces, tracks, versions
from tests.parts.installations import Installation, environment, make_installation
from tests.parts.ports import free_port
from tests.parts.screens import SIZES, Screens
from tests.parts.served import Served
from tests.storage.samples import latest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    import pytest
    from playwright.sync_api import BrowserContext, Frame, FrameLocator, Page

    from storage.attempts import AttemptRow
    from storage.statements import StatementRow

_PATIENCE = 20.0
_ROOT = Path(__file__).parents[2]


class Installed(Protocol):
    """An installation that is served somehow."""

    installation: Installation

    def haidang(self, *words: str, code: int = 0) -> dict[str, Any]:
        """Run a command."""


class Service(Served):
    """A served installation, with its commands run in this process: each would take two seconds in one of its own."""

    installation: Installation

    def haidang(self, *words: str, code: int = 0) -> dict[str, Any]:
        """Run a command."""
        return self.installation.haidang(*words, code=code)


@contextmanager
def serving(
    request: pytest.FixtureRequest, folder: Path, make_up: str, arrangement: str, **more: str
) -> Iterator[Service]:
    """Serve one make-up in one arrangement, with the space haiphong in it; more settings may be given."""
    for parts in environment(request, make_up, folder):
        with started(parts | {"HAIDANG_ARRANGEMENT": arrangement} | more, folder) as service:
            service.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
            yield service


@contextmanager
def started(settings: dict[str, str], folder: Path) -> Iterator[Service]:
    """Serve what the settings name; there is no space in it yet."""
    port = int(settings.get("HAIDANG_PORT") or free_port())
    environ = settings | {"HAIDANG_PORT": str(port), "HAIDANG_WORKERS": "1"}
    ours = {name: value for name, value in os.environ.items() if not name.startswith("HAIDANG_")}
    service = Service(ours | environ | {"PYTHONPATH": str(_ROOT)}, port, folder)
    service.installation = make_installation(environ)
    service.start()
    try:
        yield service
    finally:
        service.stop()
        service.installation.services.database.dispose()


class Eye:
    """Notices what goes wrong in a browser: errors on the console (a page's policy speaks there), answers from 400, failed requests."""

    def __init__(self, context: BrowserContext) -> None:
        self.seen: list[str] = []
        context.on("console", lambda said: self._note(f"console: {said.text}", wrong=said.type == "error"))
        context.on("weberror", lambda raised: self._note(f"script: {raised.error}", wrong=True))
        context.on("response", lambda answer: self._note(f"{answer.status}: {answer.url}", wrong=answer.status >= 400))
        # A page that is left takes its open requests with it: that is no failure.
        context.on(
            "requestfailed",
            lambda request: self._note(
                f"{request.failure}: {request.url}", wrong=request.failure != "net::ERR_ABORTED"
            ),
        )

    def _note(self, what: str, *, wrong: bool) -> None:
        if wrong:
            self.seen.append(what)


@dataclass
class Lesson:
    """A lesson that is open: the page it is shown on, the shell around it, and its own frame."""

    page: Page
    shell: Page | FrameLocator
    frame: Frame

    def wait_until(self, state: str) -> None:
        """Wait until the shell tells the learner so: saved, device, superseded ..."""
        self.shell.locator(f"#saved[data-state={state}]").wait_for()

    def call(self, function: str, *arguments: str) -> str:
        """Call the API as the lesson does."""
        said: str = self.frame.evaluate(
            "([name, words]) => { let at = window; while (!at.API) at = at.parent; return at.API[name](...words); }",
            [function, list(arguments)],
        )
        return said


def enter(page: Page, service: Service, role: str) -> str:
    """Come in by a one-time link, as somebody new with this role; give back the account."""
    told = service.haidang("account", "link", "--space", "haiphong", "--role", role)
    page.goto(told["url"])
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/s/haiphong/")
    account: str = told["account"]
    return account


def upload(page: Page, package: bytes, name: str = "bài học.zip") -> str:
    """Upload a zip through the page, and go on from its report to the lesson; give back the lesson's address."""
    page.goto(page.url.split("/s/")[0] + "/s/haiphong/packages/new")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/zip", "buffer": package})
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/report")
    page.locator(".done a.button").click()
    page.wait_for_url("**/lessons/*")
    return page.url


def open_lesson(page: Page, address: str) -> Lesson:
    """Open a lesson from its page: framed there, or in a new tab."""
    page.goto(address)
    if not page.locator("#open").count():
        return lesson_on(page)
    with page.context.expect_page() as opened:
        page.locator("#open").click()
    return lesson_on(opened.value)


def shell_on(page: Page) -> Page | FrameLocator:
    """Find the shell: it is the page itself, or framed in it."""
    return page if "/play/" in page.url else page.frame_locator("iframe[name=lesson]")


def lesson_on(page: Page) -> Lesson:
    """Find the lesson that a page shows."""
    page.wait_for_load_state()
    shell = shell_on(page)
    lesson = shell.locator("#lesson")
    lesson.content_frame.locator("body > *").first.wait_for(state="attached")
    frame = lesson.element_handle().content_frame()
    while frame is None:  # the shell was loaded anew just then
        lesson.content_frame.locator("body > *").first.wait_for(state="attached")
        frame = lesson.element_handle().content_frame()
    frame.wait_for_load_state()
    return Lesson(page, shell, frame)


def shoot(page: Page, journey: str, step: str) -> None:
    """Save what a page shows in a step of a journey, as a phone and as a desktop would show it."""
    before = page.viewport_size
    for size, options in SIZES.items():
        page.set_viewport_size(options["viewport"])
        Screens.save(page, f"journey-{journey}-{step}-{size}")
    if before is not None:
        page.set_viewport_size(before)


def eventually(ready: Callable[[], bool]) -> bool:
    """Wait until something is so."""
    deadline = time.monotonic() + _PATIENCE
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


class Log:
    """What a service has on disk, read past it."""

    def __init__(self, service: Installed) -> None:
        self.database = service.installation.services.database
        with self.database.read() as tx:
            found = spaces.find_by_slug(tx, "haiphong")
        assert found is not None
        self.space = found.id

    def attempts_of(self, account: UUID) -> list[AttemptRow]:
        """List somebody's attempts."""
        with self.database.read(self.space) as tx:
            return attempts.list_of(tx, account)

    def values_of(self, account: UUID) -> dict[str, str]:
        """Read the values of somebody's only attempt, of whatever item was opened."""
        (attempt,) = self.attempts_of(account)
        with self.database.read(self.space) as tx:
            found = tracks.list_of(tx, attempt.id)
        values: dict[str, str] = {}
        for track in found:
            values |= json.loads(track.values)
        return values

    def said_by(self, account: UUID) -> dict[str, str]:
        """Read what the commits to somebody's only attempt have said last, in whatever visit; those that came too late do not count."""
        (attempt,) = self.attempts_of(account)
        values: dict[str, str] = {}
        with self.database.read(self.space) as tx:
            for session in range(1, attempt.session + 1):
                for commit in commits.after(tx, attempt.id, session, 0):
                    values |= {} if commit.superseded else json.loads(commit.payload)["values"]
        return values

    def verbs_of(self, account: UUID) -> list[str]:
        """List what is said of somebody's only attempt, oldest first."""
        (attempt,) = self.attempts_of(account)
        return [row.verb.rsplit("/", 1)[1] for row in self.statements() if row.registration == attempt.id]

    def lessons(self) -> list[str]:
        """List the titles of what is published."""
        with self.database.read(self.space) as tx:
            return [version.title for version in versions.list_versions(tx)]

    def statements(self) -> list[StatementRow]:
        """List the statements, oldest first."""
        with self.database.read(self.space) as tx:
            return [row for _, row in reversed(latest(tx, 1000))]
