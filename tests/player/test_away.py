"""When a part is away: no receipt for what is not on disk, 503 and when to come back, and everything there afterwards."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage.blobs import open_blobs
from tests.parts.lessons import Playing, play, publish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.parts.installations import Installation
    from tests.parts.postgres import PostgresServer


@contextmanager
def database_away(request: pytest.FixtureRequest, installation: Installation) -> Iterator[None]:
    """Take the database away for real: kill the server, or put a folder where the file was."""
    database = installation.services.database
    if database.dialect == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        server.stop(hard=True)
        try:
            yield
        finally:
            server.restart()
        return
    database.dispose()
    file = Path(database.url.database or "")
    aside = file.rename(file.with_suffix(".aside"))
    file.mkdir()
    try:
        yield
    finally:
        file.rmdir()
        aside.rename(file)


@pytest.fixture
def playing(installation: Installation) -> Playing:
    """Open a lesson."""
    return play(installation.person("learner"), publish(installation))


def test_there_is_no_receipt_without_the_database_and_nothing_is_lost(
    request: pytest.FixtureRequest, installation: Installation, playing: Playing
) -> None:
    assert playing.commit(1, {"cmi.core.lesson_location": "before"}).json == {"receipt": 1}

    with database_away(request, installation):
        answer = playing.commit(2, {"cmi.core.lesson_location": "meanwhile"})
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "receipt" not in answer.text
        assert playing.shell().status_code == 503
        assert playing.file("index.html").status_code == 200  # a file needs no database

    assert playing.values()["cmi.core.lesson_location"] == "before"
    assert playing.commit(2, {"cmi.core.lesson_location": "meanwhile"}).json == {"receipt": 2}
    assert playing.values()["cmi.core.lesson_location"] == "meanwhile"


def test_a_file_of_a_store_that_is_away_is_503(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    playing = play(embedded.person("learner"), publish(embedded))
    nowhere = open_blobs("s3+http://key:secret@127.0.0.1:1/nowhere")
    monkeypatch.setitem(embedded.services.__dict__, "blobs", nowhere)

    answer = playing.file("index.html")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert playing.commit(1).json == {"receipt": 1}
