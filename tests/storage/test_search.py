"""Finding statements: by each filter, through targets, without the voided ones, a page at a time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from storage import related, statements
from storage.database import Tx
from storage.search import VOIDED, Wanted, find, search
from storage.statements import Entry
from tests.parts.databases import Ground

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Log:
    """A log whose statements have names."""

    ground: Ground
    space: int
    ids: dict[str, UUID] = field(default_factory=dict)

    def add(self, name: str, **more: Any) -> None:
        """Append a statement; `target` and `voids` are names."""
        named = {key: self.ids.setdefault(more.pop(key), uuid4()) for key in ("target", "voids") if key in more}
        target = named.get("target", named.get("voids"))
        row = Entry(
            **(
                {"actor": "alice", "verb": "did", "activity": "http://a/1", "registration": None, "credential_id": None}
                | more
            ),
            id=self.ids.setdefault(name, uuid4()),
            stored=START + timedelta(seconds=len(self.ids)),
            provenance="test",
            payload=name,
            target=target,
            voids=named.get("voids"),
        )
        with self.ground.app.write(self.space) as tx:
            statements.append(tx, [row])

    def find(self, limit: int = 100, **wanted: Any) -> list[str]:
        """Name what a search finds."""
        with self.ground.app.read(self.space) as tx:
            return [hit.payload for hit in search(tx, Wanted(limit=limit, **wanted))]


def voided(tx: Tx, statement_id: UUID) -> bool:
    found = find(tx, statement_id)
    assert found is not None
    return found.voided


@pytest.fixture
def log(ground: Ground) -> Log:
    return Log(ground, ground.space())


def test_the_newest_comes_first_or_last(log: Log) -> None:
    for name in "abc":
        log.add(name)

    assert log.find() == ["c", "b", "a"]
    assert log.find(ascending=True) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ({"verb": "did"}, {"verb": "saw"}),
        ({"agent": "alice"}, {"actor": "bob"}),
        ({"activity": "http://a/1"}, {"activity": "http://a/2"}),
        ({"registration": UUID(int=7)}, {"registration": UUID(int=8)}),
        ({"credential_id": UUID(int=7)}, {"credential_id": UUID(int=8)}),
    ],
)
def test_each_filter_leaves_out_the_others(log: Log, wanted: dict[str, Any], other: dict[str, Any]) -> None:
    log.add("one", **{key: value for key, value in wanted.items() if key in {"registration", "credential_id"}})
    log.add("other", **other)

    assert log.find(**wanted) == ["one"]


def test_all_filters_are_met_by_one_statement(log: Log) -> None:
    log.add("both", actor="alice", verb="did")
    log.add("verb", actor="bob", verb="did")
    log.add("agent", actor="alice", verb="saw")

    assert log.find(agent="alice", verb="did") == ["both"]


def test_times_are_open_below_and_closed_above(log: Log) -> None:
    for name in "abcd":
        log.add(name)

    second = timedelta(seconds=1)
    assert log.find(since=START + second, until=START + 3 * second) == ["c", "b"]


def test_an_agent_may_be_elsewhere_in_a_statement(log: Log) -> None:
    log.add("object", actor="bob", keys=frozenset({related.agent("alice"), related.related_agent("alice")}))
    log.add("instructor", actor="bob", keys=frozenset({related.related_agent("alice")}))
    log.add("actor")

    assert log.find(agent="alice") == ["actor", "object"]
    assert log.find(agent="alice", related_agents=True) == ["actor", "instructor", "object"]


def test_an_activity_may_be_elsewhere_in_a_statement(log: Log) -> None:
    log.add("parent", activity="http://a/2", keys=frozenset({related.related_activity("http://a/1")}))
    log.add("object")

    assert log.find(activity="http://a/1") == ["object"]
    assert log.find(activity="http://a/1", related_activities=True) == ["object", "parent"]
    assert log.find(activity="http://a/1", related_activities=True, agent="alice", related_agents=True) == [
        "object",
        "parent",
    ]


@pytest.mark.parametrize("first", ["end", "start"])
def test_a_filter_is_met_through_targets_whichever_came_first(log: Log, first: str) -> None:
    steps: list[tuple[str, dict[str, Any]]] = [
        ("end", {"actor": "alice"}),
        ("middle", {"actor": "bob", "activity": None, "target": "end"}),
        ("start", {"actor": "carol", "activity": None, "target": "middle"}),
    ]
    for name, more in steps if first == "end" else reversed(steps):
        log.add(name, **more)

    assert set(log.find(agent="alice")) == {"start", "middle", "end"}
    assert set(log.find(agent="bob")) == {"start", "middle"}


def test_two_filters_are_not_met_by_two_statements_of_a_chain(log: Log) -> None:
    log.add("end", actor="alice", verb="did")
    log.add("start", actor="carol", verb="said", activity=None, target="end")

    assert log.find(agent="carol", verb="did") == []
    assert log.find(agent="alice", verb="did") == ["start", "end"]


def test_statements_that_target_one_another_end_somewhere(log: Log) -> None:
    log.add("a", actor="alice", target="b")
    log.add("b", actor="bob", target="a")

    assert set(log.find(agent="alice")) == {"a", "b"}


def test_a_voided_statement_is_left_out_and_found_through(log: Log) -> None:
    log.add("wrong", actor="alice")
    log.add("comment", actor="carol", activity=None, target="wrong")
    log.add("voiding", actor="admin", verb=VOIDED, activity=None, voids="wrong")

    assert log.find() == ["voiding", "comment"]
    assert log.find(agent="alice") == ["voiding", "comment"]
    with log.ground.app.read(log.space) as tx:
        assert voided(tx, log.ids["wrong"])
        assert not voided(tx, log.ids["comment"])


def test_a_voiding_statement_is_never_voided(log: Log) -> None:
    log.add("first", verb=VOIDED, activity=None, voids="nothing")
    log.add("second", verb=VOIDED, activity=None, voids="first")

    assert log.find() == ["second", "first"]
    with log.ground.app.read(log.space) as tx:
        assert not voided(tx, log.ids["first"])


def test_what_is_not_there_yet_is_voided_when_it_comes(log: Log) -> None:
    log.add("voiding", verb=VOIDED, activity=None, voids="late")
    log.add("late")

    assert log.find() == ["voiding"]


@pytest.mark.parametrize("ascending", [False, True])
def test_a_walk_of_pages_sees_each_statement_once(log: Log, ascending: bool) -> None:  # noqa: FBT001
    for number in range(7):
        log.add(f"{number}")
    seen: list[str] = []
    cursor = None
    while True:
        with log.ground.app.read(log.space) as tx:
            hits = search(tx, Wanted(limit=2, ascending=ascending, cursor=cursor, agent="alice"))
        if not hits:
            break
        seen += [hit.payload for hit in hits]
        cursor = hits[-1].place

    assert seen == [f"{number}" for number in (range(7) if ascending else reversed(range(7)))]


def test_another_space_finds_nothing(log: Log) -> None:
    log.add("one")
    other = Log(log.ground, log.ground.space("daklak"))

    assert other.find() == []
    assert other.find(agent="alice") == []
