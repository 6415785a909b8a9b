"""What comes with a request for the Statements resource: statements, and the data attached to them (xAPI Communication 1.5).

The statements are read first; then the data goes by, piece by piece, into the spool, and from there into the object store once nothing is
left that the request could be refused for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import request

from lrs import metrics
from lrs.resources import bodies
from lrs.resources.spool import Spool
from lrs.services import services
from lrs.xapi import attachments, multipart, signature
from lrs.xapi.errors import Invalid, TooLarge, shown
from lrs.xapi.statement import Statement, parse, parse_one
from lrs.xapi.version import Version
from storage.blobs import BlobMissing, Blobs

JSON = "application/json"

SIGNATURE = 4 * 1024 * 1024
"""The longest signature: it holds a statement."""

_TYPES = "1.0.3 Communication 1.5; 2.0 4.1.3"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Statements that are valid, and the data of their attachments."""

    statements: list[Statement]
    spool: Spool

    @contextmanager
    def unpacked(self, space: int) -> Iterator[None]:
        """Put the data into the object store, once however often it comes; in the block the row is written that names it.

        What this request stored stays where it is if the row is refused or its fate unknown: another may count on it by now.
        """
        new = 0
        try:
            for sha2 in self.spool:
                new += self._put(place(space, sha2), sha2)
            yield
        except BaseException:
            metrics.ATTACHMENTS.labels("unnamed").inc(new)
            raise

    def _put(self, key: str, sha2: str) -> bool:
        """Store data, and tell whether it was new."""
        blobs = services().blobs
        there = _is_there(blobs, key, self.spool.size(sha2))
        if not there:
            blobs.put(key, self.spool.open(sha2))
        metrics.ATTACHMENTS.labels("there" if there else "stored").inc()
        return not there


def place(space: int, sha2: str) -> str:
    """Name the place of an attachment's data in the object store."""
    return f"spaces/{space}/attachments/{sha2}"


@contextmanager
def opened(version: Version, *, one: bool = False) -> Iterator[Parcel]:
    """Read the request's body, and hold what came with it; `one` refuses a batch."""
    config = services().config
    kind = multipart.media_type(request.content_type)
    with Spool(config.attachment_limit) as spool:
        if kind == multipart.MIXED:
            source = bodies.stream(config.body_limit + config.attachment_limit)
            parts = multipart.read(request.headers["Content-Type"], source)
            data = attachments.statements_of(parts, config.body_limit)
        elif kind == JSON:
            parts, data = iter(()), bodies.body()
        else:
            # Statements come as JSON, or in the first part of multipart/mixed (1.5).
            raise Invalid("Content-Type", shown(kind), "application/json or multipart/mixed", _TYPES)
        statements = [parse_one(data, version)] if one else parse(data, version)
        for sha2, pieces in attachments.match(statements, parts):
            spool.add(sha2, pieces)
        for statement in statements:
            signature.verify(statement, {sha2: _signature(spool, sha2) for sha2 in signature.of(statement, spool)})
        yield Parcel(statements, spool)


def _signature(spool: Spool, sha2: str) -> bytes:
    if spool.size(sha2) > SIGNATURE:
        raise TooLarge("a signature's length in bytes", SIGNATURE)
    return spool.open(sha2).read(SIGNATURE)


def _is_there(blobs: Blobs, key: str, size: int) -> bool:
    try:
        return blobs.stat(key).size == size
    except BlobMissing:
        return False
