"""The proof on a credential: Data Integrity with `eddsa-rdfc-2022` (https://www.w3.org/TR/vc-di-eddsa/, 3.2)."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lrs.badges.canonical import canonical
from lrs.badges.errors import NotACredential, NotProved
from lrs.badges.graph import triples
from lrs.badges.multibase import from_multibase, multibase
from lrs.badges.terms import BADGES, CREDENTIALS, PROOF, VOCABULARY, Vocabulary

SUITE = "eddsa-rdfc-2022"
PURPOSE = "assertionMethod"

_CONTEXTS = {"AchievementCredential": [CREDENTIALS, BADGES], "BitstringStatusListCredential": [CREDENTIALS]}
"""Where the terms of each kind of credential are from, and nowhere else. They are known and never loaded."""

_KINDS = 2
_NEEDED = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}


def sign(
    credential: Mapping[str, Any],
    key: Ed25519PrivateKey,
    method: str,
    created: str,
    vocabulary: Vocabulary = VOCABULARY,
) -> dict[str, Any]:
    """Put a proof on a credential: `method` names the key, `created` the moment."""
    if "proof" in credential:
        raise NotACredential("it has a proof already")
    options = {
        "type": PROOF,
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    value = multibase(key.sign(digest(credential, options, vocabulary)))
    return {**credential, "proof": options | {"proofValue": value}}


def verify(
    credential: Mapping[str, Any], find_key: Callable[[str], bytes | None], vocabulary: Vocabulary = VOCABULARY
) -> None:
    """Check the proof with the key that `find_key` knows by its name; NotProved or NotACredential if it does not hold."""
    said = credential.get("proof")
    if not isinstance(said, Mapping) or said.keys() != _NEEDED:
        raise NotACredential("it has no proof that is understood here")
    if (said["type"], said["cryptosuite"], said["proofPurpose"]) != (PROOF, SUITE, PURPOSE):
        raise NotACredential("its proof is of another kind")
    bare = {term: value for term, value in credential.items() if term != "proof"}
    options = {term: value for term, value in said.items() if term != "proofValue"}
    signed = digest(bare, options, vocabulary)
    if not isinstance(said["proofValue"], str):
        raise NotACredential("its signature is no text")
    signature = from_multibase(said["proofValue"])
    public = find_key(said["verificationMethod"])
    if public is None:
        raise NotProved("nobody knows the key")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
    except InvalidSignature:
        raise NotProved("the signature does not fit") from None


def digest(credential: Mapping[str, Any], options: Mapping[str, Any], vocabulary: Vocabulary = VOCABULARY) -> bytes:
    """Hash what is signed (3.2.4): first the proof's own words, then the credential."""
    if vocabulary is VOCABULARY:
        _check_contexts(credential)
    bare = {term: value for term, value in credential.items() if term != "@context"}
    return _hash(options, (PROOF,), vocabulary) + _hash(bare, ("VerifiableCredential",), vocabulary)


def _hash(node: Mapping[str, Any], classes: tuple[str, ...], vocabulary: Vocabulary) -> bytes:
    return sha256(canonical(triples(node, classes, vocabulary)).encode()).digest()


def _check_contexts(credential: Mapping[str, Any]) -> None:
    """Hold a kind of credential to its contexts: they are not signed, and under others its terms would mean nothing, or something else."""
    kinds = credential.get("type")
    known = isinstance(kinds, list) and len(kinds) == _KINDS and kinds[1] in [*_CONTEXTS]
    if not known or credential.get("@context") != _CONTEXTS[kinds[1]]:  # type: ignore[index]  # known says so
        raise NotACredential("its kind is not known here, or its terms are from somewhere else")
