"""The name of a space as an issuer, and the document that tells its keys (did:web, Controlled Identifiers 1.0). Pure."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from lrs.badges.multibase import multikey

CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")


def did(public_url: str, slug: str) -> str:
    """Name a space: the name says where its document is, `<public_url>/s/<slug>/did.json`."""
    return f"did:web:{quote(urlsplit(public_url).netloc, safe='')}:s:{slug}"


def method(name: str, public: bytes) -> str:
    """Name a key of an issuer."""
    return f"{name}#{multikey(public)}"


def document(name: str, publics: Iterable[bytes]) -> dict[str, Any]:
    """Tell which keys sign, or signed, for an issuer."""
    methods = [
        {
            "id": method(name, public),
            "type": "Multikey",
            "controller": name,
            "publicKeyMultibase": multikey(public),
        }
        for public in publics
    ]
    return {
        "@context": [*CONTEXTS],
        "id": name,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }
