"""Attachments: the data that comes and goes with statements (Data 2.4.11, Communication 1.5; 2.0: 4.2.2.6, 4.1.3).

It is told apart by its hash alone.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from lrs.xapi.errors import NOTHING, Invalid, shown
from lrs.xapi.multipart import Part, media_type
from lrs.xapi.statement import Statement

HASH = "X-Experience-API-Hash"
ENCODING = "Content-Transfer-Encoding"
BINARY = "binary"

_SECTION = "1.0.3 Communication 1.5.2; 2.0 4.1.3"
_ALGORITHMS = {56: hashlib.sha224, 64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}


def of(statement: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """List the attachments of a statement and of its SubStatement, each with its path."""
    for at, attachment in enumerate(statement.get("attachments", ())):
        yield f"$.attachments[{at}]", attachment
    if statement["object"].get("objectType") == "SubStatement":
        for at, attachment in enumerate(statement["object"].get("attachments", ())):
            yield f"$.object.attachments[{at}]", attachment


def statements_of(parts: list[Part]) -> bytes:
    """Give the content of the first part, which holds the statements."""
    # The first part is there, and is JSON (Communication 1.5.2).
    if not parts:
        raise Invalid("body", NOTHING, "a first part that holds the statements", _SECTION)
    kind = parts[0].headers.get("content-type")
    if media_type(kind) != "application/json":
        raise Invalid(
            "part 1", NOTHING if kind is None else shown(kind), "application/json in the first part", _SECTION
        )
    return parts[0].content


def check(statements: Iterable[Statement], parts: Iterable[Part] = ()) -> dict[str, Part]:
    """Match the parts after the first with what the statements attach, and give each part under its hash, once."""
    sent: dict[str, Part] = {}
    for at, part in enumerate(parts, start=2):
        sent[_hash(part, f"part {at}")] = part
    announced = [(path, attachment) for statement in statements for path, attachment in of(statement.value)]
    for path, attachment in announced:
        # What is attached is sent along, or can be fetched elsewhere (Communication 1.5.2).
        if attachment["sha2"].lower() not in sent and "fileUrl" not in attachment:
            raise Invalid(
                path, shown(attachment["sha2"]), "a part of the request with this hash, or a fileUrl", _SECTION
            )
    known = {attachment["sha2"].lower() for _, attachment in announced}
    for sha2 in sent:
        # Each part after the first is an attachment of one of the statements (Communication 1.5.2).
        if sha2 not in known:
            raise Invalid(HASH, shown(sha2), "the hash of an attachment in the statements", _SECTION)
    return sent


def part(content: bytes, sha2: str, kind: str) -> Part:
    """Write an attachment's data as a part of a response."""
    return Part({"Content-Type": kind, ENCODING: BINARY, HASH: sha2}, content)


def digest(content: bytes, like: str) -> str:
    """Hash an attachment's data with the member of the SHA-2 family that a hash is from: its length tells."""
    return _ALGORITHMS[len(like)](content).hexdigest()


def _hash(part: Part, place: str) -> str:
    encoding = part.headers.get(ENCODING.lower())
    # Each part after the first says that it is binary (Communication 1.5.2).
    if encoding is None or encoding.lower() != BINARY:
        raise Invalid(place, NOTHING if encoding is None else shown(encoding), f"{ENCODING}: {BINARY}", _SECTION)
    given = part.headers.get(HASH.lower())
    # Each part after the first carries its hash (Communication 1.5.2), and is what the hash says (1.5.2, procedure).
    if given is None or len(given) not in _ALGORITHMS:
        raise Invalid(
            place, NOTHING if given is None else shown(given), f"{HASH}: a SHA-2 hash in hexadecimal digits", _SECTION
        )
    sha2 = given.lower()
    if digest(part.content, sha2) != sha2:
        raise Invalid(place, shown(given), "the hash of its content", _SECTION)
    return sha2
