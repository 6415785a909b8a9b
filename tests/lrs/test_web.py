"""What every request has: one connection, transactions that end before the answer leaves, and limits to what comes in."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from flask import g, request
from sqlalchemy import text
from werkzeug.test import Client

from lrs.errors import NotFound
from lrs.web import reading, release, transaction
from storage import spaces
from storage.errors import DatabaseAway
from tests.lrs.views import APP, CONTENT, MACHINE, PAGE, add, get
from tests.parts.installations import MAKE_UPS, environment, make_installation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.parts.installations import Installation

# Transactions


def count_spaces(installation: Installation) -> int:
    with installation.services.database.read() as tx:
        return len(spaces.slugs(tx))


def test_what_a_block_did_is_on_disk_when_it_ends(installation: Installation) -> None:
    seen = []

    def view() -> str:
        with transaction() as tx:
            spaces.add(tx, "daklak", "Đắk Lắk", "vi", datetime.now(UTC))
        seen.append(count_spaces(installation))
        return "made"

    add(installation.app, "/made", view)
    assert get(installation.app, "/made").text == "made"
    assert seen == [2]


def test_a_block_that_fails_leaves_nothing_behind(installation: Installation) -> None:
    def view() -> str:
        with transaction() as tx:
            spaces.add(tx, "daklak", "Đắk Lắk", "vi", datetime.now(UTC))
            raise NotFound

    add(installation.app, "/failed", view)
    assert get(installation.app, "/failed").status_code == 404
    assert count_spaces(installation) == 1


def test_a_request_has_one_connection_and_gives_it_back(installation: Installation) -> None:
    seen = []
    pool = installation.services.database.engine.pool

    def view() -> str:
        for opened in (transaction, reading, transaction):
            with opened() as tx:
                seen.append(id(tx.connection))
        seen.append(pool.checkedout())  # type: ignore[attr-defined]  # a QueuePool's
        release()
        seen.append(pool.checkedout())  # type: ignore[attr-defined]
        return "connection" if "connection" in g else "none"

    add(installation.app, "/connections", view)
    before = pool.checkedout()  # type: ignore[attr-defined]
    assert get(installation.app, "/connections").text == "none"
    assert len(set(seen[:3])) == 1
    assert (seen[3], seen[4]) == (before + 1, before)


@pytest.mark.parametrize("error", [NotFound(), ValueError(), DatabaseAway("away"), KeyError()])
def test_a_connection_is_given_back_whatever_happens(embedded: Installation, error: Exception) -> None:
    pool = embedded.services.database.engine.pool

    def view() -> str:
        with transaction():
            raise error

    add(embedded.app, "/fails", view)
    for _ in range(15):  # more often than there are connections
        assert get(embedded.app, "/fails").status_code in {404, 500, 503}
    assert pool.checkedout() == 0  # type: ignore[attr-defined]


def test_writing_while_only_reading_is_refused(installation: Installation) -> None:
    def view() -> str:
        with reading() as tx:
            tx.run(text("update spaces set name = 'x'"))
        return "written"

    add(installation.app, "/writes", view)
    assert get(installation.app, "/writes").status_code == 500
    assert "x" not in {space["name"] for space in installation.haidang("space", "list")["spaces"]}


# What comes in


class Unreadable(io.RawIOBase):
    """A body that must not be read."""

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: object) -> int:
        raise AssertionError("the body was read")


@pytest.mark.parametrize(("base", "path"), [(APP, "/take"), (CONTENT, "/take"), (MACHINE, "/take"), (APP, "/nothing")])
def test_a_body_that_says_it_is_too_large_is_not_read(embedded: Installation, base: str, path: str) -> None:
    add(embedded.app, "/take", lambda: "taken", "POST")
    size = str(embedded.services.config.body_limit + 1)

    overrides = {
        "CONTENT_LENGTH": size,
        "wsgi.input": Unreadable(),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
    }
    answer = Client(embedded.app).post(path, base_url=base, headers=PAGE, environ_overrides=overrides)
    assert answer.status_code == 413


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "text/plain"])
@pytest.mark.parametrize(("over", "status"), [(0, 200), (1, 413)])
def test_a_body_that_does_not_say_its_size_is_read_to_the_limit(
    embedded: Installation, kind: str, over: int, status: int
) -> None:
    limit = embedded.services.config.body_limit
    add(embedded.app, "/take", lambda: str(len(request.get_data())), "POST")
    body = io.BytesIO(b"x" * (limit + over))

    overrides = {"wsgi.input": body, "wsgi.input_terminated": True, "CONTENT_TYPE": kind, "CONTENT_LENGTH": ""}
    answer = Client(embedded.app).post("/take", base_url=CONTENT, headers=PAGE, environ_overrides=overrides)
    assert answer.status_code == status
    assert status != 200 or answer.text == str(limit)
    assert body.tell() <= limit + 1


def test_only_an_upload_may_be_larger(embedded: Installation) -> None:
    add(embedded.app, "/upload", lambda: "taken", "POST", uploads=True)
    overrides = {"CONTENT_LENGTH": str(2**29), "wsgi.input": Unreadable(), "CONTENT_TYPE": "application/zip"}

    sent = Client(embedded.app).post("/upload", base_url=CONTENT, headers=PAGE, environ_overrides=overrides)
    assert sent.text == "taken"


@pytest.fixture(scope="module", params=MAKE_UPS)
def echoing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    for environ in environment(request, request.param, tmp_path_factory.mktemp("echo")):
        made = make_installation(environ)
        add(made.app, "/echo/<word>", lambda word: word, "GET", "POST")
        yield made.app
        made.services.database.dispose()


@pytest.mark.parametrize("where", ["PATH_INFO", "QUERY_STRING", "form", "space"])
@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"\xff", 400),
        (b"\xc3", 400),
        (b"\xc0\x80", 400),
        (b"\xed\xa0\x80", 400),
        (b"\xf5\x80\x80\x80", 400),
        (b"\0", 400),
        ("Hải Phòng".encode(), 200),
        ("\N{GRINNING FACE}".encode(), 200),
    ],
)
def test_only_utf_8_comes_in(echoing: Flask, where: str, raw: bytes, status: int) -> None:
    client = Client(echoing)
    latin = raw.decode("latin-1")
    quoted = "".join(f"%{byte:02x}" for byte in raw)
    places = {"PATH_INFO": f"/echo/{latin}", "QUERY_STRING": f"a={quoted}", "space": f"/s/{latin}/"}
    overrides = {"space": {"PATH_INFO": places["space"]}}.get(where, {where: places.get(where, "")})

    if where == "form":
        answer = client.post(
            "/echo/x",
            base_url=CONTENT,
            headers=PAGE,
            data=f"a={quoted}",
            content_type="application/x-www-form-urlencoded",
        )
    else:
        answer = client.get("/echo/x", base_url=APP, headers=PAGE, environ_overrides=overrides)
    assert answer.status_code == (404 if where == "space" and status == 200 else status)
