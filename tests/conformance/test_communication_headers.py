"""HEAD, the headers of answers, and UTF-8 (Communication 1.1, 1.2, 1.4; 2.0: 4.1)."""

import gzip
import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.conformance.requirements import BOTH, Lrs, requirement
from tests.parts.programs import AGENT, V2, statement

ACTIVITY = "http://example.org/activities/1"
READ: dict[str, tuple[str, dict[str, Any]]] = {
    "statements": ("/statements", {}),
    "a statement": ("/statements", {"statementId": "1e1b8bdb-5b4e-4d32-8c3f-0d1b1f9a4b11"}),
    "no such statement": ("/statements", {"statementId": "1e1b8bdb-5b4e-4d32-8c3f-0d1b1f9a4b12"}),
    "a wrong question": ("/statements", {"limit": "-1"}),
    "states": ("/activities/state", {"activityId": ACTIVITY, "agent": AGENT}),
    "a state": ("/activities/state", {"activityId": ACTIVITY, "agent": AGENT, "stateId": "s"}),
    "no such state": ("/activities/state", {"activityId": ACTIVITY, "agent": AGENT, "stateId": "t"}),
    "agent profiles": ("/agents/profile", {"agent": AGENT}),
    "activity profiles": ("/activities/profile", {"activityId": ACTIVITY}),
    "a person": ("/agents", {"agent": AGENT}),
    "an activity": ("/activities", {"activityId": ACTIVITY}),
    "about": ("/about", {}),
}
MOVING = {"Date", "X-Experience-API-Consistent-Through", "X-Request-Id", "Content-Length", "Content-Security-Policy"}
"""What two answers to one question may say differently."""


@requirement("Communication 1.1", "4.1")
@BOTH
@pytest.mark.parametrize(("path", "asked"), READ.values(), ids=READ)
def test_head_is_get_without_the_body(lrs: Lrs, version: str, path: str, asked: dict[str, Any]) -> None:
    lrs(version).post(statement(id="1e1b8bdb-5b4e-4d32-8c3f-0d1b1f9a4b11"))
    lrs(version).ask("POST", "/activities/state", {"a": 1}, activityId=ACTIVITY, agent=AGENT, stateId="s")
    get = lrs(version).get(path, **asked)
    head = lrs(version).ask("HEAD", path, **asked)

    assert head.data == b""
    assert head.status_code == get.status_code
    assert {name: value for name, value in head.headers if name not in MOVING} == {
        name: value for name, value in get.headers if name not in MOVING
    }


@requirement("Communication 1.2", "4.1")
@BOTH
def test_statements_come_with_when_the_last_of_them_was_stored(lrs: Lrs, version: str) -> None:
    made = statement()
    lrs(version).post(made)
    one = lrs(version).get(statementId=made["id"])
    page = lrs(version).get(limit=1)

    assert one.json is not None
    assert one.last_modified is not None
    assert one.last_modified.isoformat()[:19] == one.json["stored"][:19]
    assert page.last_modified == one.last_modified


@requirement("Communication 1.2", "4.1")
@BOTH
def test_a_request_may_be_packed_and_so_may_an_answer(lrs: Lrs, version: str) -> None:
    batch = [statement() for _ in range(20)]
    packed = {"Content-Encoding": "gzip"}
    written = lrs(version).post(gzip.compress(json.dumps(batch).encode()), headers=packed)
    read = lrs(version).ask("GET", "/statements", headers={"Accept-Encoding": "gzip"}, limit=20)

    assert written.json == [made["id"] for made in batch]
    assert read.headers["Content-Encoding"] == "gzip"
    assert [found["id"] for found in json.loads(gzip.decompress(read.data))["statements"]] == [
        made["id"] for made in reversed(batch)
    ]


@requirement("Communication 1.2", "4.1")
@BOTH
@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, json.dumps(statement()).encode()),
        ({"Content-Encoding": "gzip"}, gzip.compress(json.dumps(statement()).encode())[:-9]),
        ({"Content-Encoding": "gzip"}, gzip.compress(json.dumps(statement()).encode())[:-4]),
        ({"Content-Encoding": "gzip"}, gzip.compress(json.dumps(statement()).encode()) + b"more"),
        ({"Content-Encoding": "br"}, json.dumps(statement()).encode()),
        ({}, gzip.compress(json.dumps(statement()).encode())),
    ],
    ids=["not packed", "half of it", "all but its length", "more than it", "packed otherwise", "packed without a word"],
)
def test_what_cannot_be_unpacked_is_refused(lrs: Lrs, version: str, headers: dict[str, str], body: bytes) -> None:
    assert lrs(version).post(body, headers=headers).status_code == 400


WHOLE = json.dumps(statement(result={"response": "WORD"}))
BYTES = {
    "latin-1": "Hà".encode("latin-1"),
    "a lone byte": b"\xff",
    "half a letter": "ả".encode()[:-1],
    "an overlong slash": b"\xc0\xaf",
    "half a pair": b"\xed\xa0\x80",
    "NUL": b"\0",
    "a control": b"\x1f",
    "a lone escape": rb"\ud800",
    "an escape reversed": rb"\udc00\ud800",
}


@requirement("Communication 1.4", "4.1")
@BOTH
@pytest.mark.parametrize("word", BYTES.values(), ids=BYTES)
def test_what_is_not_utf_8_is_refused_in_a_statement(lrs: Lrs, version: str, word: bytes) -> None:
    body = WHOLE.encode().replace(b"WORD", word)

    assert lrs(version).post(body).status_code == 400


@requirement("Communication 1.4", "4.1")
@BOTH
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_json_in_another_encoding_is_refused(lrs: Lrs, version: str, encoding: str) -> None:
    assert lrs(version).post(WHOLE.encode(encoding)).status_code == 400


@requirement("Communication 1.4", "4.1")
@pytest.mark.parametrize("word", ["Hải Đăng 🗼", "a\\u0000b", "\\ud83d\\uddfc", "\u0301\ufeff\u202e"])
def test_every_character_comes_back(each_lrs: Lrs, word: str) -> None:
    program, made = each_lrs(V2), statement(result={"response": "WORD"})
    program.post(json.dumps(made).replace("WORD", word))

    assert f'"response": "{word}"' in program.get(statementId=made["id"]).text


@requirement("Communication 1.4", "4.1")
@pytest.mark.parametrize("path", ["/activities/state", "/agents/profile", "/activities/profile"])
@pytest.mark.parametrize("word", ["%00", "a%00b", "%ff", "%c0%af"], ids=["NUL", "NUL within", "a byte", "overlong"])
def test_a_parameter_that_is_not_utf_8_or_holds_nul_is_refused(each_lrs: Lrs, path: str, word: str) -> None:
    agent = quote(json.dumps(AGENT))
    place = {
        "/activities/state": f"activityId={quote(ACTIVITY)}&agent={agent}&stateId=",
        "/agents/profile": f"agent={agent}&profileId=",
        "/activities/profile": f"activityId={quote(ACTIVITY)}&profileId=",
    }[path]
    program = each_lrs(V2)

    assert program.ask("PUT", f"{path}?{place}{word}", "{}").status_code == 400
    assert program.ask("PUT", f"{path}?{place}%E1%BA%A3", "{}").status_code == 204


@requirement("Communication 1.4", "4.1")
def test_nul_in_an_accounts_name_is_a_name_like_any_other(each_lrs: Lrs) -> None:
    program = each_lrs(V2)
    agent = {"account": {"homePage": "http://example.org", "name": "a\0b"}}
    made = statement(actor=agent)
    answer = program.post(made)

    assert answer.status_code == 200, answer.text
    assert program.found(agent=agent) == [made["id"]]
    assert program.found(agent={"account": {"homePage": "http://example.org", "name": "a"}}) == []
