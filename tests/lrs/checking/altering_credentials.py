"""Ways to alter a credential: what stands in it, what proves it, and the letters of its JSON. Each makes another text of a genuine one."""

from __future__ import annotations

import copy
import json
import unicodedata
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lrs.badges.errors import NotACredential
from lrs.badges.multibase import from_multibase, multibase, multikey
from lrs.badges.proof import sign
from lrs.badges.reading import read
from tests.lrs.badges.given import CREATED, DID, METHOD, SAYS

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

GROUP = 2**252 + 27742317777372353535851937790883648493
"""The order of Ed25519's group (RFC 8032, 5.1)."""

OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
_LOOKALIKES = {
    "a": "а",
    "e": "е",
    "o": "о",
    "H": "Н",
    "c": "с",
    "i": "і",
    "0": "O",
    "1": "l",
    " ": "\u00a0",
    "-": "‐",
    "ễ": "ể",
}
_WORDS = (
    "Nguyễn Văn Giả",
    "0002/2026/SNV",
    "urn:uuid:00000000-0000-0000-0000-00000000000a",
    "2026-11-22T03:00:01Z",
    "",
)
_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    1e400,
    -1,
    [],
    {},
    [[]],
    [{}],
    {"@value": "x"},
    {"@id": "urn:x"},
    "\ud800",
)

Document = dict[str, Any]


def said(document: Any) -> bytes:
    """Write it as ours are written; what UTF-8 cannot say is escaped."""
    return json.dumps(document, ensure_ascii=False, allow_nan=True).encode("utf-8", "backslashreplace")


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List all places in a document at which something stands."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for name, each in below for place in places(each, (*at, name)))][at == () :]


def _at(document: Any, way: tuple[Any, ...]) -> Any:
    for step in way:
        document = document[step]
    return document


def _objects(document: Document) -> list[Any]:
    return [document, *(each for each in (_at(document, way) for way in places(document)) if isinstance(each, dict))]


def words_changed(document: Document, chance: random.Random) -> bytes:
    """Change a text: a letter, its spelling, one that looks the same, its composition, or all of it."""
    way = chance.choice([each for each in places(document) if isinstance(_at(document, each), str)])
    holder, text = _at(document, way[:-1]), _at(document, way)
    at = chance.randrange(len(text))
    holder[way[-1]] = chance.choice(
        [
            text[:at] + chance.choice("aZ19:# \u0301Ỵ\u200b\u202e") + text[at:],
            text[:at] + text[at + 1 :],
            text[:at] + _LOOKALIKES.get(text[at], "x" if text[at] != "x" else "y") + text[at + 1 :],
            unicodedata.normalize(chance.choice(["NFD", "NFKD", "NFKC"]), text),
            text.swapcase(),
            text + " ",
            text + "/../" + text,
            chance.choice(_WORDS),
        ]
    )
    return said(document)


def kind_changed(document: Document, chance: random.Random) -> bytes:
    """Put a value of another kind in some place: nothing, a number, a list, an object."""
    way = chance.choice(places(document))
    old = _at(document, way)
    made = chance.choice(
        [*copy.deepcopy(_VALUES), [old], [old, old], {"@value": old}, {"@list": [old]}, json.dumps(old)]
    )
    if (way[-1] == "type" and made == [old]) or (isinstance(old, list) and way[-1] == "type" and [made] == old):
        made = None  # one type, written bare or in a list, is the same type
    _at(document, way[:-1])[way[-1]] = made
    return said(document)


def term_taken(document: Document, chance: random.Random) -> bytes:
    """Take terms away."""
    for _ in range(chance.randint(1, 3)):
        each = chance.choice([each for each in _objects(document) if each])
        del each[chance.choice(list(each))]
    return said(document)


def term_added(document: Document, chance: random.Random) -> bytes:
    """Add a term: one that nobody knows, one of JSON-LD's own, or one of elsewhere in the credential."""
    each = chance.choice(_objects(document))
    own = [way[-1] for way in places(document) if isinstance(way[-1], str)]
    term = chance.choice([*own, "evil", "@graph", "@reverse", "@included", "@base", "termsOfUse", "evidence", "holder"])
    value = chance.choice(
        [*_WORDS, *copy.deepcopy(_VALUES), copy.deepcopy(_at(document, chance.choice(places(document))))]
    )
    if term in each and each[term] == value:
        value = "another"
    each[term if term not in each else f"{term}_"] = value
    return said(document)


def term_moved(document: Document, chance: random.Random) -> bytes:
    """Move what is signed to where it means something else."""
    objects = _objects(document)
    here = chance.choice([each for each in objects if each])
    there = chance.choice([each for each in objects if each is not here])
    term = chance.choice(list(here))
    moved = here.pop(term)
    if _within(there, moved):
        return said({"@context": document.get("@context"), "moved": True})
    there[term] = moved
    return said(document)


def _within(one: Any, other: Any) -> bool:
    return one is other or (isinstance(other, dict) and any(_within(one, each) for each in other.values()))


def term_doubled(document: Document, chance: random.Random) -> bytes:
    """Say a term twice, once with another value: programs differ in which of them counts."""
    way = chance.choice([each for each in places(document) if isinstance(each[-1], str)])
    term, value = json.dumps(way[-1]), chance.choice((*_WORDS, chance.randrange(10**6)))
    text = said(document).decode("utf-8", "surrogatepass")
    at = [at for at in range(len(text)) if text.startswith(f"{term}: ", at)]
    here = chance.choice(at)
    return f"{text[:here]}{term}: {json.dumps(value)}, {text[here:]}".encode("utf-8", "surrogatepass")


def context_changed(document: Document, chance: random.Random) -> bytes:
    """Take terms from other contexts."""
    old = document["@context"]
    more: list[Any] = [
        "https://example.org/c",
        {"name": "urn:x"},
        {"@vocab": "urn:x#"},
        None,
        old[0],
        "https://www.w3.org/2018/credentials/v1",
    ]
    one = chance.choice(more)
    made = [[*old, one], [one, *old], old[:1], old[1:], old[::-1], [], one, old[0], [old], {"@import": old[0]}]
    document["@context"] = chance.choice(made)
    if chance.random() < 0.3:
        chance.choice(_objects(document))["@context"] = copy.deepcopy(one)
    if document["@context"] == old:
        document["@context"] = []
    return said(document)


def proof_changed(document: Document, chance: random.Random) -> bytes:
    """Change the proof: its moment, its key, its purpose, its kind, its number; or make a set or a chain of proofs."""
    proof = document["proof"]
    value = from_multibase(proof["proofValue"])
    other = sign({each: document[each] for each in document if each != "proof"}, OTHER, METHOD, CREATED)["proof"]
    number = int.from_bytes(value[32:], "little")
    changes: list[Any] = [
        {"created": f"20{chance.randint(10, 99)}-11-22T03:00:{chance.randint(0, 59):02}Z"},
        {"created": proof["created"].replace("Z", chance.choice(["+00:00", ".0Z", "z", "+00:01"]))},
        {
            "proofPurpose": chance.choice(
                ["authentication", "keyAgreement", "https://w3id.org/security#assertionMethod"]
            )
        },
        {"cryptosuite": chance.choice(["eddsa-jcs-2022", "ecdsa-rdfc-2019", "eddsa-2022", "EDDSA-RDFC-2022"])},
        {"type": chance.choice(["Ed25519Signature2020", ["DataIntegrityProof"] * 2, "dataIntegrityProof"])},
        {"verificationMethod": f"{DID}#{multikey(OTHER.public_key().public_bytes_raw())}"},
        {
            "verificationMethod": f"did:web:app.example.org:s:s{chance.randrange(10**6)}#{multikey(OTHER.public_key().public_bytes_raw())}"
        },
        {"verificationMethod": proof["verificationMethod"] + chance.choice(["#", "?x", "/", " ", "%20"])},
        {"proofValue": multibase(value[:32] + (number + chance.randint(1, 14) * GROUP).to_bytes(32, "little"))},
        {"proofValue": multibase(bytes(chance.randint(1, 3)) + value)},
        {"proofValue": multibase(value[: chance.randint(0, 63)])},
        {"proofValue": "u" + proof["proofValue"][1:]},
        {"proofValue": proof["proofValue"].swapcase()},
        {"proofValue": multibase(chance.randbytes(64))},
        other,
        {"previousProof": "urn:uuid:1"},
        {"domain": "example.org", "challenge": str(chance.random())},
        {"expires": "2099-01-01T00:00:00Z"},
        {"nonce": str(chance.random())},
    ]
    made: Any = proof | chance.choice(changes)
    document["proof"] = chance.choice([made, made, made, [proof, made], [proof], [made, proof], {"proof": proof}])
    if document["proof"] == proof:
        document["proof"] = []
    return said(document)


def status_changed(document: Document, chance: random.Random) -> bytes:
    """Take the status away, or let it point to where nothing is revoked."""
    status = document["credentialStatus"]
    place = chance.randrange(131_072)
    changes: list[Any] = [
        {"statusListIndex": str(place)},
        {"statusListIndex": place},
        {"statusListCredential": f"{SAYS}/badges/status/{place + 2}"},
        {"statusListCredential": f"https://s{place}.example.net/list"},
        {"statusPurpose": chance.choice(["suspension", "refresh", "message"])},
        {"id": f"{SAYS}/badges/status/1#{place}"},
        {"type": "StatusList2021Entry"},
    ]
    made = status | chance.choice(changes)
    if chance.random() < 0.2 or made == status:
        del document["credentialStatus"]
    else:
        document["credentialStatus"] = chance.choice([made, [status, made], [made]])
    return said(document)


def signed_otherwise(document: Document, chance: random.Random) -> bytes:
    """Sign something false with a key of one's own, and say that ours did; or as another issuer."""
    false = {each: document[each] for each in document if each != "proof"}
    false["credentialSubject"]["licenseNumber"] = f"{chance.randrange(10**4):04}/2026/SNV"
    key = multikey(OTHER.public_key().public_bytes_raw())
    methods = [METHOD, f"{DID}#{key}", f"did:key:{key}#{key}", f"did:web:s{chance.randrange(99)}.example.org#{key}"]
    proved = sign(false, OTHER, chance.choice(methods), CREATED)
    if chance.random() < 0.3:
        proved["proof"] = document["proof"]
    return said(proved)


def letters_changed(document: Document, chance: random.Random) -> bytes:
    """Change the bytes of the text themselves: a bit, a cut, another encoding, something behind it."""
    text = said(document)
    at = chance.randrange(len(text))
    return chance.choice(
        [
            text[:at] + bytes([text[at] ^ 1 << chance.randrange(8)]) + text[at + 1 :],
            text[:at],
            text + b"%d" % chance.randrange(10**6),
            text + text,
            b"[" + text + b"]",
            text.decode().encode("utf-16"),
            text[:at] + b"\xc0\x80" + text[at:],
            text[:at] + b"\0" + text[at:],
            b"{" * chance.randint(1, 3000) + text,
            text.replace(b'"', b"'"),
        ]
    )


WAYS: tuple[Callable[[Document, random.Random], bytes], ...] = (
    words_changed,
    kind_changed,
    term_taken,
    term_added,
    term_moved,
    term_doubled,
    context_changed,
    proof_changed,
    status_changed,
    signed_otherwise,
    letters_changed,
)


def altered(document: Document, way: int, chance: random.Random) -> bytes:
    """Alter a credential in one of the ways."""
    return WAYS[way % len(WAYS)](copy.deepcopy(document), chance)


def means_the_same(text: bytes, document: Document) -> bool:
    """Tell whether it is the same credential all the same: spaces, escapes and order mean nothing in JSON."""
    try:
        return read(text) == document
    except NotACredential:
        return False
