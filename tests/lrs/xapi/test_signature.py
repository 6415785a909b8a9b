"""Signatures (Data 2.6)."""

import contextlib
import hashlib
import json
from base64 import b64encode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import orjson
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import signature
from lrs.xapi.errors import Invalid
from lrs.xapi.statement import Statement, parse_one
from lrs.xapi.version import Version
from tests.lrs.xapi.test_examples import ANSWERED, BRIEF, GONE, PLANNED, SHORT, changed

HASHES = {"RS256": SHA256(), "RS384": SHA384(), "RS512": SHA512()}
DISPLAY: dict[str, Any] = {"display": {"en": "Signature"}, "length": 1}
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def rsa_key(_number: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def certificate(key: Key, name: str, issuer_key: Key, issuer: str) -> str:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    start = datetime(2020, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(
        named(issuer), named(name), key.public_key(), x509.random_serial_number(), start, start + timedelta(1)
    )
    return b64encode(builder.sign(issuer_key, SHA256()).public_bytes(Encoding.DER)).decode()


def encoded(raw: bytes) -> bytes:
    return urlsafe_b64encode(raw).rstrip(b"=")


def jws(payload: Any, header: Any = None, key: rsa.RSAPrivateKey | None = None) -> bytes:
    head = {"alg": "RS256"} | (header or {}) if isinstance(header, dict | None) else header
    data = encoded(json.dumps(head).encode()) + b"." + encoded(orjson.dumps(payload))
    algorithm = HASHES.get(head["alg"] if isinstance(head, dict) and isinstance(head["alg"], str) else "", SHA256())
    return data + b"." + encoded((key or rsa_key(1)).sign(data, padding.PKCS1v15(), algorithm))


def signed(
    content: bytes, value: dict[str, Any] = SHORT, version: Version = Version.V1, **more: Any
) -> tuple[Statement, dict[str, bytes]]:
    sha2 = hashlib.sha256(content).hexdigest()
    attached = DISPLAY | {"usageType": signature.USAGE, "contentType": "application/octet-stream", "sha2": sha2} | more
    others = value.get("attachments", [])
    return parse_one(orjson.dumps(value | {"attachments": [*others, attached]}), version), {sha2: content}


def refused(content: bytes, **more: Any) -> Invalid:
    with pytest.raises(Invalid) as caught:
        signature.verify(*signed(content, **more))
    return caught.value


@pytest.mark.parametrize("algorithm", sorted(HASHES))
def test_a_statement_signed_without_certificates_is_accepted(algorithm: str) -> None:
    signature.verify(*signed(jws(SHORT, {"alg": algorithm})))


@pytest.mark.parametrize("algorithm", ["HS256", "ES256", "PS256", "none", "rs256", None, 7, [], {}])
def test_another_algorithm_is_refused(algorithm: Any) -> None:
    assert refused(jws(SHORT, {"alg": algorithm})).asks == "the algorithm RS256, RS384 or RS512"


def test_a_signature_is_octets() -> None:
    assert refused(jws(SHORT), contentType="text/plain").path == "$.attachments[0].contentType"


def test_a_signature_is_sent_along() -> None:
    statement, _ = signed(jws(SHORT), fileUrl="https://example.vn/signature")

    with pytest.raises(Invalid) as caught:
        signature.verify(statement, {})

    assert caught.value.path == "$.attachments[0]"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"signature",
        b"..",
        b"a.b",
        b"a.b.c.d",
        b"e30.e30.e30",
        b"W10.e30.e30",
        b"bnVsbA.e30.e30",
        b"!!!.e30.e30",
        b"{}.{}.{}",
        b"a.a.a",
        encoded(b'{"alg":"RS256","alg":"RS256"}') + b".e30.e30",
        encoded(b'{"alg":"RS256"}') + b"." + encoded(b"{") + b".e30",
        encoded(b'{"alg":"RS256"}') + b"." + encoded(b"\xff") + b".e30",
        jws(SHORT).rpartition(b".")[0] + b".a",
    ],
)
def test_a_malformed_signature_is_refused(content: bytes) -> None:
    assert refused(content).path.startswith("$.attachments[0]")


@pytest.mark.parametrize(
    "payload",
    [[SHORT], {}, SHORT | {"actor": {}}, changed(SHORT, "verb.id", "https://example.vn/verbs/other"), PLANNED],
)
def test_the_signature_of_another_statement_is_refused(payload: Any) -> None:
    assert refused(jws(payload)).path.startswith("$.attachments[0]")


@pytest.mark.parametrize(
    "payload",
    [
        SHORT | {"id": ANSWERED["id"]},
        SHORT | {"timestamp": "2026-01-31T08:00:00Z", "stored": "2026-01-31T08:00:00Z"},
        changed(SHORT, "verb.display", {"en": "read"}),
        changed(SHORT, "object.definition", {"name": {"en": "Safety"}}),
    ],
)
def test_what_may_differ_in_a_statement_may_differ_in_its_payload(payload: dict[str, Any]) -> None:
    signature.verify(*signed(jws(payload)))


def test_a_duration_is_compared_to_a_hundredth_of_a_second() -> None:
    short, exact = (SHORT | {"result": {"duration": text}} for text in ("P1DT12H36M0.12S", "P1DT12H36M0.1237S"))

    signature.verify(*signed(jws(short), exact, Version.V2))


@pytest.mark.parametrize("payload", [ANSWERED, changed(ANSWERED, "attachments", GONE)])
def test_what_else_is_attached_makes_no_difference(payload: dict[str, Any]) -> None:
    signature.verify(*signed(jws(payload), ANSWERED))


def test_a_statement_without_a_signature_passes() -> None:
    signature.verify(parse_one(orjson.dumps(ANSWERED), Version.V1), {})


LEAF = certificate(rsa_key(1), "leaf", rsa_key(2), "issuer")
ISSUER = certificate(rsa_key(2), "issuer", rsa_key(2), "issuer")
STRANGER = certificate(rsa_key(3), "issuer", rsa_key(3), "issuer")
CURVE = ec.generate_private_key(ec.SECP256R1())


@pytest.mark.parametrize("chain", [[LEAF], [LEAF, ISSUER]])
@pytest.mark.parametrize("algorithm", sorted(HASHES))
def test_a_signature_fits_the_certificates_that_it_brings(algorithm: str, chain: list[str]) -> None:
    signature.verify(*signed(jws(SHORT, {"alg": algorithm, "x5c": chain})))


@pytest.mark.parametrize(
    "chain",
    [
        None,
        "",
        LEAF,
        [],
        [7],
        ["x"],
        [b64encode(b"x").decode()],
        [ISSUER],
        [ISSUER, LEAF],
        [LEAF, STRANGER],
        [certificate(CURVE, "curve", rsa_key(2), "issuer")],
    ],
)
def test_a_signature_that_does_not_fit_them_is_refused(chain: Any) -> None:
    assert refused(jws(SHORT, {"x5c": chain})).path == "$.attachments[0]"


def test_a_signature_that_was_changed_is_refused_if_a_certificate_can_tell() -> None:
    data, _, _ = jws(SHORT, {"x5c": [LEAF]}).rpartition(b".")

    assert refused(data + b"." + encoded(b"x" * 256)).found == "a signature that does not fit"


def test_the_signature_of_a_sub_statement_is_checked_against_the_whole() -> None:
    content = jws(SHORT)
    attached = DISPLAY | {
        "usageType": signature.USAGE,
        "contentType": "text/plain",
        "sha2": hashlib.sha256(content).hexdigest(),
    }
    statement = parse_one(orjson.dumps(SHORT | {"object": PLANNED["object"] | {"attachments": [attached]}}), Version.V1)

    with pytest.raises(Invalid) as caught:
        signature.verify(statement, {})

    assert caught.value.path == "$.object.attachments[0].contentType"


@BRIEF
@given(st.data())
def test_chance_makes_a_signature_or_a_refusal_and_nothing_else(data: st.DataObject) -> None:
    content = jws(SHORT, {"x5c": [LEAF, ISSUER]})
    at = data.draw(st.integers(0, len(content)))
    content = content[:at] + data.draw(st.binary(max_size=3)) + content[at + data.draw(st.integers(0, 3)) :]

    with contextlib.suppress(Invalid):
        signature.verify(*signed(content))
