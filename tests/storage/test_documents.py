"""Documents lie where they were put, and nowhere else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from storage import documents
from storage.documents import Document, Place
from tests.parts.databases import Ground

NOW = datetime.now(UTC)
HERE = Place("state", "http://a", "mailto:a@b.c", uuid4())
ELSEWHERE = [
    Place("state", "http://b", HERE.agent, HERE.registration),
    Place("state", HERE.activity, "mailto:x@y.z", HERE.registration),
    Place("state", HERE.activity, HERE.agent, uuid4()),
    Place("state", HERE.activity, HERE.agent),
    Place("agent profile", HERE.activity, HERE.agent, HERE.registration),
]


def document(name: str = "d", content: bytes = b"1", updated: datetime = NOW) -> Document:
    return Document(name, content, "text/plain", f'"{content.hex()}"', updated)


def test_a_document_is_found_where_it_was_put(ground: Ground) -> None:
    space = ground.space()
    with ground.app.write(space) as tx:
        documents.put(tx, HERE, document(), None)

        assert documents.find(tx, HERE, "d") == document()
        assert [documents.find(tx, place, "d") for place in ELSEWHERE] == [None] * len(ELSEWHERE)
        assert documents.find(tx, HERE, "D") is None


def alone(ground: Ground, space: int, place: Place, name: str = "d") -> Document | None:
    """Find a document in a transaction of its own."""
    with ground.app.at_once(space, writes=False) as tx:
        return documents.find_at_once(tx, place, name)


def test_in_a_transaction_of_its_own_it_is_put_over_whatever_is_there(ground: Ground) -> None:
    space, other = ground.space("haiphong"), ground.space("daklak")
    for content in (b"old" * 100, b"\0\xff", b""):
        with ground.app.at_once(space) as tx:
            documents.put_at_once(tx, HERE, document(content=content))

        found = alone(ground, space, HERE)
        assert found is not None
        assert (found.id, found.content, found.content_type, found.etag) == (
            "d",
            content,
            "text/plain",
            f'"{content.hex()}"',
        )
        assert NOW - timedelta(seconds=5) <= found.updated <= datetime.now(UTC) + timedelta(seconds=5)
        with ground.app.read(space) as tx:
            assert documents.find(tx, HERE, "d") == found

    assert [alone(ground, space, place) for place in ELSEWHERE] == [None] * len(ELSEWHERE)
    assert alone(ground, other, HERE) is None
    assert alone(ground, space, HERE, "D") is None


def test_another_space_does_not_see_it(ground: Ground) -> None:
    with ground.app.write(ground.space("haiphong")) as tx:
        documents.put(tx, HERE, document(), None)

    with ground.app.read(ground.space("daklak")) as tx:
        assert documents.find(tx, HERE, "d") is None


def test_a_document_is_replaced_whole(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        old = document(content=b"old" * 100)
        assert documents.put(tx, HERE, old, None)
        assert documents.put(tx, HERE, document(content=b"\0\xff"), old.etag)

        found = documents.find(tx, HERE, "d")
        assert found is not None
        assert found.content == b"\0\xff"


def test_ids_are_listed_with_their_time(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        for age, name in enumerate(["c", "b", "a"]):
            documents.put(tx, HERE, document(name, updated=NOW - timedelta(seconds=age)), None)

        assert [name for name, _ in documents.ids(tx, HERE)] == ["a", "b", "c"]
        assert [name for name, _ in documents.ids(tx, HERE, since=NOW - timedelta(seconds=1))] == ["c"]


def test_a_place_without_registration_holds_those_of_all(ground: Ground) -> None:
    anywhere = Place(HERE.resource, HERE.activity, HERE.agent)
    with ground.app.write(ground.space()) as tx:
        documents.put(tx, HERE, document("with"), None)
        documents.put(tx, anywhere, document("without"), None)

        assert [name for name, _ in documents.ids(tx, anywhere)] == ["with", "without"]
        documents.remove_all(tx, HERE)
        assert [name for name, _ in documents.ids(tx, anywhere)] == ["without"]


def test_a_removed_document_is_gone(ground: Ground) -> None:
    there = document()
    with ground.app.write(ground.space()) as tx:
        documents.put(tx, HERE, there, None)

        assert not documents.remove(tx, HERE, "d", '"another"')
        assert documents.remove(tx, HERE, "d", there.etag)
        assert not documents.remove(tx, HERE, "d", there.etag)
        assert documents.find(tx, HERE, "d") is None


@pytest.mark.parametrize("seen", [None, document(content=b"first").etag])
def test_of_fifty_who_write_over_what_they_have_seen_one_wins(ground: Ground, seen: str | None) -> None:
    space = ground.space()
    if seen is not None:
        with ground.app.write(space) as tx:
            documents.put(tx, HERE, document(content=b"first"), None)

    def write(number: int) -> bool:
        with ground.app.write(space) as tx:
            return documents.put(tx, HERE, document(content=str(number).encode()), seen)

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(write, range(50))) == 1
