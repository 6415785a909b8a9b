"""Documents lie where they were put, and nowhere else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

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
        documents.put(tx, HERE, document())

        assert documents.find(tx, HERE, "d") == document()
        assert [documents.find(tx, place, "d") for place in ELSEWHERE] == [None] * len(ELSEWHERE)
        assert documents.find(tx, HERE, "D") is None


def test_another_space_does_not_see_it(ground: Ground) -> None:
    with ground.app.write(ground.space("haiphong")) as tx:
        documents.put(tx, HERE, document())

    with ground.app.read(ground.space("daklak")) as tx:
        assert documents.find(tx, HERE, "d") is None


def test_a_document_is_replaced_whole(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        documents.put(tx, HERE, document(content=b"old" * 100))
        documents.put(tx, HERE, document(content=b"\0\xff"))

        found = documents.find(tx, HERE, "d")
        assert found is not None
        assert found.content == b"\0\xff"


def test_ids_are_listed_with_their_time(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        for age, name in enumerate(["c", "b", "a"]):
            documents.put(tx, HERE, document(name, updated=NOW - timedelta(seconds=age)))

        assert [name for name, _ in documents.ids(tx, HERE)] == ["a", "b", "c"]
        assert [name for name, _ in documents.ids(tx, HERE, since=NOW - timedelta(seconds=1))] == ["c"]


def test_a_place_without_registration_holds_those_of_all(ground: Ground) -> None:
    anywhere = Place(HERE.resource, HERE.activity, HERE.agent)
    with ground.app.write(ground.space()) as tx:
        documents.put(tx, HERE, document("with"))
        documents.put(tx, anywhere, document("without"))

        assert [name for name, _ in documents.ids(tx, anywhere)] == ["with", "without"]
        documents.remove_all(tx, HERE)
        assert [name for name, _ in documents.ids(tx, anywhere)] == ["without"]


def test_a_removed_document_is_gone(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        documents.put(tx, HERE, document())
        documents.remove(tx, HERE, "d")
        documents.remove(tx, HERE, "d")

        assert documents.find(tx, HERE, "d") is None


def test_of_fifty_who_write_under_one_etag_one_wins(ground: Ground) -> None:
    space = ground.space()
    with ground.app.write(space) as tx:
        documents.put(tx, HERE, document(content=b"first"))

    def write(number: int) -> bool:
        with ground.app.write(space) as tx:
            documents.lock(tx, HERE, "d")
            found = documents.find(tx, HERE, "d")
            if found is None or found.content != b"first":
                return False
            documents.put(tx, HERE, document(content=str(number).encode()))
            return True

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(write, range(50))) == 1
