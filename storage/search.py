"""Finding statements: filters in, rows out, newest first, voided ones left out.

A filter is met by a statement itself, or by one that its target leads to (xAPI Communication 2.1.3). Each way to meet it is a query of its
own that walks one index and stops at the limit; their union is cut again. docs/record.md tells why.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, literal_column, or_, select, true, union
from sqlalchemy.sql.selectable import NamedFromClause

from storage.database import Tx
from storage.keys import key
from storage.order import SETTLED
from storage.related import agent, related, related_activity, related_agent, voided
from storage.statements import statement_ids, statements

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the log."""

    limit: int
    ascending: bool = False
    cursor: int | None = None
    agent: str | None = None
    related_agents: bool = False
    verb: str | None = None
    activity: str | None = None
    related_activities: bool = False
    registration: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    credential_id: UUID | None = None

    @property
    def filtered(self) -> bool:
        """Whether a statement's target could meet what the statement itself does not."""
        return any(part is not None for part in (self.agent, self.verb, self.activity, self.registration))


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found: its place, its time, its text."""

    seq: int
    stored: datetime
    payload: str


def search(tx: Tx, wanted: Wanted) -> list[Hit]:
    """Find statements, as many as the limit says at most."""
    ways = [
        _itself(tx, wanted, agent_way, activity_way)
        for agent_way in _agent_ways(wanted)
        for activity_way in _activity_ways(wanted)
    ]
    if wanted.filtered and _any_targets(tx):
        ways.append(_through_target(tx, wanted))
    places = union(*(select(*way.subquery().c) for way in ways)).subquery()
    query = select(statements.c.seq, statements.c.stored, statements.c.payload).join(
        places,
        # The time of storage names the one part of the log to look into.
        (statements.c.seq == places.c.seq) & (statements.c.stored == places.c.stored),
    )
    query = query.where(statements.c.space_id == tx.space)
    return [Hit(*row) for row in tx.run(_cut(query, statements.c.seq, wanted))]


def is_voided(tx: Tx, statement_id: UUID) -> bool:
    """Tell whether a statement is voided; a voiding one never is (xAPI Data 2.3.2)."""
    found = statements.alias("found")
    query = (
        select(found.c.seq).join(statement_ids, _is(found)).where(statement_ids.c.id == statement_id, ~_visible(found))
    )
    return tx.run(query.where(statement_ids.c.space_id == tx.space)).first() is not None


class _Way:
    """One way to meet a filter: a condition on a column, or a key that the statement is related by."""

    def __init__(self, column: str | None = None, value: UUID | None = None, related_key: UUID | None = None) -> None:
        self.column = column
        self.value = value
        self.related_key = related_key


def _agent_ways(wanted: Wanted) -> list[_Way]:
    if wanted.agent is None:
        return [_Way()]
    elsewhere = related_agent(wanted.agent) if wanted.related_agents else agent(wanted.agent)
    return [_Way("actor_key", key(wanted.agent)), _Way(related_key=elsewhere)]


def _activity_ways(wanted: Wanted) -> list[_Way]:
    if wanted.activity is None:
        return [_Way()]
    itself = [_Way("activity_key", key(wanted.activity))]
    return [*itself, _Way(related_key=related_activity(wanted.activity))] if wanted.related_activities else itself


def _itself(tx: Tx, wanted: Wanted, *ways: _Way) -> Select[Any]:
    """Find the statements that meet the filter themselves, in one way for each of its parts."""
    found = statements.alias("found")
    query = select(found.c.seq, found.c.stored).where(*_window(tx, found, wanted), *_columns(found, wanted))
    for way in ways:
        if way.column is not None:
            query = query.where(found.c[way.column] == way.value)
        elif way.related_key is not None:
            link = related.alias()
            query = query.join(link, (link.c.space_id == found.c.space_id) & (link.c.seq == found.c.seq))
            query = query.where(link.c.space_id == tx.space, link.c.key == way.related_key)
    return _cut(query, found.c.seq, wanted)


def _through_target(tx: Tx, wanted: Wanted) -> Select[Any]:
    """Find the statements whose target, or the target of that, meets the filter."""
    found = statements.alias("found")
    first = select(found.c.seq, found.c.stored, found.c.target)
    reach = first.where(found.c.target.is_not(None), *_window(tx, found, wanted)).cte("reach", recursive=True)
    between, name = statements.alias("between"), statement_ids.alias("name")
    further = select(reach.c.seq, reach.c.stored, between.c.target).join(name, name.c.id == reach.c.target)
    further = further.join(between, _is(between, name)).where(
        name.c.space_id == tx.space, between.c.target.is_not(None)
    )
    reach = reach.union(further)  # not union all: statements may refer to one another in a circle
    end, name = statements.alias("end"), statement_ids.alias("end_name")
    query = select(reach.c.seq, reach.c.stored).distinct().join(name, name.c.id == reach.c.target)
    query = query.join(end, _is(end, name)).where(name.c.space_id == tx.space)
    if wanted.credential_id is not None:  # what may not be read must not be found out either
        query = query.where(end.c.credential_id == wanted.credential_id)
    query = query.where(
        *_columns(end, wanted), *(_met(end, ways) for ways in (_agent_ways(wanted), _activity_ways(wanted)))
    )
    return _cut(query, reach.c.seq, wanted)


def _is(statement: NamedFromClause[Any], name: NamedFromClause[Any] = statement_ids) -> ColumnElement[bool]:
    """Say that a statement is the one of a name."""
    place = (statement.c.seq == name.c.seq) & (statement.c.stored == name.c.stored)
    return and_(place, statement.c.space_id == name.c.space_id)


def _met(statement: NamedFromClause[Any], ways: list[_Way]) -> ColumnElement[bool]:
    """Say that a statement meets a part of the filter in one of its ways."""
    conditions: list[ColumnElement[bool]] = []
    for way in ways:
        if way.column is not None:
            conditions.append(statement.c[way.column] == way.value)
        elif way.related_key is not None:
            link = related.alias()
            here = (link.c.space_id == statement.c.space_id) & (link.c.seq == statement.c.seq)
            conditions.append(exists(select(link.c.seq).where(here, link.c.key == way.related_key)))
    return or_(*conditions) if conditions else true()


def _columns(statement: NamedFromClause[Any], wanted: Wanted) -> list[ColumnElement[bool]]:
    """Say what a statement's own columns must be."""
    conditions = []
    if wanted.verb is not None:
        conditions.append(statement.c.verb_key == key(wanted.verb))
    if wanted.registration is not None:
        conditions.append(statement.c.registration == wanted.registration)
    return conditions


def _window(tx: Tx, found: NamedFromClause[Any], wanted: Wanted) -> list[ColumnElement[bool]]:
    """Say between which times and from which place on; these are about the statement itself, never about its target."""
    conditions = [found.c.space_id == tx.space, _visible(found)]
    if wanted.since is not None:
        conditions.append(found.c.stored > wanted.since)
    if wanted.until is not None:
        conditions.append(found.c.stored <= wanted.until)
    if wanted.cursor is not None:
        conditions.append(found.c.seq > wanted.cursor if wanted.ascending else found.c.seq < wanted.cursor)
    if wanted.credential_id is not None:
        conditions.append(found.c.credential_id == wanted.credential_id)
    if wanted.ascending and tx.postgresql:
        # Going forward, a row that appears late must not be passed by (docs/followers.md).
        conditions.append(literal_column(SETTLED.replace("epoch <", "found.epoch <").replace("txid <", "found.txid <")))
    return conditions


def _visible(found: NamedFromClause[Any]) -> ColumnElement[bool]:
    link = voided.alias()
    named = exists(select(link.c.id).where(link.c.space_id == found.c.space_id, link.c.id == found.c.id))
    return or_(~named, found.c.verb_key == key(VOIDED))


def _any_targets(tx: Tx) -> bool:
    query = select(statements.c.seq).where(statements.c.space_id == tx.space, statements.c.target.is_not(None))
    return tx.run(query.limit(1)).first() is not None


def _cut(query: Select[Any], seq: ColumnElement[int], wanted: Wanted) -> Select[Any]:
    return query.order_by(seq.asc() if wanted.ascending else seq.desc()).limit(wanted.limit)
