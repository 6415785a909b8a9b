"""The name of a space as an issuer, and its document."""

from __future__ import annotations

import pytest

from lrs.badges.multibase import from_multikey
from lrs.issuing.did import did, document, method

PUBLICS = [bytes(range(32)), bytes(32)]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://app.example.org", "did:web:app.example.org:s:haiphong"),
        ("http://app.lms.localhost:8080", "did:web:app.lms.localhost%3A8080:s:haiphong"),
    ],
)
def test_the_name_says_where_the_document_is(url: str, name: str) -> None:
    assert did(url, "haiphong") == name


def test_the_document_tells_all_keys() -> None:
    name = did("https://app.example.org", "haiphong")

    told = document(name, PUBLICS)

    assert told["id"] == name
    assert [from_multikey(each["publicKeyMultibase"]) for each in told["verificationMethod"]] == PUBLICS
    assert told["assertionMethod"] == [method(name, public) for public in PUBLICS]
