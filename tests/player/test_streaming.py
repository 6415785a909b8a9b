"""A film goes through the service piece by piece, and holds no connection to the database while it does."""

from __future__ import annotations

import tracemalloc
from random import Random
from typing import TYPE_CHECKING

from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.parts.lessons import play, publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from tests.parts.installations import Installation

SIZE = 30 * 1024 * 1024
MOST_MEMORY = 4 * 1024 * 1024


def test_a_film_is_streamed(installation: Installation) -> None:
    film = Random(7).randbytes(SIZE)
    playing = play(installation.person("learner"), publish(installation, scorm12(more={"film.mp4": film})))
    pool = installation.services.database.engine.pool

    asked = EnvironBuilder(f"/c/{playing.content}/film.mp4", base_url=playing.origin).get_environ()
    tracemalloc.start()
    try:
        pieces, status, _ = run_wsgi_app(installation.app, asked, buffered=False)
        seen, held = 0, set()
        for piece in pieces:
            assert piece == film[seen : seen + len(piece)]
            seen += len(piece)
            held.add(pool.checkedout())  # type: ignore[attr-defined]  # a QueuePool, as storage.database makes it
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (status, seen, held) == ("200 OK", SIZE, {0})
    assert peak < MOST_MEMORY
