"""The one door through which statements enter the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import orjson

from lrs import metrics
from lrs.access import Caller
from lrs.xapi import actors, equality, references
from lrs.xapi import definitions as spoken
from lrs.xapi.errors import Otherwise
from lrs.xapi.statement import Statement, complete, parse_one
from lrs.xapi.version import Version
from storage import definitions, related, statements
from storage.database import Database, Tx
from storage.definitions import Definition
from storage.statements import MOMENT, Entry

CLIENT_ASSERTED = "client-asserted"
"""A page says so, a lesson about itself or one whose key everybody can read: a claim, and rules can ask for more."""

PARTNER_ASSERTED = "partner-asserted"
"""Another system says so, with a key of ours."""

STAFF_ASSERTED = "staff-asserted"
"""One of our people says so of another, signed in, by a button of ours."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who stands behind statements: the authority they get, their provenance, the key they came with, whether they may name activities."""

    authority: dict[str, Any]
    provenance: str
    credential_id: UUID | None = None
    defines: bool = True


_DEFINES = frozenset({"define", "all"})


def source_of(program: Caller, home_page: str) -> Source:
    """Name the authority of a program by its key's id: the key itself is half of what lets it in."""
    account = {"homePage": home_page, "name": str(program.credential_id)}
    return Source(
        {"objectType": "Agent", "account": account},
        PARTNER_ASSERTED if program.key.origins is None else CLIENT_ASSERTED,
        program.credential_id,
        defines=bool(program.scopes & _DEFINES),
    )


def append(tx: Tx, said: Sequence[dict[str, Any]], source: Source) -> list[UUID]:
    """Append statements that are our own; a retry is harmless."""
    return keep(tx, [parse_one(orjson.dumps(statement), Version.V1) for statement in said], source)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Statements ready to be written: what a transaction needs of them, so that it need not be open while they are prepared."""

    ids: list[UUID]
    said: dict[UUID, Statement]
    entries: list[Entry]
    definitions: list[Definition]
    provenance: str


def prepare(said: Sequence[Statement], source: Source, ids: Sequence[UUID] | None = None) -> Delivery:
    """Name statements that have no name yet, and work out everything that is kept of them but the moment."""
    named = list(ids) if ids is not None else [statement.id or uuid4() for statement in said]
    authority = orjson.dumps(source.authority).decode()
    new = dict(zip(named, said, strict=True))
    entries = [_entry(statement, statement_id, source, authority) for statement_id, statement in new.items()]
    return Delivery(named, new, entries, _definitions(said) if source.defines else [], source.provenance)


def keep(tx: Tx, said: Sequence[Statement], source: Source, ids: Sequence[UUID] | None = None) -> list[UUID]:
    """Keep statements, all or none: one that is there already and says the same is left as it is, one that says otherwise is a Conflict."""
    delivery = prepare(said, source, ids)
    write(tx, delivery)
    return delivery.ids


def write(tx: Tx, delivery: Delivery) -> None:
    """Write a delivery in a transaction."""
    kept = statements.append(tx, delivery.entries)
    definitions.add(
        tx, delivery.definitions, datetime.now(UTC)
    )  # after the ids, as in one message: nobody waits in a circle
    if kept < len(delivery.entries):
        check_same(tx, delivery.said)
    _count(delivery, kept)


def write_new(database: Database, space: int, deliveries: Sequence[Delivery]) -> None:
    """Write deliveries in one transaction of their own; AlreadyThere, and nothing is kept, if any of their ids is in the log."""
    entries = [entry for delivery in deliveries for entry in delivery.entries]
    given = [one for delivery in deliveries for one in delivery.definitions]
    with database.at_once(space) as tx:
        statements.append_all(tx, entries, given)
    for delivery in deliveries:
        _count(delivery, len(delivery.entries))


def _count(delivery: Delivery, kept: int) -> None:
    metrics.STATEMENTS.labels(delivery.provenance).inc(kept)


def check_same(tx: Tx, said: dict[UUID, Statement]) -> None:
    """Refuse another statement under an id that the log has (xAPI Communication 2.1.1), and note what differs and whose it is."""
    for statement_id, text in statements.texts(tx, list(said)).items():
        kept, given = orjson.loads(text), said[statement_id]
        if not equality.same(kept, given.value, given.version):
            found, row = equality.difference(kept, given.value, given.version), statements.find(tx, statement_id)
            says = "" if found is None else f"{found.path}: the record has {found.one}; sent was {found.other}"
            raise Otherwise(statement_id, says, None if row is None else row.credential_id)


def _entry(statement: Statement, statement_id: UUID, source: Source, authority: str) -> Entry:
    found = references.of(statement.value, source.authority)
    keys = {related.agent(each) for each in found.agents if each != found.actor}
    keys.update([related.related_agent(each) for each in found.related_agents if each != found.actor])
    keys.update([related.related_activity(each) for each in found.related_activities if each != found.activity])
    return Entry(
        id=statement_id,
        actor=found.actor or "",
        verb=found.verb,
        activity=found.activity,
        registration=found.registration,
        provenance=source.provenance,
        credential_id=source.credential_id,
        payload=complete(statement, statement_id, MOMENT, authority),
        target=found.target,
        voids=found.voids,
        keys=frozenset(keys),
    )


def _definitions(said: Any) -> list[Definition]:
    return [
        Definition(iri, orjson.dumps(definition, option=orjson.OPT_SORT_KEYS).decode())
        for statement in said
        for iri, definition in spoken.of(statement.value)
    ]


def actor_key(actor: dict[str, Any]) -> str:
    """Write who an actor is as one text; an anonymous group is nobody."""
    return actors.key(actor) or ""


def actor_of(account_id: UUID, home_page: str) -> dict[str, Any]:
    """Describe one of our accounts as an actor: a random id, never a name."""
    return {"objectType": "Agent", "account": {"homePage": home_page, "name": str(account_id)}}


@cache
def _our_accounts(home_page: str) -> str:
    """Write what the keys of all our accounts begin with."""
    nobody = UUID(int=0)
    return (actors.key(actor_of(nobody, home_page)) or "").removesuffix(str(nobody))


def account_of(key: str, home_page: str) -> UUID | None:
    """Tell which of our accounts an actor's key names."""
    ours = _our_accounts(home_page)
    if not key.startswith(ours):
        return None
    name = key.removeprefix(ours)
    try:
        found = UUID(name)
    except ValueError:
        return None
    return found if str(found) == name else None  # a name is a text: another spelling of the id is another name
