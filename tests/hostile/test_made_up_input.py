"""Made-up paths, queries, headers and commits on every route, on both make-ups: whatever they are, never a 5xx."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from player import tokens
from tests.lrs.access_table import APP, applications
from tests.parts.installations import MAKE_UPS, Installation, Person, environment, make_installation
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

MACHINE = "http://127.0.0.1:8080"
FORM = "/s/haiphong/packages/new"

made_up = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

words = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(max_codepoint=255), max_size=30),
    st.sampled_from(
        ["", ".", "..", "%", "%00", "%ff", "\0", "\x7f", "\ud800".encode(errors="replace").decode(), "a" * 5000]
    ),
    st.sampled_from(["haiphong", "1", "-1", "0", "true", "null", "00000000-0000-0000-0000-000000000000"]),
)
raw = st.one_of(words.map(str.encode), st.binary(max_size=30))


@dataclass
class Played:
    """An installation with a lesson that somebody plays."""

    made: Installation
    person: Person
    lesson: str
    origin: str
    content: str
    attempt: str
    about: dict[str, Any]
    """Where a right commit belongs, and its session."""
    key: dict[str, str]

    def get(self, base: str, path: bytes, query: bytes = b"", headers: dict[str, str] | None = None) -> TestResponse:
        """Ask for bytes that need not be text."""
        overrides = {"PATH_INFO": path.decode("latin-1"), "QUERY_STRING": query.decode("latin-1")}
        return self.person.client.get(
            "/",
            base_url=base,
            headers=self.person.headers | (headers or {}),
            environ_overrides=overrides,
            buffered=True,
        )

    @property
    def bases(self) -> tuple[str, ...]:
        """Name a host of each kind."""
        return self.made.public_url, "http://haiphong.lms.localhost:8080", self.origin, MACHINE


@pytest.fixture(scope="module", params=MAKE_UPS)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    for environ in environment(request, request.param, tmp_path_factory.mktemp("made-up")):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong")
        author = made.person("author")
        zipped = {"package": (io.BytesIO(scorm12()), "bai.zip")}
        sent = author.post(FORM, form_at=FORM, data=zipped, content_type="multipart/form-data")
        lesson = (
            sent.headers["Location"]
            .removeprefix(made.public_url)
            .replace("/packages/", "/lessons/")
            .removesuffix("/report")
        )
        word = re.search(r'data-csrf="(\w+)"', author.get(lesson).text)
        assert word is not None
        launched = author.post(f"{lesson}/launch", headers={"X-CSRF-Token": word[1]}).json
        assert launched is not None
        origin, _, token = launched["play"].partition("/play/")
        attempt = tokens.read_attempt(made.services.keys, launched["attempt"], UUID(lesson.rpartition("/")[2])).attempt
        begun = author.client.post("/begin", base_url=origin, data=json.dumps({"token": launched["attempt"]})).json
        assert begun is not None
        about = {"attempt": str(attempt), "item": "bai-1", "visit": 1, "session": begun["session"]}
        yield Played(made, author, lesson, origin, token, launched["attempt"], about, made.key())
        made.services.database.dispose()


def assert_known(answer: TestResponse) -> None:
    """Hold an answer to what there is: done, led to a page of ours, moved to where it belongs, or refused."""
    assert answer.status_code < 500, answer.text
    if answer.status_code == 303:
        there, here = urlsplit(answer.headers["Location"]), urlsplit(answer.request.url)
        assert there.netloc in {"", here.netloc}, answer.headers["Location"]
    else:
        assert answer.status_code < 300 or answer.status_code in {304, 308} or answer.status_code >= 400


@made_up
@given(base=st.integers(0, 3), path=raw, query=raw)
@example(base=0, path=b"s/\0/", query=b"")
@example(base=0, path=b"s/haiphong/link/\0", query=b"")
@example(base=1, path=b"link/\xff", query=b"")
@example(base=3, path=b"xapi/statements", query=b"statementId=%00")
def test_any_address_on_any_host_is_answered(played: Played, base: int, path: bytes, query: bytes) -> None:
    assert_known(played.get(played.bases[base], b"/" + path, query))


def routes(played: Played) -> list[tuple[str, str, tuple[str, ...]]]:
    """List what can be read: the host, the pattern, and what is to be filled in."""
    found = []
    for name, application in applications(played.made.app).items():
        base = played.made.public_url if name == APP else played.origin
        for rule in application.url_map.iter_rules():
            if "GET" in (rule.methods or ()):
                here = MACHINE if rule.rule.startswith(("/xapi", "/metrics")) else base
                found.append((here, rule.rule, tuple(sorted(rule.arguments))))
    return found


@pytest.mark.parametrize("go", ["", "//elsewhere.example", "https://elsewhere.example/", "/s/haiphong/account"])
def test_who_has_nothing_to_claim_goes_on_to_a_page_of_ours(played: Played, go: str) -> None:
    answer = played.get(played.made.public_url, b"/s/haiphong/claim", f"go={go}".encode())

    assert answer.status_code == 303
    assert_known(answer)


@made_up
@given(data=st.data())
def test_anything_may_stand_where_a_route_has_a_name(played: Played, data: st.DataObject) -> None:
    base, pattern, names = data.draw(st.sampled_from(routes(played)))
    right = {
        "space": b"haiphong",
        "version_id": played.lesson.rsplit("/", 1)[1].encode(),
        "token": played.content.encode(),
    }
    path = pattern.encode()
    for name in names:
        value = data.draw(st.one_of(raw, st.just(right.get(name, b"index.html"))), label=name)
        before, _, after = re.split(rb"(<(?:\w+:)?" + name.encode() + rb">)", path, maxsplit=1)
        path = before + value + after

    assert_known(played.get(base, path, data.draw(raw, label="query")))


HEADERS = (
    *(
        "Accept",
        "Accept-Language",
        "Cookie",
        "Range",
        "If-None-Match",
        "If-Range",
        "If-Modified-Since",
        "Authorization",
    ),
    *("Origin", "Sec-Fetch-Site", "X-CSRF-Token", "X-Request-Id", "Content-Type", "Content-Length", "Service-Worker"),
)
values = st.one_of(
    st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60),
    st.sampled_from(["bytes=0-", "bytes=-0", "bytes=5-1", "bytes=99999999999999999999-", "bytes=0-1,2-3", "bytes=x"]),
    st.sampled_from(
        ['"', "W/", '"x", *', "*", "text/html;q=2", "vi;q=-1", "en;q=1e999", "Basic", "Basic =", "a=b; a=c;;"]
    ),
    st.sampled_from(["Mon, 99 Jan 99999 99:99:99 GMT", "multipart/form-data; boundary=", "text/html; charset=\xff"]),
)


@made_up
@given(headers=st.dictionaries(st.sampled_from(HEADERS), values, max_size=4), where=st.integers(0, 5))
def test_any_header_is_taken_or_left(played: Played, headers: dict[str, str], where: int) -> None:
    app = played.made.public_url
    base, path = (
        (app, "/s/haiphong/"),
        (app, "/static/haidang.css"),
        (app, played.lesson),
        (played.origin, f"/c/{played.content}/index.html"),
        (played.origin, "/_hd/shell.js"),
        (MACHINE, "/xapi/statements"),
    )[where]

    assert_known(played.get(base, path.encode(), headers=headers))


PARAMETERS = ("statementId", "limit", "before", "agent", "verb", "since", "attachments", "format", "ascending", "q")


@made_up
@given(query=st.lists(st.tuples(st.one_of(st.sampled_from(PARAMETERS), words), words), max_size=4))
def test_any_question_to_the_record_is_answered(played: Played, query: list[tuple[str, str]]) -> None:
    answer = played.made.visitor().client.get(
        "/xapi/statements",
        base_url=MACHINE,
        query_string=dict(query),
        auth=(played.key["key"], played.key["secret"]),
        headers={"X-Experience-API-Version": "1.0.3"},
    )

    assert_known(answer)
    assert answer.is_json


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["\0", "completed", "passed", "incomplete", "99", "101", "-1", "1e3", "a" * 5000, "٣"]),
)
elements = st.one_of(
    st.sampled_from(
        [
            *("cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.exit", "cmi.suspend_data", "cmi.core.entry"),
            *("cmi.interactions.0.id", "cmi.objectives.0.score.raw", "cmi.core.student_id", "cmi.core.session_time"),
        ]
    ),
    st.text(max_size=20),
)
bodies = st.fixed_dictionaries(
    {},
    optional={
        "session": st.one_of(st.just(1), leaves),
        "visit": st.one_of(st.just(1), leaves),
        "item": leaves,
        "attempt": leaves,
        "age": leaves,
        "n": st.one_of(st.integers(1, 5), leaves),
        "values": st.one_of(st.dictionaries(elements, leaves, max_size=4), leaves),
        "finished": st.one_of(st.booleans(), leaves),
        "more": st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5),
    },
)


@made_up
@given(body=bodies)
@example(body={"session": 1, "n": 1, "values": {"cmi.suspend_data": "\ud800"}})
@example(body={"session": 1, "n": 2, "values": {"\ud800": "x"}})
@example(body={"session": 1, "n": 3, "values": {}, "more": "\ud800"})
@example(body={"session": 1, "n": 4, "values": {}, "\udfff": "\0"})
@example(body={"session": 1, "n": 2**31 - 1, "values": {"cmi.core.score.raw": "٣"}})
@example(body={"session": 10**400, "n": 1})
@example(body={"session": 1, "n": True, "finished": 1})
@example(body={"session": 1, "n": float("nan"), "values": {"cmi.core.score.raw": "nan"}})
def test_any_commit_is_kept_or_refused(played: Played, body: dict[str, Any]) -> None:
    said = json.dumps(played.about | body | {"token": played.attempt})

    answer = played.person.client.post("/commit", base_url=played.origin, data=said, content_type="text/plain")
    assert_known(answer)
    assert answer.status_code in {200, 400, 409}, answer.text
    assert (answer.status_code == 200) == ("receipt" in (answer.json or {}))
    assert (answer.status_code == 409) == ("last" in (answer.json or {}))


def test_a_right_commit_is_kept(played: Played) -> None:
    values = {"cmi.core.lesson_status": "incomplete"}
    said = json.dumps(played.about | {"token": played.attempt, "n": 2_000_000, "values": values})

    answer = played.person.client.post("/commit", base_url=played.origin, data=said, content_type="text/plain")
    assert answer.status_code == 200
    assert answer.json == {"receipt": 2_000_000}


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")], ids=["lists", "objects"])
@pytest.mark.parametrize("depth", [10, 300, 500, 700, 800, *range(850, 1000, 10), 50_000])
def test_a_deep_commit_is_kept_or_refused(played: Played, opening: str, closing: str, depth: int) -> None:
    deep = f"{opening * depth}1{closing * depth}"
    right = json.dumps(played.about | {"token": played.attempt, "n": 2_000_001})
    said = f'{right[:-1]}, "more": {deep}}}'

    answer = played.person.client.post("/commit", base_url=played.origin, data=said, content_type="text/plain")
    assert answer.status_code in {200, 400}, answer.text


def test_the_lesson_that_was_played_is_still_there(played: Played) -> None:
    assert played.person.get(played.lesson).status_code == 200
