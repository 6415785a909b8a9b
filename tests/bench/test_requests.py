"""Requests are whole before a run begins."""

from base64 import b64encode
from urllib.parse import parse_qsl, urlsplit

from bench import statements
from bench.requests import STATE, Writer

WRITER = Writer(8080, "key", "secret")


def test_a_request_names_its_program_and_its_version() -> None:
    head = WRITER.get(limit=5).decode()

    assert head.startswith("GET /xapi/statements?limit=5 HTTP/1.1\r\n")
    assert f"Authorization: Basic {b64encode(b'key:secret').decode()}\r\n" in head
    assert "X-Experience-API-Version: 1.0.3\r\n" in head
    assert head.endswith("\r\n\r\n")


def test_an_object_in_a_question_is_said_as_json() -> None:
    path = WRITER.get(agent=statements.agent("Hải & co"), related_agents=True).split(b" ")[1].decode()

    said = dict(parse_qsl(urlsplit(path).query))
    assert (
        said["agent"]
        == '{"objectType":"Agent","account":{"homePage":"https://truonghoc.example.org","name":"H\\u1ea3i & co"}}'
    )
    assert said["related_agents"] == "true"


def test_batches_hold_every_statement_once() -> None:
    some = statements.take(25)

    requests = list(WRITER.batches(some, 10))

    assert len(requests) == 3
    joined = b"".join(requests)
    assert [joined.count(one.id) for one in some] == [1] * 25


def test_a_request_says_how_long_its_body_is() -> None:
    head, _, body = WRITER.ask("PUT", STATE, "bài".encode(), stateId="x").partition(b"\r\n\r\n")

    assert f"Content-Length: {len(body)}".encode() in head
    assert body == "bài".encode()
