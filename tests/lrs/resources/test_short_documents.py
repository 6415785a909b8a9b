"""The short way to documents answers as the long way does, keeps the same, and is taken when nothing is unusual."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.parts.programs import AGENT, V1, V2, Partner, partner
from tests.parts.ways import Answer, known, takes_the_long_way, told, unknown

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation

STATE, AGENTS, ACTIVITIES = "/activities/state", "/agents/profile", "/activities/profile"
ACTIVITY = "http://example.org/bài/1"
NAMED = {"activityId": ACTIVITY, "agent": json.dumps(AGENT), "stateId": "page"}
GROUP = {"objectType": "Group", "mbox": "mailto:lop@example.org"}


@dataclass
class Request:
    """What is sent after a document was put, a way at a time."""

    method: str
    named: dict[str, str] = field(default_factory=lambda: dict(NAMED))
    path: str = STATE
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    scope: str = "all"

    def by(self, program: Partner) -> TestResponse:
        """Send it."""
        named: dict[str, Any] = self.named
        return program.ask(self.method, self.path, self.body, self.headers, **named)


def ask(
    program: Partner, method: str, body: Any = None, content_type: str = "application/json", **named: str
) -> TestResponse:
    """Ask for a state, or put one."""
    return program.ask(method, STATE, body, {"Content-Type": content_type}, **NAMED | named)


def without(name: str) -> dict[str, str]:
    """Leave one parameter away."""
    return {each: value for each, value in NAMED.items() if each != name}


def put(body: Any, **headers: str) -> Request:
    """Put a state."""
    return Request("PUT", body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


REQUESTS = {
    "a document": Request("GET"),
    "one that is not there": Request("GET", NAMED | {"stateId": "another"}),
    "one of another agent": Request("GET", NAMED | {"agent": json.dumps({"mbox": "mailto:be@example.org"})}),
    "one of a registration": Request("GET", NAMED | {"registration": str(uuid4())}),
    "a registration that is none": Request("GET", NAMED | {"registration": "7"}),
    "all ids": Request("GET", without("stateId")),
    "the ids since a time": Request("GET", without("stateId") | {"since": "2026-01-31T08:00:00Z"}),
    "no agent": Request("GET", without("agent")),
    "an agent that is none": Request("GET", NAMED | {"agent": "{"}),
    "a group": Request("GET", NAMED | {"agent": json.dumps(GROUP)}),
    "a group in 2.0": Request("GET", NAMED | {"agent": json.dumps(GROUP)}, headers={"X-Experience-API-Version": V2}),
    "no activity": Request("GET", without("activityId")),
    "an activity that is none": Request("GET", NAMED | {"activityId": "bài 1"}),
    "a parameter that nobody knows": Request("GET", NAMED | {"page": "1"}),
    "an id without letters": Request("GET", NAMED | {"stateId": ""}),
    "an id with NUL": Request("GET", NAMED | {"stateId": "a\0"}),
    "an id of Vietnamese": Request("GET", NAMED | {"stateId": "trang đầu + 1 & 2"}),
    "in 2.0": Request("GET", headers={"X-Experience-API-Version": V2}),
    "in no version": Request("GET", headers={"X-Experience-API-Version": ""}),
    "as it was": Request("GET", headers={"If-None-Match": "*"}),
    "a part": Request("GET", headers={"Range": "bytes=0-1"}),
    "for a browser": Request("GET", headers={"Origin": "http://example.org", "Accept-Encoding": "gzip"}),
    "a profile of an agent": Request("GET", {"agent": json.dumps(AGENT), "profileId": "page"}, AGENTS, scope="profile"),
    "a profile of an activity": Request("GET", {"activityId": ACTIVITY, "profileId": "page"}, ACTIVITIES),
    "a profile of nobody": Request("GET", {"profileId": "page"}, AGENTS),
    "with a scope that reads all": Request("GET", scope="all/read"),
    "with a scope of states": Request("GET", scope="state"),
    "with a scope of profiles": Request("GET", scope="profile"),
    "put again": put({"page": 7}),
    "put in 2.0": put({"page": 7}, X_Experience_API_Version=V2),
    "put as text": put("bảy", Content_Type="text/plain; charset=utf-8"),
    "put as nothing": put(b"\xff\0", Content_Type=""),
    "put as a type that is none": put(b"7", Content_Type="số bảy".encode().decode("latin-1")),
    "put nothing": put(b""),
    "put as a form": put("page=7", Content_Type="application/x-www-form-urlencoded"),
    "put packed": put(gzip.compress(b"7"), Content_Encoding="gzip"),
    "put packed in another way": put(b"7", Content_Encoding="br"),
    "put over nothing": put({"page": 7}, If_None_Match="*"),
    "put over another": put({"page": 7}, If_Match='"0"'),
    "put without an id": Request("PUT", without("stateId"), body=b"7"),
    "put with a scope that reads": Request("PUT", body=b"7", scope="all/read"),
    "put a profile without a word about what is there": Request(
        "PUT", {"activityId": ACTIVITY, "profileId": "page"}, ACTIVITIES, body=b"7"
    ),
    "put too much": put(b"7" * 5_000_000),
    "posted": Request("POST", body={"page": 7}),
    "deleted": Request("DELETE"),
}


def timeless(answer: Answer) -> Answer:
    """Forget when a document was changed last: between two ways there may be a second."""
    status, fields, body = answer
    return status, [(name, "" if name == "Last-Modified" else value) for name, value in fields], body


@pytest.mark.parametrize("name", REQUESTS)
def test_both_ways_answer_alike(embedded: Installation, name: str) -> None:
    asked = REQUESTS[name]
    before = partner(embedded)
    ask(before, "PUT", {"page": 1})
    answers = []
    for way in (known, unknown):
        program = way(embedded, asked.scope)
        answer = told(asked.by(program))
        answers.append((timeless(answer), timeless(told(ask(before, "GET")))))
        ask(before, "PUT", {"page": 1})

    assert answers[0] == answers[1]


def test_a_document_comes_back_by_either_way(embedded: Installation) -> None:
    short, long = known(embedded), unknown(embedded)
    for writes, reads in ((short, long), (long, short)):
        name = str(uuid4())
        text = f"trang của {name}".encode()

        assert ask(writes, "PUT", text, "text/plain", stateId=name).status_code == 204
        answer = ask(reads, "GET", stateId=name)

        assert (answer.data, answer.headers["Content-Type"]) == (text, "text/plain")
        assert answer.headers["Last-Modified"] == ask(long, "GET", stateId=name).headers["Last-Modified"]


def test_a_registration_is_another_place(embedded: Installation) -> None:
    program, one = known(embedded), str(uuid4())

    ask(program, "PUT", b"with", registration=one)
    ask(program, "PUT", b"without")

    assert ask(program, "GET", registration=one).data == b"with"
    assert ask(program, "GET").data == b"without"


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_what_is_usual_takes_the_short_way(embedded: Installation, method: str) -> None:
    body = b"" if method == "GET" else b'{"page": 7}'
    path = f"/xapi{STATE}?{urlencode(NAMED)}"
    ask(partner(embedded), "PUT", b"7")

    assert not takes_the_long_way(embedded, known(embedded), method, path, body)
    assert takes_the_long_way(embedded, unknown(embedded), method, path, body)


@pytest.mark.parametrize(
    ("method", "name", "value"),
    [
        ("GET", "QUERY_STRING", ""),
        ("GET", "QUERY_STRING", "stateId"),
        ("GET", "QUERY_STRING", f"{urlencode(NAMED)}&"),
        ("GET", "QUERY_STRING", f"{urlencode(NAMED)}%ff"),
        ("GET", "QUERY_STRING", urlencode(without("stateId"))),
        ("GET", "HTTP_IF_NONE_MATCH", '"0"'),
        ("GET", "HTTP_RANGE", "bytes=0-1"),
        ("GET", "CONTENT_LENGTH", "2"),
        ("PUT", "CONTENT_LENGTH", ""),
        ("PUT", "CONTENT_LENGTH", "999999999999"),
        ("PUT", "CONTENT_LENGTH", "12"),
        ("PUT", "CONTENT_TYPE", "application/x-www-form-urlencoded"),
        ("PUT", "HTTP_CONTENT_ENCODING", "gzip"),
        ("PUT", "HTTP_IF_MATCH", "*"),
        ("PUT", "HTTP_X_EXPERIENCE_API_VERSION", V2),
    ],
)
def test_what_is_unusual_takes_the_long_way(embedded: Installation, method: str, name: str, value: str) -> None:
    body = b"" if method == "GET" else b'{"page": 7}'
    path = f"/xapi{STATE}?{urlencode(NAMED)}"

    assert takes_the_long_way(embedded, known(embedded), method, path, body, **{name: value})


texts = some.text(max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=some.lists(some.tuples(some.sampled_from([*NAMED, "registration", "x"]), texts), max_size=3), raw=texts)
def test_any_query_is_read_alike(embedded: Installation, query: list[tuple[str, str]], raw: str) -> None:
    path = f"/xapi{STATE}?{urlencode([*NAMED.items()][: 3 - len(query)] + query, errors='replace')}{raw}"
    headers = {"X-Experience-API-Version": V1}

    answers = [way(embedded).ask("GET", path.removeprefix("/xapi"), None, headers) for way in (known, unknown)]

    assert told(answers[0]) == told(answers[1])
