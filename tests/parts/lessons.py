"""A lesson that somebody plays, without a browser: launched, begun, asked for files, committed to."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lrs.commands import enter
from packages import publishing
from player import tokens
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation, Person


def publish(installation: Installation, data: bytes | None = None, space: str = "haiphong") -> str:
    """Publish a package; give back its version."""
    with installation.app.app_context():
        enter(space)
        return str(publishing.publish(io.BytesIO(data or scorm12())).version_id)


@dataclass
class Playing:
    """Somebody's session at a lesson."""

    person: Person
    version: str
    origin: str
    content: str
    attempt: str
    """The attempt's token."""
    registration: str
    """The attempt's id."""
    session: int = 0
    item: str = "bai-1"
    visit: int = 1
    found: dict[str, Any] = field(default_factory=dict)
    """What the session found when it began."""

    def shell(self, attempt: str | None = None) -> TestResponse:
        """Open the shell."""
        return self.person.post(f"/play/{self.content}", base=self.origin, data={"attempt": attempt or self.attempt})

    def file(self, name: str, **headers: str) -> TestResponse:
        """Ask for a file of the lesson."""
        return self.person.get(f"/c/{self.content}/{name}", base=self.origin, headers=headers)

    def ask_to_begin(self) -> TestResponse:
        """Ask for a new session."""
        return self._post("/begin", {"token": self.attempt})

    def begin(self) -> Playing:
        """Begin a session, as the shell does."""
        told = self.ask_to_begin().json
        assert told is not None
        self.session, self.found = told["session"], told
        return self

    def values(self, item: str | None = None) -> dict[str, str]:
        """Begin a session more, to see what stands of an item."""
        track = self.begin().found["tracks"].get(item or self.item)
        return {} if track is None else dict(track["values"])

    def commit(self, n: int, values: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a commit."""
        about = {"attempt": self.registration, "session": self.session, "item": self.item, "visit": self.visit}
        return self._post("/commit", {"token": self.attempt, **about, "n": n, "values": values or {}} | more)

    def _post(self, address: str, body: dict[str, Any]) -> TestResponse:
        headers = {"Content-Type": "text/plain"}
        return self.person.post(address, base=self.origin, data=json.dumps(body), headers=headers)


def launch(person: Person, version: str, space: str = "haiphong") -> Playing:
    """Launch a lesson, and begin nothing yet."""
    lesson = f"/s/{space}/lessons/{version}"
    csrf = person.get(lesson).text.split('data-csrf="')[1].split('"')[0]
    told = person.post(f"{lesson}/launch", headers={"X-CSRF-Token": csrf}).json
    assert told is not None
    origin, _, content = told["play"].partition("/play/")
    attempt = tokens.read_attempt(person.installation.services.keys, told["attempt"], UUID(version))
    return Playing(person, version, origin, content, told["attempt"], str(attempt.attempt))


def play(person: Person, version: str, space: str = "haiphong") -> Playing:
    """Launch a lesson and begin a session."""
    return launch(person, version, space).begin()
