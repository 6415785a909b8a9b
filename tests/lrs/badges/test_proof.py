"""The proof on a credential: the specification's own example, and no other writing of it is accepted."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lrs.badges.canonical import canonical
from lrs.badges.credential import Completed, Holder, Picture, credential
from lrs.badges.errors import NotACredential, NotProved
from lrs.badges.graph import triples
from lrs.badges.multibase import from_multibase, from_multikey
from lrs.badges.proof import digest, sign, verify
from lrs.badges.status import status_list
from lrs.badges.terms import VOCABULARY, Class, Property
from tests.lrs.badges.given import CREATED, DID, KEY, METHOD, PUBLIC, SAYS, certificate, finder, signed
from tests.lrs.badges.published import normalized

# The example of https://www.w3.org/TR/vc-di-eddsa/, appendix B.1: its key, its words, and what comes out.
EXAMPLE = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
EXAMPLE_PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
EXAMPLE_SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
EXAMPLE_METHOD = f"did:key:{EXAMPLE_PUBLIC}#{EXAMPLE_PUBLIC}"
EXAMPLE_CREATED = "2023-02-24T23:36:38Z"
EXAMPLE_HASHES = (
    "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
    "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
)
EXAMPLE_VALUE = "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"

_SUBJECT = Property("https://www.w3.org/2018/credentials#credentialSubject", "node", classes=("",))
EXAMPLE_TERMS = {
    **VOCABULARY,
    "VerifiableCredential": Class(
        VOCABULARY["VerifiableCredential"].iri,
        {**VOCABULARY["VerifiableCredential"].terms, "credentialSubject": _SUBJECT},
    ),
    "AlumniCredential": Class("https://www.w3.org/ns/credentials/examples#AlumniCredential", {}),
    "": Class("", {"alumniOf": Property("https://www.w3.org/ns/credentials/examples#alumniOf")}),
}


def test_the_example_of_the_specification_comes_out_to_the_letter() -> None:
    key = Ed25519PrivateKey.from_private_bytes(from_multibase(EXAMPLE_SECRET)[2:])

    proved = sign(EXAMPLE, key, EXAMPLE_METHOD, EXAMPLE_CREATED, EXAMPLE_TERMS)

    options = {term: value for term, value in proved["proof"].items() if term != "proofValue"}
    assert digest(EXAMPLE, options, EXAMPLE_TERMS).hex() == EXAMPLE_HASHES
    assert proved["proof"]["proofValue"] == EXAMPLE_VALUE
    verify(proved, {EXAMPLE_METHOD: from_multikey(EXAMPLE_PUBLIC)}.get, EXAMPLE_TERMS)


@pytest.mark.parametrize("holder", [Holder("Nguyễn Thị Hoà"), Holder("Nguyễn Thị Hoà", salt="muối")])
@pytest.mark.parametrize("until", [None, certificate().until])
def test_a_published_processor_reads_the_same_triples_in_a_certificate(holder: Holder, until: Any) -> None:
    written = credential(certificate(holder=holder, until=until))

    assert _canonical(written) == normalized(written)


def test_a_published_processor_reads_the_same_triples_in_a_badge_with_a_picture() -> None:
    picture = Picture(f"{SAYS}/skills/pictures/shield.svg", "Tự bảo vệ mình")
    badge = Completed(UUID(int=10), "Tự bảo vệ mình", "Học 2 bài", "vi", "Badge", "Giữ mật khẩu", picture)

    written = credential(certificate(completed=badge))

    assert _canonical(written) == normalized(written)
    assert picture.address in _canonical(written)


def test_a_published_processor_reads_the_same_triples_in_a_list_and_in_a_proof() -> None:
    issuer, since = certificate().issuer, certificate().awarded
    listed = status_list(f"{SAYS}/badges/status/1", issuer, [1, 4711], since, since)
    proof = {term: value for term, value in signed()["proof"].items() if term != "proofValue"}

    assert _canonical(listed) == normalized(listed)
    as_document = {"@context": listed["@context"], **proof}
    assert canonical(triples(proof, ("DataIntegrityProof",), VOCABULARY)) == normalized(as_document)


def _canonical(written: dict[str, Any]) -> str:
    bare = {term: value for term, value in written.items() if term != "@context"}
    return canonical(triples(bare, ("VerifiableCredential",), VOCABULARY))


def test_what_was_signed_is_accepted_whatever_the_order_of_its_terms() -> None:
    verify(signed(), finder())
    verify(json.loads(json.dumps(signed(), sort_keys=True)), finder())


def test_another_key_and_an_unknown_one_are_told_apart_from_nonsense() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()

    with pytest.raises(NotProved, match="does not fit"):
        verify(signed(), lambda _name: other)
    with pytest.raises(NotProved, match="nobody knows"):
        verify(signed(), lambda _name: None)
    assert other != PUBLIC


@pytest.mark.parametrize(
    "change",
    [
        {"@context": ["https://www.w3.org/ns/credentials/v2"]},
        {"@context": "https://www.w3.org/ns/credentials/v2"},
        {"@context": [*signed()["@context"], {"name": "https://example.org/other"}]},
        {"evil": "a term that nobody knows"},
        {"type": ["VerifiableCredential"]},
        {"type": ["AchievementCredential", "VerifiableCredential"]},
        {"name": {"@value": "Kỹ năng số cơ bản"}},
        {"name": ["Kỹ năng số cơ bản"]},
        {"name": "Kỹ năng\x00"},
        {"name": "\ud800"},
        {"id": "relative"},
        {"id": "javascript:alert(1)"},
        {"issuer": None},
        {"validFrom": "2026-13-01T00:00:00Z"},
        {"validFrom": "soon"},
        {"credentialSubject": [signed()["credentialSubject"]]},
        {"proof": [signed()["proof"]]},
        {"proof": signed()["proof"] | {"expires": CREATED}},
        {"proof": signed()["proof"] | {"cryptosuite": "eddsa-jcs-2022"}},
        {"proof": signed()["proof"] | {"proofPurpose": "authentication"}},
        {"proof": signed()["proof"] | {"proofValue": "z"}},
        {"proof": signed()["proof"] | {"proofValue": "z" + "1" * 300}},
        {"proof": signed()["proof"] | {"proofValue": 1}},
    ],
)
def test_what_is_not_understood_is_refused_before_verifying(change: dict[str, Any]) -> None:
    with pytest.raises(NotACredential):
        verify(signed() | change, finder())


@pytest.mark.parametrize("change", [{"evil": "x"}, {"@context": []}, {"proof": {}}, {"issuer": {"id": DID}}])
def test_what_is_not_understood_is_refused_before_signing(change: dict[str, Any]) -> None:
    with pytest.raises(NotACredential):
        sign(credential(certificate()) | change, KEY, METHOD, CREATED)
