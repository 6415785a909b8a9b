"""Statements with attachments come as multipart/mixed (Communication 1.5)."""

import json
from hashlib import sha256

import pytest

from lrs.resources.parcels import place
from tests.parts.installations import Installation
from tests.parts.programs import partner, statement

DATA = "một tệp đính kèm".encode()
SHA2 = sha256(DATA).hexdigest()
MIXED = {"Content-Type": 'multipart/mixed; boundary="b"'}


def attached(sha2: str = SHA2, **more: str) -> dict[str, object]:
    return statement(
        attachments=[
            {
                "usageType": "http://example.org/usage",
                "display": {"vi": "Tệp"},
                "contentType": "text/plain",
                "length": len(DATA),
                "sha2": sha2,
            }
            | more,
        ],
    )


def multipart(said: object, *parts: tuple[str, bytes], encoding: str = "binary") -> bytes:
    body = b"--b\r\nContent-Type: application/json\r\n\r\n" + json.dumps(said).encode() + b"\r\n"
    for sha2, data in parts:
        head = f"--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: {encoding}\r\nX-Experience-API-Hash: {sha2}\r\n\r\n"
        body += head.encode() + data + b"\r\n"
    return body + b"--b--\r\n"


def test_an_attachment_lies_in_the_object_store_and_comes_back(installation: Installation) -> None:
    program, said = partner(installation), attached()

    answer = program.post(multipart(said, (SHA2, DATA)), headers=MIXED)

    assert answer.json == [said["id"]], answer.text
    assert installation.services.blobs.stat(place(1, SHA2)).size == len(DATA)
    back = program.get(statementId=said["id"], attachments="true")
    assert back.headers["Content-Type"].startswith("multipart/mixed; boundary=")
    assert back.data.count(DATA) == 1


def test_many_statements_may_share_one_attachment(embedded: Installation) -> None:
    program = partner(embedded)

    assert program.post(multipart([attached(), attached()], (SHA2, DATA)), headers=MIXED).status_code == 200
    assert program.get(attachments="true").data.count(DATA) == 1


@pytest.mark.parametrize(
    "body",
    [
        multipart(attached()),
        multipart(statement(), (SHA2, DATA)),
        multipart(attached(), (SHA2, b"other data")),
        multipart(attached(), (SHA2, DATA), encoding="base64"),
        multipart(attached(), ("0" * 64, DATA)),
        b"--b\r\nContent-Type: text/plain\r\n\r\n{}\r\n--b--\r\n",
        b"no boundary at all",
    ],
    ids=["missing", "surplus", "altered", "not binary", "wrong hash", "no JSON first", "no multipart"],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(embedded: Installation, body: bytes) -> None:
    program = partner(embedded)

    assert program.post(body, headers=MIXED).status_code == 400
    assert program.found() == []
    assert list(embedded.services.blobs.list("spaces/")) == []


def test_what_lies_elsewhere_needs_no_part(embedded: Installation) -> None:
    said = attached(fileUrl="http://example.org/file")

    assert partner(embedded).post(said).json == [said["id"]]


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=b", "application/xml", ""])
def test_another_type_is_refused(embedded: Installation, kind: str) -> None:
    assert partner(embedded).post("{}", headers={"Content-Type": kind}).status_code == 400
