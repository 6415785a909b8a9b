"""Every route x every caller x two spaces: who may gets in, who may not does not, and nobody gets from one space into another."""

from __future__ import annotations

import base64
import hmac
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from flask import Blueprint
from werkzeug.test import Client

from lrs.access import ADMINISTRATOR, EVERYBODY, GUEST, LEARNERS, OWNER, PLATFORM, PROGRAM, ROLES, allow
from lrs.people import accounts
from lrs.people.credentials import SCOPES
from lrs.platform import entry
from storage import spaces
from tests.lrs.access_table import APP, CONTENT, TABLE, Line, address, unlisted, without_route
from tests.parts.installations import MAKE_UPS, Installation, environment, make_installation
from tests.parts.zips import scorm12
from wsgi import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

    from storage.people import AccountRow

SPACES = {"haiphong": "Bài của Hải Phòng", "daklak": "Bài của Đắk Lắk"}
NOBODY = "nobody"
BROWSER = "a-browser"
MACHINE = "http://127.0.0.1:8080"


@dataclass
class Tenancies:
    """Two spaces with the same things in them, and a way to call each route as each caller."""

    made: Installation
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    people: dict[tuple[str, str], AccountRow] = field(default_factory=dict)
    lessons: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def settle(self, slug: str) -> None:
        """Make a space with a person of each role, a key of each scope and a lesson."""
        told = self.made.haidang("space", "add", slug, "--name", f"Tỉnh {slug}")
        assert told["space"] == slug
        author = self.made.person("author", slug)
        form = f"/s/{slug}/packages/new"
        zipped = {"package": (io.BytesIO(scorm12(SPACES[slug])), "bai.zip")}
        sent = author.post(form, form_at=form, data=zipped, content_type="multipart/form-data")
        self.lessons[slug] = sent.headers["Location"].split("/")[-2]
        report = f"/s/{slug}/packages/{self.lessons[slug]}"
        assert author.post(f"{report}/open", form_at=f"{report}/report", data={"open": "yes"}).status_code == 303
        for scope in SCOPES:
            made = self.made.key(scope, slug)
            self.keys[slug, scope] = base64.b64encode(f"{made['key']}:{made['secret']}".encode()).decode()
        with self.made.services.database.read() as tx:
            found = spaces.find_by_slug(tx, slug)
        assert found is not None
        self.ids[slug] = found.id
        with self.made.services.database.write(self.ids[slug]) as tx:
            self.people |= {(slug, role): accounts.create(tx, role) for role in LEARNERS}

    def call(self, line: Line, who: str, *, of: str, at: str) -> TestResponse:
        """Call a route of the space `at` as somebody of the space `of`: with everything a browser or a program would send."""
        client = Client(self.made.app, use_cookies=False)
        headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": self.word()}
        cookies = [f"__Host-haidang-form={BROWSER}"]
        if who in ROLES:
            # The session stands under the name that the other space looks for, too.
            cookies += [f"__Host-haidang-session-{slug}={self.session(of, who)}" for slug in {of, at}]
        if who in {*ROLES, PLATFORM}:
            # Each session stands under the name of the other kind's cookie, too: neither word is worth anything there.
            word = self.platform() if who == PLATFORM else self.session(of, who)
            cookies += [f"__Host-haidang-{name}={word}" for name in self.others(who)]
        if who == GUEST:
            cookies += [f"__Host-haidang-guest-{slug}={self.session(of, who)}" for slug in {of, at}]
        if who in SCOPES:
            headers["Authorization"] = f"Basic {self.keys[of, who]}"
        headers["Cookie"] = "; ".join(cookies)
        known = {"space": at, "version_id": self.lessons[at]}
        path = address(self.made.app, line, known)
        body = "{}" if line.endpoint in {"content.commit", "content.begin"} else None
        return client.open(
            path, method=line.method, base_url=self.base(line, at), headers=headers, data=body, buffered=True
        )

    def base(self, line: Line, at: str) -> str:
        """Name the host on which a route is asked for."""
        if line.application == CONTENT:
            label = f"c-{self.lessons[at].replace('-', '')}"
            return self.made.services.config.content_origin(label)
        if line.endpoint.startswith(("health.", "xapi.", "packages_api.")):
            return MACHINE
        return self.made.public_url

    def session(self, slug: str, role: str) -> str:
        """Begin a session: signing out ends the one it is asked with."""
        with self.made.services.database.write(self.ids[slug]) as tx:
            return accounts.begin_session(tx, self.people[slug, role].id, datetime.now(UTC))

    def platform(self) -> str:
        """Begin a session above all spaces."""
        with self.made.services.database.write() as tx:
            return entry.use_link(tx, entry.make_link(tx))

    @staticmethod
    def others(who: str) -> list[str]:
        """Name the cookie in which the platform's session belongs, and, for itself, those in which it does not."""
        return [entry.COOKIE, *(f"session-{slug}" for slug in SPACES if who == PLATFORM)]

    def word(self) -> str:
        """Say what the page's form would say."""
        return hmac.new(self.made.services.keys.key("forms"), BROWSER.encode(), sha256).hexdigest()


@pytest.fixture(scope="module", params=MAKE_UPS)
def tenancies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenancies]:
    for environ in environment(request, request.param, tmp_path_factory.mktemp("access")):
        made = Tenancies(make_installation(environ))
        for slug in SPACES:
            made.settle(slug)
        yield made
        made.made.services.database.dispose()


def expected(line: Line, who: str) -> int:
    """Say what the table says."""
    if EVERYBODY in line.roles or who in line.roles or who in line.scopes:
        return line.admitted
    known = who in SCOPES if line.scopes else who in ROLES and PLATFORM not in line.roles
    return 403 if known else 401


@pytest.mark.parametrize("line", TABLE, ids=str)
def test_who_may_gets_in_and_who_may_not_does_not(tenancies: Tenancies, line: Line) -> None:
    callers = (NOBODY, *LEARNERS, *SCOPES, PLATFORM)

    got = {(who, slug): tenancies.call(line, who, of=slug, at=slug).status_code for who in callers for slug in SPACES}
    assert got == {(who, slug): expected(line, who) for who in callers for slug in SPACES}


@pytest.mark.parametrize("line", [line for line in TABLE if line.roles - {EVERYBODY, PLATFORM}], ids=str)
def test_a_session_of_one_space_opens_nothing_of_another(tenancies: Tenancies, line: Line) -> None:
    for role in LEARNERS:
        answer = tenancies.call(line, role, of="haiphong", at="daklak")

        assert answer.status_code == 401, (role, answer.text)
        assert SPACES["daklak"] not in answer.text


@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_of_one_space_opens_nothing_on_the_host_of_another(tenancies: Tenancies, scope: str) -> None:
    client = Client(tenancies.made.app)
    headers = {"Authorization": f"Basic {tenancies.keys['haiphong', scope]}", "X-Experience-API-Version": "1.0.3"}

    there = client.get("/xapi/statements", base_url="http://daklak.lms.localhost:8080", headers=headers)
    assert there.status_code == 401
    home = client.get("/xapi/statements", base_url="http://haiphong.lms.localhost:8080", headers=headers)
    assert home.status_code == (200 if scope in {"all", "all/read", "statements/read", "statements/read/mine"} else 403)


def test_a_lesson_of_another_space_is_not_there(tenancies: Tenancies) -> None:
    session = tenancies.session("haiphong", ADMINISTRATOR)
    client = Client(tenancies.made.app, use_cookies=False)
    headers = {"Cookie": f"__Host-haidang-session-haiphong={session}"}

    for lesson, status in ((tenancies.lessons["haiphong"], 200), (tenancies.lessons["daklak"], 404)):
        answer = client.get(f"/s/haiphong/lessons/{lesson}", base_url=tenancies.made.public_url, headers=headers)
        assert answer.status_code == status
        assert SPACES["daklak"] not in answer.text


def test_the_tokens_of_a_lesson_open_no_other_lesson(tenancies: Tenancies) -> None:
    line = next(line for line in TABLE if line.endpoint == "player.launch")
    launched = tenancies.call(line, "learner", of="haiphong", at="haiphong").json
    assert launched is not None
    path = launched["play"].partition("/play/")[2]
    client = Client(tenancies.made.app)
    home, there = (tenancies.base(Line(CONTENT, "", ""), slug) for slug in SPACES)

    def statuses(base: str) -> tuple[int, int, int]:
        file = client.get(f"/c/{path}/index.html", base_url=base, buffered=True)
        shell = client.post(f"/play/{path}", base_url=base, data={"attempt": launched["attempt"]})
        begun = client.post("/begin", base_url=base, json={"token": launched["attempt"]})
        return file.status_code, shell.status_code, begun.status_code

    assert statuses(there) == (404, 404, 401)
    assert statuses(home) == (200, 200, 200)


def test_a_content_host_reads_no_session(tenancies: Tenancies) -> None:
    lines = [line for line in TABLE if line.application == CONTENT]

    for line in lines:
        callers = (NOBODY, ADMINISTRATOR, PLATFORM)
        nobody, *others = (tenancies.call(line, who, of="haiphong", at="haiphong") for who in callers)
        assert {answer.status_code for answer in others} == {nobody.status_code}
        assert not any("Set-Cookie" in answer.headers for answer in others)


def test_the_platform_stands_on_the_apps_own_host_alone(tenancies: Tenancies) -> None:
    session = tenancies.platform()
    client = Client(tenancies.made.app, use_cookies=False)
    headers = {"Cookie": f"__Host-haidang-{entry.COOKIE}={session}", "Accept": "text/html"}
    elsewhere = ("http://haiphong.lms.localhost:8080", MACHINE, tenancies.base(Line(CONTENT, "", ""), "haiphong"))

    for path in ("/platform", "/platform/spaces/haiphong", "/platform/sessions", "/platform/link/word"):
        for base in (*elsewhere, "http://lms.localhost:8080"):
            assert client.get(path, base_url=base, headers=headers).status_code == 404, (base, path)
    assert client.get("/platform", base_url=tenancies.made.public_url, headers=headers).status_code == 200  # control


def test_who_is_signed_in_to_both_meets_nobody_of_the_other(tenancies: Tenancies) -> None:
    client = Client(tenancies.made.app, use_cookies=False)
    both = f"__Host-haidang-{entry.COOKIE}={tenancies.platform()}; __Host-haidang-session-haiphong="

    answers = {
        path: client.get(
            path,
            base_url=tenancies.made.public_url,
            headers={"Cookie": both + tenancies.session("haiphong", role), "Accept": "text/html"},
        ).status_code
        for role, path in (("learner", "/s/haiphong/people"), (OWNER, "/s/daklak/people"), ("learner", "/platform"))
    }

    assert answers == {"/s/haiphong/people": 403, "/s/daklak/people": 401, "/platform": 200}


def test_a_view_is_the_platforms_or_a_spaces() -> None:
    for roles, scopes in (((PLATFORM, OWNER), ()), ((PLATFORM, EVERYBODY), ()), ((PLATFORM,), ("all",))):
        with pytest.raises(ValueError, match="never both"):
            allow(*roles, scopes=scopes)


def test_every_route_is_in_the_table() -> None:
    assert unlisted(create_app({})) == set()


def test_every_line_of_the_table_has_a_route() -> None:
    assert without_route(create_app({})) == set()


@pytest.mark.parametrize("application", [APP, CONTENT])
def test_a_route_that_is_not_in_the_table_would_be_found(application: str) -> None:
    app = create_app({})
    new = Blueprint("new", __name__)
    new.add_url_rule("/new", "view", lambda: "", methods=["DELETE"])
    (app if application == APP else app.extensions["haidang.content"]).register_blueprint(new)

    assert unlisted(app) == {(application, "new.view", "DELETE")}


def test_a_line_without_a_route_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.lrs.access_table.TABLE", (*TABLE, Line(APP, "gone.view", "GET")))

    assert without_route(create_app({})) == {(APP, "gone.view", "GET")}


@pytest.mark.parametrize(
    ("application", "base"), [(APP, "http://app.lms.localhost"), (CONTENT, f"http://c-{'0' * 32}.lms.localhost")]
)
def test_a_view_that_says_nothing_is_closed_to_everybody(application: str, base: str) -> None:
    app = create_app({})
    inside = app if application == APP else app.extensions["haidang.content"]
    inside.add_url_rule("/silent", "silent", lambda: "said")
    inside.add_url_rule("/open", "open", allow(EVERYBODY)(lambda: "said"))

    assert Client(app).get("/silent", base_url=base).status_code == 404
    assert Client(app).get("/open", base_url=base).text == "said"


def test_a_program_needs_a_scope_that_the_view_names() -> None:
    app = create_app({})
    app.add_url_rule("/closed", "closed", allow(PROGRAM)(lambda: "said"))

    assert Client(app).get("/closed", base_url=MACHINE).status_code == 401
