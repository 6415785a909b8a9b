"""Films and sounds of a package: sums, captions, and what no browser plays."""

from __future__ import annotations

import pytest

from packages.doctor import films
from packages.doctor.films import Films
from packages.doctor.page import read
from packages.doctor.sorts import SOUND, VIDEO
from packages.doctor.track import Media
from tests.packages.doctor.making import contents, mp3, mp4, page, webm


def lacking(files: dict[str, bytes]) -> list[str]:
    held = contents(files)
    pages = {name: read(data)[0] for name, data in files.items() if name.endswith(".html")}
    return films.without_captions(films.look(held), held, pages)


def test_films_and_sounds_are_looked_into() -> None:
    found = films.look(contents({"a.mp4": mp4(60), "b.webm": webm(30), "c.mp3": mp3(10), "d.mp4": b"?", "e.html": b""}))

    assert [film.seconds for film in found.of(VIDEO)] == [60, 30, None]
    assert [sound.seconds for sound in found.of(SOUND)] == [10]


@pytest.mark.parametrize(
    ("files", "left"),
    [
        ({"a.mp4": mp4()}, ["a.mp4"]),
        ({"a.mp4": mp4(9, b"vide", b"soun", b"text")}, []),
        ({"a.mp4": mp4(), "phụ đề/A.vtt": b"WEBVTT"}, []),
        ({"a.mp4": mp4(), "a.vi.vtt": b"WEBVTT"}, []),
        ({"a.mp4": mp4(), "a_vi.srt": b""}, []),
        ({"a.mp4": mp4(), "ab.txt": b""}, ["a.mp4"]),
        ({"a.mp4": mp4(), "x.html": page("<video src='a.mp4'><track kind='captions' src='5.vtt'></video>")}, []),
        ({"a.mp4": mp4(), "x.html": page("<video src='a.mp4'></video>")}, ["a.mp4"]),
        ({"a.mp4": mp4(), "b.mp4": mp4(), "a.vtt": b"WEBVTT"}, ["b.mp4"]),
        ({"5xK.mp4": mp4(), "7pQ.mp4": mp4(), "1.vtt": b"", "2.vtt": b""}, []),
        ({"5xK.mp4": mp4(), "7pQ.mp4": mp4(), "1.vtt": b""}, ["5xK.mp4", "7pQ.mp4"]),
        ({"a.mp3": mp3()}, []),
    ],
)
def test_films_without_captions_are_named(files: dict[str, bytes], left: list[str]) -> None:
    assert lacking(files) == left


@pytest.mark.parametrize(
    ("name", "data", "plays"),
    [
        ("a.mp4", mp4(), True),
        ("a.mp4", mp4(9, b"vide", codec=b"hvc1"), False),
        ("a.mp4", mp4(9, b"vide", codec=b"mp4v"), False),
        ("a.mp4", b"who knows", True),
        ("a.webm", webm(), True),
        ("a.wmv", b"", False),
        ("a.AVI", b"", False),
        ("a.wma", b"", False),
        ("a.mp3", mp3(1), True),
    ],
)
def test_what_some_browser_does_not_play_is_named(name: str, data: bytes, *, plays: bool) -> None:
    assert films.look(contents({name: data})).unplayable == ([] if plays else [name])


def test_what_plays_earns_the_time_it_takes_to_arrive_and_no_more_than_it_lasts() -> None:
    sizes = {"fine.mp4": 20_000_000, "plain.mp4": 2_500_000, "unknown.mp4": 5_000_000}
    held = {"fine.mp4": Media(60), "plain.mp4": Media(60), "unknown.mp4": Media()}

    assert Films(held, whole=True).earned(sizes) == 60 + 20


def test_of_very_many_films_only_some_are_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(films, "MOST", 2)

    told = films.look(contents({f"{n}.mp4": mp4() for n in range(3)}))

    assert (len(told.held), told.whole) == (2, False)
