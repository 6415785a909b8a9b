"""Of 10,000 altered PDFs, credentials and printed codes none is taken; in a short run of some hundreds, in every way by turns."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from asn1crypto import cms
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from lrs.badges.proof import sign
from lrs.certificates.press import Press
from lrs.checking.held import Altered, Held, Issuer, NothingOfOurs
from lrs.seals.seal import Forged, NotASeal, read
from storage.issuing import KeyRow
from tests.lrs.badges.given import CREATED, DID, METHOD, PUBLIC, certificate, signed
from tests.lrs.certificates.papers import CERTIFICATE, NOW, TEMPLATE, seal, trusted
from tests.lrs.checking import altering_codes, altering_credentials, altering_pdf
from tests.lrs.checking.altering_credentials import means_the_same, said
from tests.lrs.seals.given import PUBLIC as PUBLIC_OF_SEALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FEW, MANY = 330, 10_000
SHORT_OR_LONG = pytest.mark.parametrize("many", [FEW, pytest.param(MANY, marks=pytest.mark.long)])

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
OURS = KeyRow(1, PUBLIC, b"", SINCE)
HELD = Held(certificate().id)
ISSUER = Issuer(DID, [OURS], trusted())


@cache
def paper() -> bytes:
    """Draw and sign a page that carries a genuine credential."""
    with Press(TEMPLATE, {}) as press:
        return seal().sign(press.page(replace(CERTIFICATE, credential=said(signed()))), "Chữ ký của đơn vị cấp", NOW)


def taken(content: bytes, issuer: Issuer = ISSUER) -> bool:
    """Tell whether a file is taken for genuine; whatever is raised but the two refusals would be a page of trouble."""
    try:
        return bool(issuer.held(content))
    except (Altered, NothingOfOurs):
        return False


def pdfs(many: int, pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Alter a PDF so many times, each time to something else, in all ways by turns."""
    chance, seen, turn = random.Random(9), {sha256(one).digest() for one in (pdf, altering_pdf.second())}, 0
    while many:
        way = altering_pdf.WAYS[turn % len(altering_pdf.WAYS)]
        other, turn = way(pdf, chance), turn + 1
        if (name := sha256(other).digest()) not in seen:
            seen.add(name)
            many -= 1
            yield way.__name__, other


def credentials(many: int, document: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Alter a credential so many times, each time to something else, in all ways by turns."""
    chance, seen, turn = random.Random(9), set[bytes](), 0
    ways = altering_credentials.WAYS
    while many:
        other, turn = altering_credentials.altered(document, turn, chance), turn + 1
        if other not in seen and not means_the_same(other, document):
            seen.add(other)
            many -= 1
            yield ways[(turn - 1) % len(ways)].__name__, other


def test_what_was_issued_is_taken() -> None:
    assert ISSUER.held(paper()) == Held(certificate().id, "Sở Mẫu")
    assert ISSUER.held(said(signed())) == HELD
    assert ISSUER.held(json.dumps(signed(), indent=1, sort_keys=True).encode()) == HELD


@SHORT_OR_LONG
def test_no_altered_pdf_is_taken(many: int) -> None:
    found = list(pdfs(many, paper()))

    assert [way for way, pdf in found if taken(pdf)] == []
    assert {way for way, _ in found} == {each.__name__ for each in altering_pdf.WAYS}
    assert {way for way, pdf in found if by_its_own_range(pdf)} >= {"page_replaced", "covered", "filled", "hidden"}


def by_its_own_range(pdf: bytes) -> bool:
    """Look as lax readers do: whether what a signature says that it signed is signed, whatever else there is. The control."""
    found = re.search(rb"/ByteRange\[(\d{10}) (\d{10}) (\d{10}) (\d{10})\]", pdf)
    try:
        assert found is not None
        start, size, after, rest = map(int, found.groups())
        content = cms.ContentInfo.load(bytes.fromhex(pdf[size + 1 : after - 1].decode()))
        who = content["content"]["signer_infos"][0]
        told = next(each for each in who["signed_attrs"] if each["type"].native == "message_digest")
        assert told["values"][0].native == sha256(pdf[start : start + size] + pdf[after : after + rest]).digest()
        public = seal().certificate.public_key()
        assert isinstance(public, ec.EllipticCurvePublicKey)
        public.verify(who["signature"].native, who["signed_attrs"].untag().dump(), ec.ECDSA(hashes.SHA256()))
    except (AssertionError, InvalidSignature, ValueError, KeyError, TypeError, AttributeError, StopIteration):
        return False
    return True


@SHORT_OR_LONG
def test_no_altered_credential_is_taken(many: int) -> None:
    found = list(credentials(many, signed()))

    assert [(way, text) for way, text in found if taken(text)] == []
    assert {way for way, _ in found} == {each.__name__ for each in altering_credentials.WAYS}
    assert any(taken(without_what_nobody_knows(text)) for _, text in found)


def without_what_nobody_knows(text: bytes) -> bytes:
    """Leave out what was added, as a processor of JSON-LD does with terms that no context defines. The control."""
    try:
        return said(_known(json.loads(text), signed()))
    except (ValueError, RecursionError):
        return b"{}"


def _known(value: Any, pattern: Any) -> Any:
    if isinstance(value, dict) and isinstance(pattern, dict):
        return {term: _known(each, pattern[term]) for term, each in value.items() if term in pattern}
    return value


@SHORT_OR_LONG
def test_no_altered_code_is_taken(many: int) -> None:
    found = altering_codes.altered(many)

    assert [text for text in found if _right(text)] == []
    assert all(map(_right, altering_codes.genuine()))
    assert any(_right("".join(re.findall("[0-9]", text))[: len(altering_codes.genuine()[0])]) for text in found)


def _right(text: str) -> bool:
    try:
        return bool(read(text).verify(PUBLIC_OF_SEALS))
    except (NotASeal, Forged):
        return False


@pytest.mark.parametrize(
    "content", [b"", b"x", b"<html>", b"\x89PNG\r\n", b"%PDF", b"PK\3\4", b"[]", bytes(100), b"%!PS", "｛".encode()]
)
def test_what_is_no_such_file_is_told_apart(content: bytes) -> None:
    with pytest.raises(NothingOfOurs):
        ISSUER.held(content)


@pytest.mark.parametrize(
    "pdf",
    [b"%PDF-", b"%PDF-1.7\n%%EOF", b"%PDF-/ByteRange[0000000000 0000000001 0000000002 0000000003]>>\nendobj\nxref\n"],
)
def test_what_is_a_pdf_and_not_ours_is_not_genuine(pdf: bytes) -> None:
    with pytest.raises(Altered):
        ISSUER.held(pdf)


def test_a_pdf_of_ours_without_a_credential_or_with_another_ones_is_none() -> None:
    elsewhere = sign(
        {each: signed()[each] for each in signed() if each != "proof"}, altering_codes.OTHER, METHOD, CREATED
    )
    for credential in (None, b"{}", said(elsewhere)):
        with Press(TEMPLATE, {}) as press:
            pdf = seal().sign(press.page(replace(CERTIFICATE, credential=credential)), "Chữ ký", NOW)
        assert not taken(pdf)


@pytest.mark.parametrize(
    ("change", "right"),
    [
        (list, False),
        (lambda: [replace(OURS, withdrawn=SINCE + timedelta(days=90))], False),
        (lambda: [replace(OURS, retired=datetime.fromisoformat(CREATED) + timedelta(days=1))], True),
        (lambda: [replace(OURS, retired=datetime.fromisoformat(CREATED) - timedelta(days=2))], False),
        (lambda: [KeyRow(2, altering_codes.OTHER.public_key().public_bytes_raw(), b"", SINCE), OURS], True),
    ],
)
def test_a_key_counts_as_long_as_it_signed(change: Callable[[], list[KeyRow]], right: bool) -> None:  # noqa: FBT001
    issuer = Issuer(DID, change(), trusted())

    assert (taken(said(signed()), issuer), taken(paper(), issuer)) == (right, right)


@pytest.mark.parametrize("created", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_moment_at_the_end_of_time_is_no_trouble(created: str) -> None:
    assert not taken(said(signed() | {"proof": signed()["proof"] | {"created": created}}))
