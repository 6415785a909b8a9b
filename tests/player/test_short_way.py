"""The short way says of a file what the long way says; what is unusual takes the long one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.parts.lessons import play, publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from tests.parts.installations import Installation

FILES = {"film.mp4": b"film" * 500, "bài/chữ.txt": "Chữ".encode() * 500}


@pytest.mark.parametrize("name", [*FILES, "index.html"])
def test_both_ways_give_the_same_answer(installation: Installation, name: str) -> None:
    playing = play(installation.person("learner"), publish(installation, scorm12(more=FILES)))

    short = playing.file(name)
    long = playing.person.get(f"/c/{playing.content}/{name}?long", base=playing.origin)  # a query is unusual

    assert short.status_code == long.status_code == 200
    assert short.data == long.data
    own = {"X-Request-Id", "Date"}
    assert {f for f in short.headers if f[0] not in own} == {f for f in long.headers if f[0] not in own}


PARTS = (
    "bytes=0-0",
    "bytes=5-99",
    "bytes=1999-",
    "bytes=7-9999",
    "bytes=-5",
    "bytes=9-5",
    "bytes=9999-",
    "bytes=0-1,5-6",
    "lines=1-2",
)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("part", PARTS)
def test_both_ways_give_the_same_part(embedded: Installation, name: str, part: str) -> None:
    playing = play(embedded.person("learner"), publish(embedded, scorm12(more=FILES)))
    asked = {"Range": part}

    short = playing.file(name, **asked)
    long = playing.person.get(f"/c/{playing.content}/{name}?long", base=playing.origin, headers=asked)

    own = {"X-Request-Id", "Date"}
    assert (short.status_code, short.data) == (long.status_code, long.data)
    assert {f for f in short.headers if f[0] not in own} == {f for f in long.headers if f[0] not in own}


@pytest.mark.parametrize("name", ["nothing.html", "a//b", "..%2Fx", "%FF", "%00"])
def test_what_is_not_there_is_refused_in_the_long_ways_words(embedded: Installation, name: str) -> None:
    playing = play(embedded.person("learner"), publish(embedded))

    assert playing.file(name).status_code in {400, 404}
    assert playing.file(name).headers["Cache-Control"] == "no-store"


def test_a_token_opens_its_own_version_alone_also_when_it_is_known(embedded: Installation) -> None:
    person = embedded.person("learner")
    mine, other = play(person, publish(embedded)), play(person, publish(embedded))
    assert mine.file("index.html").status_code == 200

    answer = person.get(f"/c/{mine.content}/index.html", base=other.origin)

    assert answer.status_code == 404
