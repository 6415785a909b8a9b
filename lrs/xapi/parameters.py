"""Parameters of requests, held to the same standards as values of their type in statements (Data 2.2, Communication 2; 2.0: 4.1.6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from lrs.xapi import actors, serialization, validation
from lrs.xapi.errors import NOTHING, Invalid, short, shown
from lrs.xapi.values import is_iri, is_timestamp, is_uuid, moment
from lrs.xapi.version import Version

_SECTION = "1.0.3 Data 2.2, Communication 2; 2.0 4.1.6"
_DIGITS = 18


def only(pairs: Iterable[tuple[str, str]], allowed: frozenset[str]) -> dict[str, str]:
    """Gather the parameters of a request, refusing one that is not known to its resource or comes twice."""
    found: dict[str, str] = {}
    for name, value in pairs:
        # A key that the specification does not name, or names in another case, is refused (Data 2.2).
        if name not in allowed:
            raise Invalid(short(name), shown(value), f"one of {', '.join(sorted(allowed))}", _SECTION)
        if name in found:
            raise Invalid(name, "two values", "each parameter once", _SECTION)
        found[name] = value
    return found


def required(parameters: dict[str, str], name: str) -> str:
    """Give a parameter that the resource cannot do without."""
    if name not in parameters:
        raise Invalid(name, NOTHING, "this parameter", _SECTION)
    return parameters[name]


def agent(name: str, text: str) -> dict[str, Any]:
    """Read an Agent: one identifier, and no group (Communication 2.4)."""
    return _actor(name, text, "agent")


def actor(name: str, text: str) -> dict[str, Any]:
    """Read an Agent or an Identified Group (Communication 2.1.3, 2.3)."""
    found = _actor(name, text, "actor")
    # A group without an identifier cannot be looked for (Communication 2.1.3, agent).
    if actors.key(found) is None:
        raise Invalid(name, shown(found), "an Agent or an Identified Group", "1.0.3 Communication 2.1.3; 2.0 4.1.6.1")
    return found


def iri(name: str, text: str) -> str:
    """Read an IRI."""
    if not is_iri(text):
        raise Invalid(name, shown(text), "an IRI with its scheme", _SECTION)
    return text


def uuid(name: str, text: str) -> UUID:
    """Read a UUID."""
    if not is_uuid(text):
        raise Invalid(name, shown(text), "a UUID in its standard form", _SECTION)
    return UUID(text)


def timestamp(name: str, text: str, version: Version) -> datetime:
    """Read a timestamp, as the version of the request takes it."""
    if not is_timestamp(text, strict=version is Version.V2):
        raise Invalid(name, shown(text), "a timestamp such as 2026-01-31T08:00:00.000Z", _SECTION)
    return moment(text)


def text(name: str, given: str) -> str:
    """Read a string, such as the id of a document; NUL is no character that a database keeps."""
    if "\0" in given:
        raise Invalid(name, shown(given), "a string without NUL", _SECTION)
    return given


def boolean(name: str, text: str) -> bool:
    """Read a boolean, written as in JSON (Communication 2.1.3, note)."""
    if text not in {"true", "false"}:
        raise Invalid(name, shown(text), "true or false", "1.0.3 Communication 2.1.3; 2.0 4.1.6.1")
    return text == "true"


def count(name: str, text: str) -> int:
    """Read a nonnegative integer."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise Invalid(
            name,
            shown(text),
            f"a nonnegative integer of at most {_DIGITS} digits",
            "1.0.3 Communication 2.1.3; 2.0 4.1.6.1",
        )
    return int(text)


def _actor(name: str, text: str, definition: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = serialization.read(text.encode())
        validation.check(found, definition)
    except Invalid as wrong:
        raise wrong.under(name) from None
    except UnicodeEncodeError:
        raise Invalid(name, "a text that is not Unicode", "well-formed JSON in UTF-8", _SECTION) from None
    return found
