"""Another program that uses the record with a key, over HTTP but without a server."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from werkzeug.test import Client

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation

V1 = "1.0.3"
V2 = "2.0.0"
BASE = "http://127.0.0.1:8080"

AGENT = {"objectType": "Agent", "mbox": "mailto:an@example.org"}

NOBODYS = "d5ee50a1-2b0c-4a7c-9d0b-6c3f8a0c11e7"
"""An id that no statement has."""


@dataclass
class Partner:
    """A program with a key that speaks one version."""

    installation: Installation
    key: dict[str, str]
    version: str = V1

    @property
    def word(self) -> str:
        """The key and its secret, as HTTP Basic authentication has them."""
        return b64encode(f"{self.key['key']}:{self.key['secret']}".encode()).decode()

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        **parameters: Any,
    ) -> TestResponse:
        """Send one request; what is no text or bytes is sent as JSON."""
        said = {"Authorization": f"Basic {self.word}", "X-Experience-API-Version": self.version}
        data = body
        if body is not None and not isinstance(body, str | bytes):
            data = json.dumps(body, ensure_ascii=False)
        if body is not None:
            said["Content-Type"] = "application/json"
        said |= headers or {}
        query = {name: json.dumps(value) if isinstance(value, dict) else value for name, value in parameters.items()}
        return Client(self.installation.app).open(
            f"/xapi{path}",
            method=method,
            base_url=BASE,
            data=data,
            headers={name: value for name, value in said.items() if value},
            query_string=query or None,
            buffered=True,
        )

    def get(self, path: str = "/statements", **parameters: Any) -> TestResponse:
        """Read."""
        return self.ask("GET", path, **parameters)

    def post(self, body: Any, path: str = "/statements", **more: Any) -> TestResponse:
        """Write."""
        return self.ask("POST", path, body, **more)

    def found(self, **parameters: Any) -> list[str]:
        """List the ids of the statements that a query finds."""
        answer = self.get(**parameters)
        assert answer.status_code == 200, answer.text
        return [statement["id"] for statement in json.loads(answer.text)["statements"]]


def partner(installation: Installation, scope: str = "all", space: str = "haiphong", version: str = V1) -> Partner:
    """Give a program a key."""
    return Partner(installation, installation.key(scope, space), version)


def statement(**more: Any) -> dict[str, Any]:
    """Make a plain statement with an id."""
    return {
        "id": str(uuid4()),
        "actor": AGENT,
        "verb": {"id": "http://example.org/verbs/did", "display": {"vi": "đã làm", "en": "did"}},
        "object": {"id": "http://example.org/activities/1"},
    } | more
