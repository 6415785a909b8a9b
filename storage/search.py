"""Finding statements: filters in, rows out, newest first, voided ones left out.

A filter is met by a statement itself, or by one that its target leads to (xAPI Communication 2.1.3). Each way to meet it is a query of its
own that walks one index and stops at the limit; their union is cut again. docs/record.md tells why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import product
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Uuid,
    and_,
    bindparam,
    exists,
    not_,
    or_,
    select,
    true,
    tuple_,
    union,
    union_all,
)
from sqlalchemy.sql.selectable import FromClause, NamedFromClause

from storage.columns import Instant, Space
from storage.database import Tx
from storage.keys import key
from storage.prepared import Prepared
from storage.related import agent, related, related_activity, related_agent, voided
from storage.statements import statement_ids, statements

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands in the order of answers: by time, and among those of one moment as they came."""

    stored: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the log."""

    limit: int
    ascending: bool = False
    cursor: Place | None = None
    agent: str | None = None
    related_agents: bool = False
    verb: str | None = None
    activity: str | None = None
    related_activities: bool = False
    registration: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    credential_id: UUID | None = None


class Hit(NamedTuple):
    """A statement found: its place, and its text. There are hundreds in an answer, so it is the row itself."""

    stored: datetime
    seq: int
    payload: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.stored, self.seq)


@dataclass(frozen=True, slots=True)
class Found:
    """The statement of an id, voided or not."""

    stored: datetime
    payload: str
    credential_id: UUID | None
    voided: bool


def search(tx: Tx, wanted: Wanted) -> list[Hit]:
    """Find statements, as many as the limit says at most."""
    values = {name: value for name, value in _values(tx, wanted).items() if value is not None}
    # A statement's target can meet what the statement itself does not.
    targets = not _FILTERS.isdisjoint(values) and _any_targets(tx)
    query = _query(frozenset(values), ascending=wanted.ascending, targets=targets, postgresql=tx.postgresql)
    return [*map(Hit._make, query.run(tx, values))]


def find(tx: Tx, statement_id: UUID) -> Found | None:
    """Find one statement by its id, and tell whether it is voided; a voiding one never is (xAPI Data 2.3.2)."""
    return next((Found(*row) for row in _one().run(tx, {"space": tx.space, "id": statement_id})), None)


def _values(tx: Tx, wanted: Wanted) -> dict[str, Any]:
    """Write what is asked as the columns and keys have it."""
    who, what = wanted.agent, wanted.activity
    elsewhere = related_agent if wanted.related_agents else agent
    return {
        "space": tx.space,
        "limit": wanted.limit,
        "cursor": None if wanted.cursor is None else wanted.cursor.stored,
        "seq": None if wanted.cursor is None else wanted.cursor.seq,
        "since": wanted.since,
        "until": wanted.until,
        "credential": wanted.credential_id,
        "actor": None if who is None else key(who),
        "agent": None if who is None else elsewhere(who),
        "verb": None if wanted.verb is None else key(wanted.verb),
        "activity": None if what is None else key(what),
        "related_activity": None if what is None or not wanted.related_activities else related_activity(what),
        "registration": wanted.registration,
    }


_FILTERS = frozenset({"actor", "verb", "activity", "registration"})
_TYPES: dict[str, Any] = {
    "space": Space,
    "limit": Integer,
    "cursor": Instant,
    "seq": BigInteger,
    "since": Instant,
    "until": Instant,
}

# Each part of a filter that can be met in two ways: by a column of the statement, or by a key that it is related by.
_WAYS = (("actor", "actor_key", "agent"), ("activity", "activity_key", "related_activity"))
_Way = tuple[str, str]


@cache
def _query(given: frozenset[str], *, ascending: bool, targets: bool, postgresql: bool) -> Prepared:
    """Put together the query for what is given."""
    shape = _Shape(given, ascending, postgresql)
    combinations = [*product(*shape.ways)]
    if not targets:
        whole = [shape.itself(*ways, columns=("stored", "seq", "payload")) for ways in combinations]
        if len(whole) == 1:
            return Prepared(whole[0])
        # A statement is never related to what its own columns name (record.prepare): no two ways find the same.
        either = union_all(*(select(*way.subquery().c) for way in whole)).subquery()
        return Prepared(shape.cut(select(*either.c), either))
    ways = [*(shape.itself(*ways) for ways in combinations), shape.through_target()]
    every = union(*(select(*way.subquery().c) for way in ways)).subquery()
    places = shape.cut(select(every.c.stored, every.c.seq), every).subquery()
    return Prepared(shape.cut(shape.at(places), places))


@cache
def _one() -> Prepared:
    query = select(statements.c.stored, statements.c.payload, statements.c.credential_id, not_(_visible(statements)))
    query = query.join_from(statement_ids, statements, _is(statements))
    return Prepared(query.where(statement_ids.c.space_id == _value("space"), statement_ids.c.id == _value("id")))


@cache
def _targeting() -> Prepared:
    query = select(statements.c.seq).where(statements.c.space_id == _value("space"), statements.c.target.is_not(None))
    return Prepared(query.limit(1))


def _any_targets(tx: Tx) -> bool:
    return bool(_targeting().run(tx, {"space": tx.space}))


@dataclass(frozen=True)
class _Shape:
    """What a query asks, whatever the values are."""

    given: frozenset[str]
    ascending: bool
    postgresql: bool

    @property
    def ways(self) -> list[list[_Way]]:
        """List, for each part of the filter, the ways to meet it."""
        return [
            [("column", name), *([("link", elsewhere)] if elsewhere in self.given else [])]
            for name, _, elsewhere in _WAYS
            if name in self.given
        ]

    def itself(self, *ways: _Way, columns: Sequence[str] = ("stored", "seq")) -> Select[Any]:
        """Find the statements that meet the filter themselves, in one way for each of its parts."""
        found = statements.alias("found")
        query = select(*(found.c[name] for name in columns)).where(*self._window(found), *self._columns(found))
        for kind, name in ways:
            if kind == "column":
                query = query.where(_column(found, name) == _value(name))
            else:
                link = related.alias()
                here = (link.c.seq == found.c.seq) & (link.c.stored == found.c.stored)
                query = query.join(link, here & (link.c.space_id == found.c.space_id))
                query = query.where(link.c.space_id == _value("space"), link.c.key == _value(name))
        return self.cut(query, found)

    def through_target(self) -> Select[Any]:
        """Find the statements whose target, or the target of that, meets the filter."""
        found = statements.alias("found")
        first = select(found.c.seq, found.c.stored, found.c.target)
        reach = first.where(found.c.target.is_not(None), *self._window(found)).cte("reach", recursive=True)
        between, name = statements.alias("between"), statement_ids.alias("name")
        here = (name.c.space_id == _value("space"), name.c.id == reach.c.target, between.c.target.is_not(None))
        if self.postgresql:
            # Each by its id: PostgreSQL, which cannot know how few refer to others, would else join the whole log.
            named = (
                select(between.c.target).join_from(name, between, _is(between, name)).where(*here).offset(0).lateral()
            )
            further = select(reach.c.seq, reach.c.stored, named.c.target).join(named, true())
        else:
            further = select(reach.c.seq, reach.c.stored, between.c.target).select_from(reach, name).where(*here)
            further = further.join(between, _is(between, name))
        reach = reach.union(further)  # not union all: statements may refer to one another in a circle
        end, name = statements.alias("end"), statement_ids.alias("end_name")
        query = select(reach.c.stored, reach.c.seq).distinct().join(name, name.c.id == reach.c.target)
        query = query.join(end, _is(end, name)).where(name.c.space_id == _value("space"))
        if "credential" in self.given:  # what may not be read must not be found out either
            query = query.where(end.c.credential_id == _value("credential"))
        query = query.where(*self._columns(end), *(_met(end, ways) for ways in self.ways))
        return self.cut(query, reach)

    def at(self, places: FromClause) -> Select[Any]:
        """Fetch the statements of a few places, each from the one part of the log that its time of storage names."""
        found = statements.alias("at")
        here = (found.c.seq == places.c.seq, found.c.stored == places.c.stored, found.c.space_id == _value("space"))
        if not self.postgresql:
            return select(places.c.stored, places.c.seq, found.c.payload).join_from(places, found, and_(*here))
        # Place by place: PostgreSQL would else walk the log from its end until it meets the places.
        text = select(found.c.payload).where(*here).offset(0).lateral()
        return select(places.c.stored, places.c.seq, text.c.payload).join_from(places, text, true())

    def _columns(self, statement: NamedFromClause[Any]) -> list[ColumnElement[bool]]:
        """Say what a statement's own columns must be."""
        columns = {"verb": statement.c.verb_key, "registration": statement.c.registration}
        return [column == _value(name) for name, column in columns.items() if name in self.given]

    def _window(self, found: NamedFromClause[Any]) -> list[ColumnElement[bool]]:
        """Say between which times and from which place on; these are about the statement itself, never about its target."""
        place, cursor = tuple_(found.c.stored, found.c.seq), tuple_(_value("cursor"), _value("seq"))
        possible = {
            "since": found.c.stored > _value("since"),
            "until": found.c.stored <= _value("until"),
            "cursor": place > cursor if self.ascending else place < cursor,
            "credential": found.c.credential_id == _value("credential"),
        }
        conditions = [found.c.space_id == _value("space"), _visible(found)]
        conditions += [condition for name, condition in possible.items() if name in self.given]
        return conditions

    def cut(self, query: Select[Any], found: FromClause) -> Select[Any]:
        """Sort, and stop at the limit."""
        order = (found.c.stored, found.c.seq)
        return query.order_by(*(order if self.ascending else (each.desc() for each in order))).limit(_value("limit"))


def _value(name: str) -> Any:
    return bindparam(name, type_=_TYPES.get(name, Uuid))


def _column(statement: NamedFromClause[Any], name: str) -> ColumnElement[UUID]:
    found: ColumnElement[UUID] = statement.c[next(column for each, column, _ in _WAYS if each == name)]
    return found


def _is(statement: NamedFromClause[Any], name: NamedFromClause[Any] = statement_ids) -> ColumnElement[bool]:
    """Say that a statement is the one of a name."""
    place = (statement.c.seq == name.c.seq) & (statement.c.stored == name.c.stored)
    return and_(place, statement.c.space_id == name.c.space_id)


def _met(statement: NamedFromClause[Any], ways: list[_Way]) -> ColumnElement[bool]:
    """Say that a statement meets a part of the filter in one of its ways."""
    conditions: list[ColumnElement[bool]] = []
    for kind, name in ways:
        if kind == "column":
            conditions.append(_column(statement, name) == _value(name))
        else:
            link = related.alias()
            here = (link.c.space_id == statement.c.space_id) & (link.c.seq == statement.c.seq)
            conditions.append(exists(select(link.c.seq).where(here, link.c.key == _value(name))))
    return or_(*conditions) if conditions else true()


def _visible(found: NamedFromClause[Any]) -> ColumnElement[bool]:
    link = voided.alias()
    named = exists(select(link.c.id).where(link.c.space_id == found.c.space_id, link.c.id == found.c.id))
    return or_(~named, found.c.verb_key == key(VOIDED))
