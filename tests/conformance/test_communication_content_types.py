"""Requests and answers as JSON and as multipart/mixed with attachments (Communication 1.5; 2.0: 4.1.3)."""

import json
import re
from email.parser import BytesParser
from email.policy import HTTP
from hashlib import sha256, sha512
from typing import Any

import pytest

from tests.conformance.requirements import BOTH, Lrs, requirement, said
from tests.parts.programs import statement

DATA = "một tệp\r\n--b đính kèm\0".encode()
SHA2 = sha256(DATA).hexdigest()
MIXED = "multipart/mixed; boundary=b"
BINARY = "binary"


def attachment(sha2: str = SHA2, **more: Any) -> dict[str, Any]:
    return {
        "usageType": "http://example.org/usage",
        "display": {"vi": "Tệp"},
        "contentType": "text/plain",
        "length": len(DATA),
        "sha2": sha2,
    } | more


def attached(**more: Any) -> dict[str, Any]:
    return statement(attachments=[attachment(**more)])


def part(data: bytes = DATA, sha2: str | None = SHA2, encoding: str | None = BINARY, colon: str = ": ") -> bytes:
    headers = {"Content-Type": "text/plain", "Content-Transfer-Encoding": encoding, "X-Experience-API-Hash": sha2}
    head = "".join(f"{name}{colon}{value}\r\n" for name, value in headers.items() if value is not None)
    return head.encode() + b"\r\n" + data


def parcel(made: Any, *parts: bytes, kind: str = "application/json", start: bytes = b"") -> bytes:
    first = f"Content-Type: {kind}\r\n\r\n".encode() + (made if isinstance(made, bytes) else json.dumps(made).encode())
    return start + b"".join(b"--b\r\n" + one + b"\r\n" for one in (first, *parts)) + b"--b--\r\n"


def parts_of(kind: str, body: bytes) -> list[tuple[Any, bytes]]:
    whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    return [(one, bytes(one.get_payload(decode=True))) for one in whole.iter_parts()]


ELSEWHERE = attached(fileUrl="http://example.org/file")

ACCEPTED: dict[str, bytes] = {
    "an attachment and its data": parcel(attached(), part()),
    "a batch with one": parcel([statement(), attached()], part()),
    "two statements and one copy of the data": parcel([attached(), attached()], part()),
    "two attachments": parcel(
        statement(attachments=[attachment(), attachment(sha512(b"x").hexdigest())]),
        part(),
        part(b"x", sha512(b"x").hexdigest()),
    ),
    "no attachment at all": parcel(statement()),
    "data that lies elsewhere": parcel(ELSEWHERE),
    "data that lies elsewhere and is sent": parcel(attached(fileUrl="http://example.org/file"), part()),
    "data that is empty": parcel(attached(sha2=sha256(b"").hexdigest()), part(b"", sha256(b"").hexdigest())),
    "an empty line before the first boundary": parcel(attached(), part(), start=b"\r\n"),
    "headers without a space": parcel(attached(), part(colon=":")),
    "a hash in capitals": parcel(attached(sha2=SHA2.upper()), part()),
    "the same data twice": parcel(attached(), part(), part()),
    "an attachment of a SubStatement": parcel(
        statement(
            object={
                "objectType": "SubStatement",
                "actor": {"mbox": "mailto:a@b.vn"},
                "verb": {"id": "x:v"},
                "object": {"id": "x:o"},
                "attachments": [attachment()],
            }
        ),
        part(),
    ),
}

REFUSED: dict[str, bytes] = {
    "no data": parcel(attached()),
    "data for one of two": parcel(statement(attachments=[attachment(), attachment("0" * 64)]), part()),
    "data of nobody": parcel(statement(), part()),
    "more data than attachments": parcel(attached(), part(), part(b"x", sha256(b"x").hexdigest())),
    "other data than its hash says": parcel(attached(), part(DATA + b"!")),
    "another hash than its data's": parcel(attached(), part(sha2="0" * 64)),
    "no hash": parcel(attached(), part(sha2=None)),
    "no hash but a word": parcel(attached(), part(sha2="none")),
    "no encoding": parcel(attached(), part(encoding=None)),
    "another encoding": parcel(attached(), part(encoding="base64")),
    "a first part that is no JSON by its type": parcel(attached(), part(), kind="text/plain"),
    "a first part that is no JSON": parcel(b"{", part()),
    "a first part that is a word": parcel(b'"statement"', part()),
    "the data first": b"--b\r\n" + part() + b"\r\n--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--\r\n",
    "no parts": b"--b--\r\n",
    "nothing": b"",
    "no closing boundary": parcel(attached(), part())[:-8],
    "another boundary": parcel(attached(), part()).replace(b"--b\r\n", b"--c\r\n"),
    "no multipart": json.dumps(statement()).encode(),
}

TYPES_REFUSED = (
    "",
    "text/plain",
    "application/xml",
    "multipart/form-data; boundary=b",
    "multipart/mixed",
    "multipart/mixed; boundary=",
    "application/x-www-form-urlencoded",
    "application/json-seq",
)


@requirement("Communication 1.5.1", "4.1.3")
@BOTH
@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"])
def test_statements_come_as_json(lrs: Lrs, version: str, kind: str) -> None:
    for body in (statement(), [statement(), statement()], ELSEWHERE | {"id": statement()["id"]}):
        assert lrs(version).post(body, headers={"Content-Type": kind}).status_code == 200


@requirement("Communication 1.5.1", "4.1.3")
@BOTH
@pytest.mark.parametrize("kind", TYPES_REFUSED)
def test_statements_come_as_nothing_else(lrs: Lrs, version: str, kind: str) -> None:
    made = statement()

    assert lrs(version).post(made, headers={"Content-Type": kind}).status_code == 400
    assert lrs(version).get(statementId=made["id"]).status_code == 404


@requirement("Communication 1.5.1", "4.1.3")
@BOTH
def test_json_alone_cannot_bring_an_attachment(lrs: Lrs, version: str) -> None:
    assert lrs(version).post([statement(), attached()]).status_code == 400


@requirement("Communication 1.5.2", "4.1.3")
@BOTH
@pytest.mark.parametrize("body", ACCEPTED.values(), ids=ACCEPTED)
def test_multipart_is_accepted(lrs: Lrs, version: str, body: bytes) -> None:
    answer = lrs(version).post(body, headers={"Content-Type": MIXED})

    assert answer.status_code == 200, answer.text


@requirement("Communication 1.5.2", "4.1.3")
@BOTH
@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_multipart_is_refused(lrs: Lrs, version: str, body: bytes) -> None:
    answer = lrs(version).post(body, headers={"Content-Type": MIXED})

    assert answer.status_code == 400, answer.text


@requirement("Communication 1.5.2", "4.1.3")
@BOTH
def test_put_brings_attachments_too_and_one_statement_alone(lrs: Lrs, version: str) -> None:
    made = attached()
    kind = {"Content-Type": MIXED}
    put = lrs(version).ask("PUT", "/statements", parcel(made, part()), kind, statementId=made["id"])
    batch = lrs(version).ask("PUT", "/statements", parcel([made], part()), kind, statementId=made["id"])

    assert (put.status_code, batch.status_code) == (204, 400)


@requirement("Communication 1.5.2", "4.1.3")
@BOTH
@pytest.mark.parametrize("boundary", ["b", '"b"', "b; charset=utf-8"], ids=["bare", "quoted", "not alone"])
def test_a_boundary_may_be_quoted(lrs: Lrs, version: str, boundary: str) -> None:
    body, kind = parcel(attached(), part()), {"Content-Type": f"multipart/mixed; boundary={boundary}"}

    assert lrs(version).post(body, headers=kind).status_code == 200


@requirement("Communication 1.5.2", "4.1.3")
@BOTH
@pytest.mark.parametrize("format_", ["exact", "ids", "canonical"])
@pytest.mark.parametrize("one", [True, False], ids=["one", "a page"])
def test_in_every_format_each_attachment_comes_once_and_whole(
    lrs: Lrs, version: str, format_: str, *, one: bool
) -> None:
    actor = {"mbox": f"mailto:{format_}-{one}-{version}@example.org"}
    both = [attached() | {"actor": actor}, attached() | {"actor": actor}]
    lrs(version).post(parcel(both, part()), headers={"Content-Type": MIXED})
    asked = {"statementId": both[0]["id"]} if one else {"agent": actor}
    answer = lrs(version).get(attachments="true", format=format_, **asked)
    (first, text), *rest = parts_of(answer.headers["Content-Type"], answer.data)

    found = json.loads(text)
    statements = [found] if one else found["statements"]
    assert re.match(r"multipart/mixed; boundary=\w", answer.headers["Content-Type"])
    assert first["Content-Type"] == "application/json"
    assert {each["attachments"][0]["sha2"] for each in statements} == {SHA2}
    assert len(statements) == (1 if one else 2)
    assert [(head["X-Experience-API-Hash"], head["Content-Transfer-Encoding"]) for head, _ in rest] == [(SHA2, BINARY)]
    assert DATA + b"\r\n--" in answer.data


@requirement("Communication 1.5.2", "4.1.3")
@BOTH
@pytest.mark.parametrize("format_", ["exact", "ids", "canonical"])
@pytest.mark.parametrize("attachments", [{}, {"attachments": "false"}], ids=["left out", "false"])
def test_without_attachments_every_format_is_json(
    lrs: Lrs, version: str, format_: str, attachments: dict[str, str]
) -> None:
    made = attached()
    lrs(version).post(parcel(made, part()), headers={"Content-Type": MIXED})
    answer = lrs(version).get(statementId=made["id"], format=format_, **attachments)

    assert answer.headers["Content-Type"] == "application/json"
    assert DATA not in answer.data
    assert answer.json is not None
    assert answer.json["attachments"] == made["attachments"]


@requirement("Communication 1.5.2", "4.1.3")
@BOTH
@pytest.mark.parametrize("format_", ["exact", "ids", "canonical"])
def test_multipart_is_what_comes_where_nothing_is_attached(lrs: Lrs, version: str, format_: str) -> None:
    made = said({})
    lrs(version).post(made)
    answer = lrs(version).get(statementId=made["id"], format=format_, attachments="true")

    assert [head["Content-Type"] for head, _ in parts_of(answer.headers["Content-Type"], answer.data)] == [
        "application/json"
    ]
