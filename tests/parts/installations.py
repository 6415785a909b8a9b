"""A whole installation for a test, in two make-ups: embedded (SQLite and a folder) and production (PostgreSQL and S3)."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.test import Client, TestResponse

from tests.parts import templates
from tests.parts.databases import postgres_copy, sqlite_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from lrs.services import Services
    from tests.parts.s3 import S3Server

MAKE_UPS = ("embedded", "production")
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@dataclass
class Installation:
    """An application with its own database, object store and secret, and the commands to work on them."""

    environ: dict[str, str]
    app: Flask
    links: dict[str, str] = field(default_factory=dict)

    @property
    def services(self) -> Services:
        """The parts of the application."""
        found: Services = self.app.extensions["haidang"]
        return found

    @property
    def public_url(self) -> str:
        """The address of the app."""
        return self.services.config.public_url

    def haidang(self, *words: str, code: int = 0) -> dict[str, Any]:
        """Run a command with --json, expecting its exit code; give back what it printed."""
        with self.app.app_context():
            result = self.app.test_cli_runner().invoke(args=[*words, "--json"])
        assert result.exit_code == code, (result.output, result.exception)
        found: dict[str, Any] = json.loads(result.stdout) if result.stdout.startswith("{") else {"error": result.output}
        return found

    def follow(self) -> int:
        """Let the followers catch up."""
        count: int = self.app.extensions["haidang.followers"].catch_up()
        return count

    def visitor(self) -> Person:
        """Somebody who is not signed in."""
        return Person(self)

    def person(self, role: str, space: str = "haiphong") -> Person:
        """Somebody who is signed in with this role."""
        told = self.haidang("account", "link", "--space", space, "--role", role)
        person = Person(self, account=told["account"])
        path = told["url"].removeprefix(self.public_url)
        answer = person.post(path, form_at=path)
        assert answer.status_code == 303, answer.text
        return person

    def above(self) -> Person:
        """Somebody who is signed in to the platform."""
        person = Person(self)
        path = str(self.haidang("platform", "link")["url"]).removeprefix(self.public_url)
        answer = person.post(path, form_at=path)
        assert answer.status_code == 303, answer.text
        return person

    def key(self, scope: str = "all", space: str = "haiphong") -> dict[str, str]:
        """Make a key."""
        made: dict[str, str] = self.haidang("key", "create", "--space", space, "--scope", scope)
        return made


@dataclass
class Person:
    """A browser of somebody's, without the browser: it keeps cookies and says what a browser would say of its requests."""

    installation: Installation
    account: str = ""
    headers: dict[str, str] = field(default_factory=lambda: {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"})

    def __post_init__(self) -> None:
        self.client = Client(self.installation.app)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self._open("GET", path, **options)

    def post(self, path: str, *, form_at: str | None = None, data: Any = None, **options: Any) -> TestResponse:
        """Send a form: with the word that the page at `form_at` has in its own."""
        values = data if isinstance(data, str) else dict(data or {})
        if form_at is not None and not isinstance(values, str):
            values["csrf"] = self.csrf(form_at)
        return self._open("POST", path, data=values, **options)

    def csrf(self, path: str) -> str:
        """Read the word of a page's form."""
        page = self.get(path)
        found = _CSRF.search(page.text)
        assert found is not None, page.text
        return found[1]

    def _open(self, method: str, path: str, *, base: str | None = None, **options: Any) -> TestResponse:
        headers = self.headers | options.pop("headers", {})
        return self.client.open(
            path,
            method=method,
            base_url=base or self.installation.public_url,
            headers={name: value for name, value in headers.items() if value},
            buffered=True,
            **options,
        )


def make_installation(environ: dict[str, str]) -> Installation:
    """Put an application together and prepare what it needs."""
    from wsgi import create_app

    made = Installation(environ, create_app(environ))
    made.app.jinja_env.bytecode_cache = templates.KEPT
    made.haidang("migrate")
    return made


def environment(request: pytest.FixtureRequest, make_up: str, folder: Path) -> Iterator[dict[str, str]]:
    """Name the parts of a make-up in environment variables."""
    common = {"HAIDANG_DATA": str(folder / "data")}
    if make_up == "embedded":
        (folder / "data").mkdir()
        yield common | {"HAIDANG_DATABASE_URL": sqlite_url(request, folder / "data")}
        return
    store: S3Server = request.getfixturevalue("s3")
    with postgres_copy(request) as url:
        yield common | {
            "HAIDANG_DATABASE_URL": url,
            "HAIDANG_OBJECT_STORE_URL": store.url(f"test-{uuid.uuid4().hex}"),
        }


@pytest.fixture(params=MAKE_UPS)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """Give an installation with the space haiphong."""
    for environ in environment(request, request.param, tmp_path):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
        yield made
        made.services.database.dispose()


@pytest.fixture
def embedded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """Give the embedded make-up alone, for what does not depend on the parts."""
    for environ in environment(request, "embedded", tmp_path):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
        yield made
        made.services.database.dispose()
