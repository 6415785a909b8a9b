"""Statements with attachments come as multipart/mixed (Communication 1.5)."""

import gzip
import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from prometheus_client import REGISTRY

from lrs.resources.parcels import SIGNATURE, place
from lrs.xapi.signature import USAGE
from storage.blobs import open_blobs
from storage.errors import DatabaseAway
from tests.parts.installations import Installation
from tests.parts.programs import partner, statement

DATA = "một tệp đính kèm".encode()
SHA2 = sha256(DATA).hexdigest()
MIXED = {"Content-Type": 'multipart/mixed; boundary="b"'}


def attached(sha2: str = SHA2, **more: str) -> dict[str, Any]:
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


def stored(installation: Installation) -> list[str]:
    return [blob.key for blob in installation.services.blobs.list("spaces/")]


def test_what_is_there_is_not_stored_again(installation: Installation) -> None:
    program = partner(installation)
    program.post(multipart(attached(), (SHA2, DATA)), headers=MIXED)
    before, seen = installation.services.blobs.stat(place(1, SHA2)), figure("there")

    assert program.post(multipart(attached(), (SHA2, DATA)), headers=MIXED).status_code == 200
    assert installation.services.blobs.stat(place(1, SHA2)) == before
    assert figure("there") == seen + 1


def test_what_is_there_by_half_is_stored_again(embedded: Installation) -> None:
    embedded.services.blobs.put(place(1, SHA2), DATA[:3])

    assert partner(embedded).post(multipart(attached(), (SHA2, DATA)), headers=MIXED).status_code == 200
    assert embedded.services.blobs.stat(place(1, SHA2)).size == len(DATA)


def figure(data: str) -> float:
    return REGISTRY.get_sample_value("haidang_attachments_total", {"data": data}) or 0.0


@pytest.mark.parametrize("missing", [1, 9, 20, 200, 400])
def test_half_a_body_keeps_nothing(installation: Installation, missing: int) -> None:
    program, body = partner(installation), multipart(attached(), (SHA2, DATA))
    said = {**MIXED, "Content-Length": str(len(body))}

    assert program.post(body[:-missing], headers=said).status_code == 400
    assert program.found() == []
    assert stored(installation) == []


def test_a_packed_body_is_unpacked_on_its_way(embedded: Installation) -> None:
    said = attached()
    body = gzip.compress(multipart(said, (SHA2, DATA)))

    answer = partner(embedded).post(body, headers={**MIXED, "Content-Encoding": "gzip"})
    assert answer.json == [said["id"]]
    assert stored(embedded) == [place(1, SHA2)]


def test_attachments_have_a_limit_of_their_own(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    program, limits = partner(embedded), embedded.services.config
    monkeypatch.setitem(embedded.services.__dict__, "config", replace(limits, body_limit=2000, attachment_limit=5000))
    two = [attached(sha256(data).hexdigest()) for data in (b"1" * 2500, b"2" * 2500)]
    parts = [(said["attachments"][0]["sha2"], data * 2500) for said, data in zip(two, (b"1", b"2"), strict=True)]

    fits = program.post(multipart(two, *parts), headers=MIXED)
    large = program.post(
        multipart(attached(sha256(b"3" * 5001).hexdigest()), (sha256(b"3" * 5001).hexdigest(), b"3" * 5001)),
        headers=MIXED,
    )
    wordy = program.post(multipart([attached(fileUrl="http://example.org/file") for _ in range(8)]), headers=MIXED)
    assert fits.status_code == 200
    assert (large.status_code, wordy.status_code) == (413, 413)
    assert sorted(stored(embedded)) == sorted(place(1, sha2) for sha2, _ in parts)


def test_a_409_leaves_nothing_in_the_object_store(installation: Installation) -> None:
    program, first = partner(installation), statement()
    program.post(first)
    other = attached() | {"id": first["id"]}

    assert program.post(multipart(other, (SHA2, DATA)), headers=MIXED).status_code == 409
    assert stored(installation) == []


def test_the_same_statement_again_is_no_409(installation: Installation) -> None:
    program, said = partner(installation), attached()
    body = multipart(said, (SHA2, DATA))

    assert [program.post(body, headers=MIXED).json for _ in range(2)] == [[said["id"]]] * 2


def test_nothing_is_kept_or_said_while_the_store_is_away(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, said = partner(embedded), attached()
    body = multipart(said, (SHA2, DATA))

    with monkeypatch.context() as gone:
        gone.setitem(embedded.services.__dict__, "blobs", open_blobs("s3+http://key:secret@127.0.0.1:1/nowhere"))
        answer = program.post(body, headers=MIXED)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert program.found() == []
        assert program.post(statement()).status_code == 200  # a statement alone needs no store
    assert program.post(body, headers=MIXED).json == [said["id"]]
    with monkeypatch.context() as gone:
        gone.setitem(embedded.services.__dict__, "blobs", open_blobs("s3+http://key:secret@127.0.0.1:1/nowhere"))
        assert program.get(attachments="true").status_code == 503
        assert program.get().status_code == 200


def test_what_was_stored_for_nothing_is_counted(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    program, said, before = partner(embedded), attached(), figure("unnamed")
    body = multipart(said, (SHA2, DATA))

    def refuse(*_: object) -> None:
        raise DatabaseAway("gone after the attachments were stored")

    with monkeypatch.context() as gone:
        gone.setattr(embedded.services.gathering, "keep", refuse)
        assert program.post(body, headers=MIXED).status_code == 503
    assert figure("unnamed") == before + 1
    assert program.post(body, headers=MIXED).json == [said["id"]]


def test_an_answer_with_attachments_says_its_length(installation: Installation) -> None:
    program = partner(installation)
    program.post(multipart(attached(), (SHA2, DATA)), headers=MIXED)

    answer = program.get(attachments="true")
    head = program.ask("HEAD", "/statements", attachments="true")
    assert answer.headers["Content-Length"] == str(len(answer.data)) == head.headers["Content-Length"]
    assert head.data == b""


def test_data_that_is_gone_is_left_out(embedded: Installation) -> None:
    program, said = partner(embedded), attached()
    program.post(multipart(said, (SHA2, DATA)), headers=MIXED)
    embedded.services.blobs.delete(place(1, SHA2))

    answer = program.get(attachments="true")
    assert answer.status_code == 200
    assert said["id"] in answer.text
    assert DATA not in answer.data


def test_a_signature_that_is_too_long_to_be_one_is_refused(embedded: Installation) -> None:
    data = b"a" * (SIGNATURE + 1)
    sha2 = sha256(data).hexdigest()
    said = attached(sha2, usageType=USAGE, contentType="application/octet-stream")

    assert partner(embedded).post(multipart(said, (sha2, data)), headers=MIXED).status_code == 413
    assert stored(embedded) == []
