"""The one door through which statements enter the log."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lrs import metrics
from storage import statements
from storage.database import Tx
from storage.statements import StatementRow

CLIENT_ASSERTED = "client-asserted"
"""A lesson says so about itself: a claim, and rules can ask for more."""

VERSION = "1.0.3"


@dataclass(frozen=True, slots=True)
class Source:
    """Who stands behind statements: the authority they get, their provenance, the key they came with."""

    authority: dict[str, Any]
    provenance: str
    credential_id: UUID | None = None


def append(tx: Tx, said: Sequence[dict[str, Any]], source: Source) -> list[UUID]:
    """Append statements that are ours and complete; those the log has already are left as they are, so that a retry is harmless."""
    ids = [UUID(statement["id"]) for statement in said]
    known = statements.existing(tx, ids)
    stored = datetime.now(UTC)
    rows = [_row(statement, stored, source) for statement in said if UUID(statement["id"]) not in known]
    statements.append(tx, rows)
    metrics.STATEMENTS.labels(source.provenance).inc(len(rows))
    return ids


def _row(statement: dict[str, Any], stored: datetime, source: Source) -> StatementRow:
    moment = stored.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    whole = {"timestamp": moment} | statement | {"stored": moment, "authority": source.authority, "version": VERSION}
    registration = statement.get("context", {}).get("registration")
    return StatementRow(
        id=UUID(statement["id"]),
        stored=stored,
        actor=actor_key(statement["actor"]),
        verb=statement["verb"]["id"],
        activity=statement["object"].get("id"),
        registration=None if registration is None else UUID(registration),
        provenance=source.provenance,
        credential_id=source.credential_id,
        payload=json.dumps(whole, ensure_ascii=False, separators=(",", ":")),
    )


def actor_key(actor: dict[str, Any]) -> str:
    """Write an actor's account as one text: the name, and the home page in which it is a name."""
    account = actor["account"]
    return f"account {account['name']} {account['homePage']}"


def actor_of(account_id: UUID, home_page: str) -> dict[str, Any]:
    """Describe one of our accounts as an actor: a random id, never a name."""
    return {"objectType": "Agent", "account": {"homePage": home_page, "name": str(account_id)}}


def account_of(key: str, home_page: str) -> UUID | None:
    """Tell which of our accounts an actor is."""
    kind, _, rest = key.partition(" ")
    name, _, home = rest.partition(" ")
    if kind != "account" or home != home_page:
        return None
    try:
        return UUID(name)
    except ValueError:
        return None
