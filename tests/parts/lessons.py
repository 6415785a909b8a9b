"""A lesson that somebody plays, without a browser: launched, asked for files, committed to."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lrs.commands import enter
from packages import courses
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation, Person


def publish(installation: Installation, data: bytes | None = None, space: str = "haiphong") -> str:
    """Publish a package; give back its version."""
    with installation.app.app_context():
        enter(space)
        return str(courses.publish(io.BytesIO(data or scorm12())).version_id)


@dataclass
class Playing:
    """Somebody's session at a lesson."""

    person: Person
    version: str
    origin: str
    content: str
    attempt: str
    session: int = 1

    def shell(self, attempt: str | None = None) -> TestResponse:
        """Open the shell."""
        return self.person.post(f"/play/{self.content}", base=self.origin, data={"attempt": attempt or self.attempt})

    def file(self, name: str, **headers: str) -> TestResponse:
        """Ask for a file of the lesson."""
        return self.person.get(f"/c/{self.content}/{name}", base=self.origin, headers=headers)

    def commit(self, n: int, values: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a commit."""
        body = {"token": self.attempt, "session": self.session, "n": n, "values": values or {}} | more
        return self.person.post(
            "/commit", base=self.origin, data=json.dumps(body), headers={"Content-Type": "text/plain"}
        )


def play(person: Person, version: str, session: int = 1, space: str = "haiphong") -> Playing:
    """Launch a lesson."""
    lesson = f"/s/{space}/lessons/{version}"
    csrf = person.get(lesson).text.split('data-csrf="')[1].split('"')[0]
    told = person.post(f"{lesson}/launch", headers={"X-CSRF-Token": csrf}).json
    assert told is not None
    origin, _, content = told["play"].partition("/play/")
    return Playing(person, version, origin, content, told["attempt"], session)
