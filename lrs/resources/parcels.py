"""What comes with a request for the Statements resource: statements, and the data attached to them (xAPI Communication 1.5)."""

from dataclasses import dataclass

from flask import request

from lrs.resources.bodies import body
from lrs.services import services
from lrs.xapi import attachments, multipart, signature
from lrs.xapi.errors import Invalid, shown
from lrs.xapi.multipart import Part
from lrs.xapi.statement import Statement, parse, parse_one
from lrs.xapi.version import Version

JSON = "application/json"

_TYPES = "1.0.3 Communication 1.5; 2.0 4.1.3"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Statements that are valid, and the data of their attachments by hash."""

    statements: list[Statement]
    contents: dict[str, Part]

    def unpack(self, space: int) -> None:
        """Put the data into the object store: it lies there before a row names it, and a second time costs nothing."""
        for sha2, part in self.contents.items():
            services().blobs.put(place(space, sha2), part.content)


def place(space: int, sha2: str) -> str:
    """Name the place of an attachment's data in the object store."""
    return f"spaces/{space}/attachments/{sha2}"


def read(version: Version, *, one: bool = False) -> Parcel:
    """Read the request's body; `one` refuses a batch."""
    kind = multipart.media_type(request.content_type)
    data = body()
    if kind == multipart.MIXED:
        parts = multipart.parse(request.headers["Content-Type"], data)
        parcel = _parcel(attachments.statements_of(parts), parts, version, one=one)
    elif kind == JSON:
        parcel = _parcel(data, [], version, one=one)
    else:
        # Statements come as JSON, or in the first part of multipart/mixed (1.5).
        raise Invalid("Content-Type", shown(kind), "application/json or multipart/mixed", _TYPES)
    contents = {sha2: part.content for sha2, part in parcel.contents.items()}
    for statement in parcel.statements:
        signature.verify(statement, contents)
    return parcel


def _parcel(data: bytes, parts: list[Part], version: Version, *, one: bool) -> Parcel:
    statements = [parse_one(data, version)] if one else parse(data, version)
    return Parcel(statements, attachments.check(statements, parts[1:]))
