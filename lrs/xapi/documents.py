"""Documents of states and profiles: merging, and who may overwrite what (Communication 2.2, 3.1; 2.0: 4.1.4, 4.1.6)."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

import orjson

from lrs.xapi import serialization, spans
from lrs.xapi.errors import NOTHING, Conflict, Invalid, PreconditionFailed, short
from lrs.xapi.multipart import media_type
from lrs.xapi.version import Version

JSON = "application/json"

_MERGE = "1.0.3 Communication 2.2; 2.0 4.1.6"
_CONCURRENCY = "1.0.3 Communication 3.1; 2.0 4.1.4"
_TAG = re.compile(r'(?:W/)?"([^"]*)"|([^\s,"]+)')
_ANY = "*"


class Resource(StrEnum):
    """The resources that keep documents."""

    STATE = "state"
    AGENT_PROFILE = "agent profile"
    ACTIVITY_PROFILE = "activity profile"


class Method(StrEnum):
    """The methods that change documents."""

    PUT = "PUT"
    POST = "POST"
    DELETE = "DELETE"


@dataclass(frozen=True, slots=True)
class Precondition:
    """What a request's headers take the document for."""

    if_match: str | None = None
    if_none_match: str | None = None


def etag(content: bytes) -> str:
    """Write the ETag of a document: its SHA-1 in hexadecimal digits, quoted (Communication 3.1)."""
    return f'"{hashlib.sha1(content, usedforsecurity=False).hexdigest()}"'


def check(method: Method, resource: Resource, version: Version, current: str | None, asked: Precondition) -> None:
    """Refuse to change a document that is not what the request takes it for; `current` is its ETag, if there is one.

    | | no document | a document |
    |---|---|---|
    | If-Match: a tag, or * | 412 | 412 unless it is the document's, or * |
    | If-None-Match: *, or a tag | | 412 if it is the document's, or * |
    | PUT with neither, 1.0.3 state | | |
    | PUT with neither, 1.0.3 profiles | 400 | 409 |
    | PUT with neither, 2.0 | | 409 |
    | POST or DELETE with neither | | |
    """
    # A document that was changed meanwhile is not overwritten or removed (3.1; 2.0 4.1.4 asks it of all three methods).
    if asked.if_match is not None and not _has(asked.if_match, current):
        raise PreconditionFailed(
            "the document is not, or no longer, the one that If-Match names; get it and look at its ETag"
        )
    # A document that the client does not know of is not overwritten (3.1).
    if asked.if_none_match is not None and _has(asked.if_none_match, current):
        raise PreconditionFailed(
            "there is a document already, which If-None-Match rules out; get it and look at its ETag"
        )
    if method is not Method.PUT or asked != Precondition():
        return
    # State changes rarely meet: in 1.0.3 they need no precondition (3.1).
    if version is Version.V1 and resource is Resource.STATE:
        return
    # What exists is not overwritten without a word about what was expected (3.1).
    if current is not None:
        raise Conflict(
            "there is a document already; check its current state, and send its ETag in If-Match to replace it"
        )
    # In 1.0.3 a profile is never put without a precondition (3.1).
    if version is Version.V1:
        raise Invalid("If-Match", NOTHING, "If-Match, or If-None-Match: *", _CONCURRENCY)


def check_posted(content: bytes, content_type: str) -> None:
    """Refuse a document that is posted as JSON and is no JSON object; posted where nothing is, it is kept as it came."""
    if media_type(content_type) == JSON:
        _members(content, "the posted document")


def merge(existing: bytes, existing_type: str, posted: bytes, posted_type: str) -> bytes:
    """Merge a posted document into the existing one: top-level properties only, each as it was written (2.2)."""
    for name, kind in (("the existing document", existing_type), ("the posted document", posted_type)):
        # Only JSON can be merged (2.2).
        if media_type(kind) != JSON:
            raise Invalid(name, short(kind), "application/json, or else PUT", _MERGE)
    merged = _members(existing, "the existing document") | _members(posted, "the posted document")
    return b"{" + b",".join(orjson.dumps(name) + b":" + text.encode() for name, text in merged.items()) + b"}"


def _members(content: bytes, name: str) -> dict[str, str]:
    """Take a JSON object apart into the texts of its properties: they are moved, never written anew."""
    try:
        value = serialization.read(content)
    except Invalid as wrong:
        raise wrong.under(name) from None
    # Both sides are JSON objects (2.2).
    if not isinstance(value, dict):
        raise Invalid(name, f"a JSON {type(value).__name__}", "a JSON object", _MERGE)
    text = content.decode().lstrip()
    return {member: text[span.start : span.end] for member, span in spans.members(text).items()}


def _has(header: str, current: str | None) -> bool:
    """Tell whether a header of tags has the document's; proxies make tags weak, and old clients leave the quotes away."""
    if current is None:
        return False
    if header.strip() == _ANY:
        return True
    return current.strip('"') in {quoted or bare for quoted, bare in _TAG.findall(header)}
