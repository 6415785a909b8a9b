"""Attachments: the data that comes and goes with statements (Data 2.4.11, Communication 1.5; 2.0: 4.2.2.6, 4.1.3).

It is told apart by its hash alone.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from lrs.xapi.errors import NOTHING, Invalid, TooLarge, shown
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


def statements_of(parts: Iterator[Part], most: int) -> bytes:
    """Give the content of the first part, which holds the statements."""
    first = next(parts, None)
    # The first part is there, and is JSON (Communication 1.5.2).
    if first is None:
        raise Invalid("body", NOTHING, "a first part that holds the statements", _SECTION)
    kind = first.headers.get("content-type")
    if media_type(kind) != "application/json":
        raise Invalid(
            "part 1", NOTHING if kind is None else shown(kind), "application/json in the first part", _SECTION
        )
    pieces, size = [], 0
    for piece in first.content:
        size += len(piece)
        if size > most:
            raise TooLarge("the first part's length in bytes", most)
        pieces.append(piece)
    return b"".join(pieces)


def match(statements: Iterable[Statement], parts: Iterable[Part] = ()) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Match the parts after the first with what the statements attach: give the hash of each, and its data.

    Data that is other than its hash says is refused at its end, and what is missing after the last.
    """
    announced = [(path, attachment) for statement in statements for path, attachment in of(statement.value)]
    known = {attachment["sha2"].lower() for _, attachment in announced}
    sent = set()
    for at, each in enumerate(parts, start=2):
        sha2 = _hash(each, f"part {at}")
        # Each part after the first is an attachment of one of the statements (Communication 1.5.2).
        if sha2 not in known:
            raise Invalid(HASH, shown(sha2), "the hash of an attachment in the statements", _SECTION)
        data = _checked(each.content, sha2, f"part {at}")
        yield sha2, data
        sent.add(sha2)
        for _ in data:
            pass  # so that it is checked whoever wanted it
    for path, attachment in announced:
        # What is attached is sent along, or can be fetched elsewhere (Communication 1.5.2).
        if attachment["sha2"].lower() not in sent and "fileUrl" not in attachment:
            raise Invalid(
                path, shown(attachment["sha2"]), "a part of the request with this hash, or a fileUrl", _SECTION
            )


def part(content: Iterable[bytes], sha2: str, kind: str) -> Part:
    """Write an attachment's data as a part of a response."""
    return Part({"Content-Type": kind, ENCODING: BINARY, HASH: sha2}, content)


def _checked(pieces: Iterable[bytes], sha2: str, place: str) -> Iterator[bytes]:
    """Pass data on, and refuse it at its end if it is not what its hash says (1.5.2, procedure); a hash's length tells its algorithm."""
    found = _ALGORITHMS[len(sha2)]()
    for piece in pieces:
        found.update(piece)
        yield piece
    if found.hexdigest() != sha2:
        raise Invalid(place, shown(sha2), "the hash of its content", _SECTION)


def _hash(part: Part, place: str) -> str:
    encoding = part.headers.get(ENCODING.lower())
    # Each part after the first says that it is binary (Communication 1.5.2).
    if encoding is None or encoding.lower() != BINARY:
        raise Invalid(place, NOTHING if encoding is None else shown(encoding), f"{ENCODING}: {BINARY}", _SECTION)
    given = part.headers.get(HASH.lower())
    # Each part after the first carries its hash (Communication 1.5.2).
    if given is None or len(given) not in _ALGORITHMS:
        raise Invalid(
            place, NOTHING if given is None else shown(given), f"{HASH}: a SHA-2 hash in hexadecimal digits", _SECTION
        )
    return given.lower()
