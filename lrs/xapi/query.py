"""Queries: what GET statements is asked for (Communication 2.1.3; 2.0: 4.1.6.1). A `StatementQuery` is valid once it is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lrs.xapi import parameters
from lrs.xapi.errors import Invalid, shown
from lrs.xapi.formats import CANONICAL, EXACT, IDS
from lrs.xapi.version import Version

_SECTION = "1.0.3 Communication 2.1.3; 2.0 4.1.6.1"
_SINGLE = frozenset({"statementId", "voidedStatementId"})
_BESIDE_SINGLE = frozenset({"format", "attachments"})
_FILTERS = frozenset(
    {
        "agent",
        "verb",
        "activity",
        "registration",
        "related_activities",
        "related_agents",
        "since",
        "until",
        "limit",
        "ascending",
    }
)
NAMES = _SINGLE | _BESIDE_SINGLE | _FILTERS
"""Every parameter of GET statements."""


@dataclass(frozen=True, slots=True)
class StatementQuery:
    """One statement by its id, or those that pass all filters; a limit of 0 leaves the number to the record."""

    statement_id: UUID | None = None
    voided_statement_id: UUID | None = None
    agent: dict[str, Any] | None = None
    verb: str | None = None
    activity: str | None = None
    registration: UUID | None = None
    related_activities: bool = False
    related_agents: bool = False
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 0
    format: str = EXACT
    attachments: bool = False
    ascending: bool = False

    @property
    def single(self) -> UUID | None:
        """The one statement that is asked for, voided or not."""
        return self.statement_id or self.voided_statement_id


def parse(pairs: Iterable[tuple[str, str]], version: Version) -> StatementQuery:
    """Read the parameters of GET statements."""
    given = parameters.only(pairs, NAMES)
    # One statement is asked for in one way (Communication 2.1.3).
    if given.keys() >= _SINGLE:
        raise Invalid("voidedStatementId", shown(given["voidedStatementId"]), "it without statementId", _SECTION)
    single = next(iter(given.keys() & _SINGLE), None)
    surplus = sorted(given.keys() & _FILTERS)
    # Beside the id of one statement there is nothing to filter (Communication 2.1.3).
    if single is not None and surplus:
        raise Invalid(surplus[0], shown(given[surplus[0]]), f"only format and attachments beside {single}", _SECTION)
    return StatementQuery(
        statement_id=_uuid(given, "statementId"),
        voided_statement_id=_uuid(given, "voidedStatementId"),
        agent=parameters.actor("agent", given["agent"]) if "agent" in given else None,
        verb=_iri(given, "verb"),
        activity=_iri(given, "activity"),
        registration=_uuid(given, "registration"),
        related_activities=_boolean(given, "related_activities"),
        related_agents=_boolean(given, "related_agents"),
        since=_timestamp(given, "since", version),
        until=_timestamp(given, "until", version),
        limit=parameters.count("limit", given["limit"]) if "limit" in given else 0,
        format=_format(given),
        attachments=_boolean(given, "attachments"),
        ascending=_boolean(given, "ascending"),
    )


def _uuid(given: dict[str, str], name: str) -> UUID | None:
    return parameters.uuid(name, given[name]) if name in given else None


def _iri(given: dict[str, str], name: str) -> str | None:
    return parameters.iri(name, given[name]) if name in given else None


def _boolean(given: dict[str, str], name: str) -> bool:
    return name in given and parameters.boolean(name, given[name])


def _timestamp(given: dict[str, str], name: str, version: Version) -> datetime | None:
    return parameters.timestamp(name, given[name], version) if name in given else None


def _format(given: dict[str, str]) -> str:
    wanted = given.get("format", EXACT)
    if wanted not in {IDS, EXACT, CANONICAL}:
        raise Invalid("format", shown(wanted), "ids, exact or canonical", _SECTION)
    return wanted
