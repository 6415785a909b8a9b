"""Statements: read from a request, checked, and completed with what the record itself says (Data 2.4; 2.0: 4.2.2, 4.2.4.2)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from lrs.xapi import rules, serialization, spans, validation
from lrs.xapi.errors import Invalid, TooLarge, shown
from lrs.xapi.spans import Span
from lrs.xapi.values import in_utc
from lrs.xapi.version import Version

CONTAINERS = 10_000
"""Objects and arrays in one statement: a group of some thousand members fits, a group of a million does not."""

STATEMENTS = 10_000
"""Statements in one batch: what is kept of each takes far more memory than its text."""

_DEFINITIONS = {Version.V1: "statement-1.0", Version.V2: "statement-2.0"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A valid statement: its text exactly as it was sent, and what that text says."""

    id: UUID | None
    text: str
    value: dict[str, Any]
    version: Version


def parse(raw: bytes, version: Version) -> list[Statement]:
    """Read the body of POST statements: one statement, or a batch of them that is valid as a whole or not at all."""
    value = serialization.read(raw)
    if not isinstance(value, list):
        return [_statement(raw.decode().strip(), value, version)]
    if len(value) > STATEMENTS:
        raise TooLarge("the number of statements in a batch", STATEMENTS)
    batch: list[Statement] = []
    for at, (text, each) in enumerate(zip(_texts(raw, value), value, strict=True)):
        try:
            batch.append(_statement(text, each, version))
        except Invalid as wrong:
            raise wrong.under(f"$[{at}]") from None
    _check_ids(batch)
    return batch


def parse_one(raw: bytes, version: Version) -> Statement:
    """Read the body of PUT statements, or one statement from elsewhere: no batch."""
    value = serialization.read(raw)
    return _statement(raw.decode().strip(), value, version)


def check_id(statement: Statement, wanted: UUID) -> None:
    """Refuse a statement that is put under another id than its own."""
    # The id in the statement is the one in the parameter, or is left out (Communication 2.1.1).
    if statement.id not in {None, wanted}:
        asks = f"the statementId of the request, {wanted}"
        raise Invalid("$.id", shown(str(statement.id)), asks, "1.0.3 Communication 2.1.1; 2.0 4.1.6.1")


def complete(statement: Statement, statement_id: UUID, stored: str, authority: str) -> str:
    """Write a statement as it is kept: the text that was sent, with id, stored, authority, version and timestamp in it.

    The authority is given as JSON, the time of storage as it is to be written. `stored` and `authority` are the record's own
    whatever the client sent; id, version and timestamp are set only where they are missing. In 2.0 a timestamp of another zone is
    converted to UTC.
    """
    value = statement.value
    added = "" if "id" in value else f',"id":"{statement_id}"'
    if "version" not in value:
        added += f',"version":"{statement.version.default}"'
    if "timestamp" not in value:
        added += f',"timestamp":"{stored}"'
    if "stored" not in value:
        added += f',"stored":"{stored}"'
    if "authority" not in value:
        added += f',"authority":{authority}'
    text = _with_replaced(statement, {"stored": f'"{stored}"', "authority": authority})
    return f"{text[:-1]}{added}}}"


def _statement(text: str, value: Any, version: Version) -> Statement:
    # Counting in the text is quick, but takes braces within strings for objects.
    if len(text) > CONTAINERS and text.count("{") + text.count("[") > CONTAINERS:
        _check_size(value)
    validation.check(value, _DEFINITIONS[version])
    rules.check(value)
    return Statement(UUID(value["id"]) if "id" in value else None, text, value, version)


def _check_size(value: Any) -> None:
    if sum(len(level) for level in serialization.levels(value)) > CONTAINERS:
        raise TooLarge("the number of objects and arrays in a statement", CONTAINERS)


def _texts(raw: bytes, values: list[Any]) -> list[str]:
    """Cut a batch into the texts of its statements; a text that is written as we would write it is found without looking."""
    texts: list[str] = []
    at = raw.index(b"[") + 1
    for value in values:
        text = orjson.dumps(value)
        if not raw.startswith(text, at):
            whole = raw.decode()
            return [whole[span.start : span.end] for span in spans.elements(whole, whole.index("["))]
        texts.append(text.decode())
        at += len(text) + 1
    return texts


def _check_ids(batch: list[Statement]) -> None:
    seen: dict[UUID, int] = {}
    for at, statement in enumerate(batch):
        if statement.id is None:
            continue
        # No two statements of a batch have the same id (2.0 4.1.6.1); 1.0.3 leaves open what would become of the second.
        if statement.id in seen:
            asks = f"an id that the batch has once, and $[{seen[statement.id]}] has it"
            raise Invalid(f"$[{at}].id", shown(str(statement.id)), asks, "1.0.3 Communication 2.1.2; 2.0 4.1.6.1")
        seen[statement.id] = at


def _with_replaced(statement: Statement, ours: dict[str, str]) -> str:
    """Replace what is the record's to say or to rewrite; nearly always there is nothing of it."""
    text, value, version = statement.text, statement.value, statement.version
    sub = _to_rewrite(value["object"], version)
    if not sub and not _to_rewrite(value, version) and not any(name in value for name in ours):
        return text
    places = spans.members(text)
    changes = [(places[name], new) for name, new in ours.items() if name in value]
    changes += _rewritten(text, value, places, version)
    if sub:
        changes += _rewritten(text, value["object"], spans.members(text, places["object"].start), version)
    return spans.spliced(text, changes)


def _to_rewrite(said: dict[str, Any], version: Version) -> bool:
    return bool(_alone(said)) or _local(said, version)


def _rewritten(text: str, said: dict[str, Any], places: dict[str, Span], version: Version) -> list[tuple[Span, str]]:
    changes: list[tuple[Span, str]] = []
    if _local(said, version):
        changes.append((places["timestamp"], f'"{in_utc(said["timestamp"])}"'))
    if alone := _alone(said):
        context = spans.members(text, places["context"].start)
        groups = spans.members(text, context["contextActivities"].start)
        changes += [(groups[role], f"[{text[groups[role].start : groups[role].end]}]") for role in alone]
    return changes


def _local(said: dict[str, Any], version: Version) -> bool:
    """Tell whether a timestamp is to be converted: 2.0 returns timestamps in UTC (4.2.7), 1.0.3 only recommends it (Data 4.5)."""
    return version is Version.V2 and "timestamp" in said and said["timestamp"][-1] not in "Zz"


def _alone(said: dict[str, Any]) -> list[str]:
    """Name the context activities that came as one object: they are returned as a list of one (Data 2.4.6.2)."""
    if "context" not in said or "contextActivities" not in said["context"]:
        return []
    return [role for role, group in said["context"]["contextActivities"].items() if isinstance(group, dict)]
