"""Whatever the size of what is sent: an answer soon, memory within bounds, and others served meanwhile."""

from __future__ import annotations

import gzip
import json
import threading
import time
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from lrs.xapi.statement import STATEMENTS
from tests.hostile.raw import Answer, Line, head
from tests.parts.installations import environment
from tests.parts.memory import Memory
from tests.parts.programs import AGENT, V1, statement
from tests.parts.served import Served, serve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MIB = 1024 * 1024
BOUND = 150
"""MiB by which the worker may grow, whatever comes."""

PATIENCE = 10
"""Seconds in which anything is refused, on a machine that does other things too."""

BIG = 60 * MIB
PIECE = b"\r\n--b\x00" * 1024
"""What nearly ends a part, again and again."""


@pytest.fixture(scope="module")
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("size")
    for environ in environment(request, "embedded", folder):
        made = serve(environ, folder, HAIDANG_WORKERS="1", HAIDANG_THREADS="4")
        yield made
        made.stop()


@pytest.fixture(scope="module")
def word(service: Served) -> str:
    key = service.haidang("key", "create", "--space", "haiphong", "--scope", "all")
    return "Basic " + b64encode(f"{key['key']}:{key['secret']}".encode()).decode()


def send(
    service: Served,
    word: str,
    pieces: Iterable[bytes],
    size: int | None = None,
    kind: str = "application/json",
    path: str = "/xapi/statements",
    host: str = "127.0.0.1",
    **more: Any,
) -> Answer:
    """Post something piece by piece, statements if nothing else is said; without a size, in chunks."""
    fields = {"Authorization": word, "X-Experience-API-Version": V1, "Content-Type": kind} | more
    fields |= {"Transfer-Encoding": "chunked"} if size is None else {"Content-Length": size}
    with Line(service.port) as line:
        line.send(head("POST", path, f"{host}:{service.port}", **fields))
        for piece in pieces:
            line.send(b"%x\r\n%b\r\n" % (len(piece), piece) if size is None else piece)
        if size is None:
            line.send(b"0\r\n\r\n")
        return line.answer("POST")


def count(service: Served, word: str) -> int:
    status, _, body = service.ask(
        "GET", "/xapi/statements?limit=500", headers={"Authorization": word, "X-Experience-API-Version": V1}
    )
    assert status == 200
    return len(json.loads(body)["statements"])


SMALL = json.dumps(statement()).encode()
BATCH = b"[" + b",".join([b"{}"] * 4_000_000) + b"]"
TINY = b'{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"a:b"},"object":{"id":"a:c"}}'
MEMBER = json.dumps(AGENT).encode()
GROUP = json.dumps(statement(actor={"objectType": "Group", "member": ["here"]})).encode()
DEEP = json.dumps(statement(result={"extensions": {"http://example.org/e": "here"}})).encode()
MIXED = 'multipart/mixed; boundary="b"'
FIRST = b"--b\r\nContent-Type: application/json\r\n\r\n" + SMALL + b"\r\n"


def whole(body: bytes) -> list[bytes]:
    return [body[at : at + MIB] for at in range(0, len(body), MIB)]


def batch(statements: int) -> bytes:
    return b"[" + b",".join([TINY] * statements) + b"]"


def bodies() -> dict[str, tuple[Iterable[bytes], int | None, str, dict[str, str], set[int]]]:
    """Write what is too much, each with what it may be answered."""
    json_, none = "application/json", dict[str, str]()
    spaces = b" " * MIB
    members = GROUP.replace(b'"here"', b",".join([MEMBER] * 220_000))
    bomb = gzip.compress(b"[" + b" " * (300 * MIB) + b"]", 9)
    deep = DEEP.replace(b'"here"', b"[" * 10_000 + b"]" * 10_000)
    return {
        "100 MB of JSON": ([spaces] * 100, 100 * MIB, json_, none, {413}),
        "100 MB of JSON in chunks": ([spaces] * 100, None, json_, none, {413, 0}),
        "15 MB of statements that are none": (whole(BATCH), len(BATCH), json_, none, {413}),
        "lists within lists": ([b"[" * 15_000_000], 15_000_000, json_, none, {413}),
        "10,000 levels": ([deep], len(deep), json_, none, {413}),
        "60,000 statements": (whole(batch(60_000)), len(batch(60_000)), json_, none, {413}),
        "a group of very many members": (whole(members), len(members), json_, none, {413}),
        "a group of a million members": ([members] * 5, 5 * len(members), json_, none, {413}),
        "a bomb of gzip": ([bomb], len(bomb), json_, {"Content-Encoding": "gzip"}, {413}),
        "a bomb of gzip with parts": ([bomb], len(bomb), MIXED, {"Content-Encoding": "gzip"}, {400, 413}),
        "300 MB of attachments": ([FIRST], 300 * MIB, MIXED, none, {413}),
        "very many parts": ([FIRST, *[b"--b\r\n\r\n\r\n" * 10_000] * 100], None, MIXED, none, {400}),
        "a first part of 100 MB": (
            [b"--b\r\nContent-Type: application/json\r\n\r\n", *[spaces] * 100, b"\r\n--b--"],
            None,
            MIXED,
            none,
            {413},
        ),
        "100 MB before the first part": ([*[spaces] * 100, b"\r\n--b--"], None, MIXED, none, {400}),
        "a head of 100 MB": ([b"--b\r\nA: ", *[spaces] * 100], None, MIXED, none, {413}),
    }


def test_whatever_is_too_much_is_refused_soon_and_within_bounds(service: Served, word: str) -> None:
    before = count(service, word)
    slow: list[float] = []
    done = threading.Event()
    watching = threading.Thread(target=watch, args=(service, done, slow))
    watching.start()

    seen = {}
    try:
        for name, (pieces, size, kind, more, _) in bodies().items():
            memory, begun = Memory(service), time.monotonic()
            answer = send(service, word, pieces, size, kind, **more)
            seen[name] = answer.status, time.monotonic() - begun, memory.grown
    finally:
        done.set()
        watching.join()
    asked = {name: each[-1] for name, each in bodies().items()}
    assert {name: status for name, (status, _, _) in seen.items() if status not in asked[name]} == {}
    assert {name: seconds for name, (_, seconds, _) in seen.items() if seconds > PATIENCE} == {}
    assert {name: grown for name, (_, _, grown) in seen.items() if grown > BOUND} == {}
    assert max(slow) < PATIENCE
    assert count(service, word) == before


def watch(service: Served, done: threading.Event, slow: list[float]) -> None:
    """Ask for something else all the while."""
    while not done.is_set():
        begun = time.monotonic()
        assert service.status("/readyz") == 200
        slow.append(time.monotonic() - begun)
        done.wait(0.05)


def test_memory_that_is_taken_can_be_seen(service: Served, word: str) -> None:
    memory, body = Memory(service), batch(STATEMENTS)

    assert send(service, word, whole(body), len(body)).status == 200
    assert 10 < memory.grown < BOUND


def test_a_large_attachment_comes_and_goes_within_bounds(service: Served, word: str) -> None:
    size = BIG // len(PIECE) * len(PIECE)
    hashed = sha256()
    for _ in range(size // len(PIECE)):
        hashed.update(PIECE)
    sha2 = hashed.hexdigest()
    said = statement(
        attachments=[
            {
                "usageType": "http://example.org/usage",
                "display": {"vi": "Tệp"},
                "contentType": "video/mp4",
                "length": size,
                "sha2": sha2,
            }
        ]
    )
    first = b"--b\r\nContent-Type: application/json\r\n\r\n" + json.dumps(said).encode()
    first += f"\r\n--b\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\n".encode()
    last = b"\r\n--b--\r\n"
    memory = Memory(service)

    answer = send(service, word, [first, *[PIECE] * (size // len(PIECE)), last], len(first) + size + len(last), MIXED)
    assert json.loads(answer.body) == [said["id"]]
    assert memory.grown < 20
    status, fields, body = service.ask(
        "GET",
        f"/xapi/statements?statementId={said['id']}&attachments=true",
        headers={"Authorization": word, "X-Experience-API-Version": V1},
    )
    assert status == 200
    assert int(fields["Content-Length"]) == len(body)
    assert sha256(body.rpartition(b"\r\n--")[0][-size:]).hexdigest() == sha2
    assert memory.grown < 20


def test_a_large_package_goes_by_within_bounds(service: Served) -> None:
    key = service.haidang("key", "create", "--space", "haiphong", "--scope", "packages/write")
    word = "Basic " + b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    memory = Memory(service)

    for size in (BIG, None):
        answer = send(service, word, [b" " * MIB] * (BIG // MIB), size, "application/zip", path="/api/packages")
        assert (answer.status, json.loads(answer.body)["files"][0]["findings"][0]["code"]) == (422, "no-zip")
    assert memory.grown < 20


@pytest.mark.parametrize("path", ["/api/packages", "/s/haiphong/packages/new"])
def test_a_file_that_comes_as_a_form_without_files_is_not_read_into_memory(service: Served, path: str) -> None:
    memory, kind = Memory(service), "application/x-www-form-urlencoded"

    answer = send(service, "", [b" " * MIB] * (BIG // MIB), BIG, kind, path=path, host="app.lms.localhost")

    assert answer.status in {415, 0}
    assert memory.grown < 20
