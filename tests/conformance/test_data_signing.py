"""Signed statements (Data 2.6; 2.0: 4.2.6)."""

import json
from hashlib import sha256
from typing import Any

import pytest

from tests.conformance.requirements import BOTH, Lrs, requirement, said
from tests.lrs.resources.test_parcels import MIXED
from tests.lrs.xapi.test_signature import certificate, encoded, jws, rsa_key

USAGE = "http://adlnet.gov/expapi/attachments/signature"
KEY, OTHER = rsa_key(1), rsa_key(2)
HEADS = {f"RS{bits}": {"alg": f"RS{bits}"} for bits in (256, 384, 512)}


def signed(made: dict[str, Any], content: bytes, **more: Any) -> tuple[dict[str, Any], bytes]:
    attachment = {
        "usageType": USAGE,
        "display": {"en": "Signature"},
        "contentType": "application/octet-stream",
        "length": len(content),
        "sha2": sha256(content).hexdigest(),
    } | more
    statement = made | {"attachments": [attachment]}
    head = f"Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {attachment['sha2']}\r\n\r\n"
    body = b"--b\r\nContent-Type: application/json\r\n\r\n" + json.dumps(statement).encode() + b"\r\n--b\r\n"
    return statement, body + b"Content-Type: application/octet-stream\r\n" + head.encode() + content + b"\r\n--b--\r\n"


def chain(*links: str) -> dict[str, Any]:
    return {"alg": "RS256", "x5c": list(links)}


ROOT = certificate(OTHER, "Root", OTHER, "Root")
LEAF = certificate(KEY, "Leaf", OTHER, "Root")


@requirement("Data 2.6", "4.2.6")
@BOTH
@pytest.mark.parametrize(
    "head", [*HEADS.values(), chain(LEAF), chain(LEAF, ROOT)], ids=[*HEADS, "certificate", "chain"]
)
def test_a_signed_statement_is_accepted_and_its_signature_comes_back(
    lrs: Lrs, version: str, head: dict[str, Any]
) -> None:
    made = said({})
    signature = jws(made, head)
    _, body = signed(made, signature)
    answer = lrs(version).post(body, headers=MIXED)

    assert answer.status_code == 200, answer.text
    assert signature in lrs(version).get(statementId=made["id"], attachments="true").data


@requirement("Data 2.6", "4.2.6")
@BOTH
@pytest.mark.parametrize(
    "forge",
    [
        lambda made: jws(made, {"alg": "HS256"}),
        lambda made: jws(made, {"alg": "ES256"}),
        lambda made: jws(made, {"alg": "none"}),
        lambda made: jws(made, {"alg": "rs256"}),
        lambda made: jws(made | {"verb": {"id": "x:other"}}),
        lambda made: jws([made]),
        lambda _: jws({}),
        lambda made: jws(made).rpartition(b".")[0],
        lambda made: json.dumps({"payload": jws(made).decode()}).encode(),
        lambda made: encoded(b"[]") + b"." + b".".join(jws(made).split(b".")[1:]),
        lambda _: b"signature",
        lambda _: b"",
        lambda made: jws(made, chain(ROOT)),
        lambda made: jws(made, chain(LEAF, LEAF)),
        lambda made: jws(made, chain("bm9uZQ==")),
        lambda made: jws(made, chain()),
        lambda made: jws(made, chain(LEAF), OTHER),
    ],
    ids=[
        "HMAC",
        "elliptic curves",
        "no algorithm",
        "the algorithm's case",
        "of another statement",
        "of a list",
        "of nothing",
        "two parts",
        "as JSON",
        "no header",
        "no JWS",
        "empty",
        "another certificate",
        "a broken chain",
        "no certificate",
        "an empty chain",
        "another key",
    ],
)
def test_a_malformed_signature_is_refused_and_said_why(lrs: Lrs, version: str, forge: Any) -> None:
    made = said({})
    _, body = signed(made, forge(made))
    answer = lrs(version).post(body, headers=MIXED)

    assert answer.status_code == 400
    assert "attachments[0]" in answer.json["detail"] if answer.json else False
    assert lrs(version).get(statementId=made["id"]).status_code == 404


@requirement("Data 2.6", "4.2.6")
@BOTH
def test_a_signature_is_octets_and_comes_along(lrs: Lrs, version: str) -> None:
    made = said({})
    _, as_text = signed(made, jws(made), contentType="text/plain")
    elsewhere, _ = signed(made, jws(made), fileUrl="http://example.org/signature")

    assert lrs(version).post(as_text, headers=MIXED).status_code == 400
    assert lrs(version).post(elsewhere).status_code == 400


@requirement("Data 2.6", "4.2.6")
@BOTH
@pytest.mark.parametrize(
    "change",
    [
        {"verb": {"id": "http://example.org/verbs/did", "display": {"fr": "fait"}}},
        {"stored": "2001-01-01T00:00:00Z"},
        {"authority": {"mbox": "mailto:boss@example.org"}},
    ],
    ids=["display", "stored", "authority"],
)
def test_the_payload_is_compared_as_statements_are(lrs: Lrs, version: str, change: dict[str, Any]) -> None:
    made = said({})
    _, body = signed(made, jws(made | change))

    assert lrs(version).post(body, headers=MIXED).status_code == 200
