"""One object as an HTTP answer: whole, in part, conditional, cached for good."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.parts.installations import MAKE_UPS, environment, make_installation
from tests.parts.lessons import Playing, play, publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Iterator

FILM = bytes(range(256)) * 40
SIZE = len(FILM)
TEXT = ("Mật khẩu mạnh. " * 400).encode()


@pytest.fixture(scope="module", params=MAKE_UPS)
def playing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playing]:
    """Open one lesson on each make-up, for all tests: they only read."""
    files = {
        "film.mp4": FILM,
        "bài/ảnh 1.png": b"png",
        "s.css": b"a{}",
        "m.js": b"1",
        "x.unknown": b"?",
        "none.txt": b"",
        "chữ.txt": TEXT,
    }
    for environ in environment(request, request.param, tmp_path_factory.mktemp("files")):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong")
        yield play(made.person("learner"), publish(made, scorm12(more=files)))
        made.services.database.dispose()


def test_a_file_comes_whole_and_may_be_kept_for_good(playing: Playing) -> None:
    answer = playing.file("film.mp4")

    assert (answer.status_code, answer.data) == (200, FILM)
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("field", "first", "stop"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, SIZE),
        ("bytes=-10", SIZE - 10, SIZE),
        (f"bytes=0-{SIZE * 2}", 0, SIZE),
        (f"bytes=-{SIZE * 2}", 0, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        ("bytes=0-0", 0, 1),
    ],
)
def test_a_part_comes_as_asked(playing: Playing, field: str, first: int, stop: int) -> None:
    answer = playing.file("film.mp4", Range=field)

    assert (answer.status_code, answer.data) == (206, FILM[first:stop])
    assert answer.headers["Content-Range"] == f"bytes {first}-{stop - 1}/{SIZE}"
    assert answer.content_length == stop - first


@pytest.mark.parametrize("field", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=99999999999999999999-"])
def test_a_part_past_the_end_is_refused_with_the_size(playing: Playing, field: str) -> None:
    answer = playing.file("film.mp4", Range=field)

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_empty_file_comes_whole_and_has_no_parts(playing: Playing) -> None:
    assert (playing.file("none.txt").status_code, playing.file("none.txt").data) == (200, b"")
    assert playing.file("none.txt", Range="bytes=0-").status_code == 416


@pytest.mark.parametrize(
    "field",
    ["bytes=0-1,5-6", "bytes=0-1, 2-3, 4-5", "lines=0-1", "nonsense", "bytes=", "bytes=5-2", "bytes=a-b", "bytes=-0"],
)
def test_what_is_no_single_range_means_the_whole(playing: Playing, field: str) -> None:
    answer = playing.file("film.mp4", Range=field)

    assert (answer.status_code, len(answer.data)) == (200, SIZE)
    assert "Content-Range" not in answer.headers


def test_a_part_comes_of_what_has_not_changed(playing: Playing) -> None:
    etag = playing.file("film.mp4").headers["ETag"]

    answer = playing.file("film.mp4", **{"Range": "bytes=0-9", "If-Range": etag})

    assert (answer.status_code, answer.data) == (206, FILM[:10])


@pytest.mark.parametrize("validator", ['"another"', 'W/"another"', "Sat, 21 Nov 2026 01:00:00 GMT", "nonsense"])
def test_the_whole_comes_of_what_has_changed(playing: Playing, validator: str) -> None:
    answer = playing.file("film.mp4", **{"Range": "bytes=0-9", "If-Range": validator})

    assert (answer.status_code, answer.data) == (200, FILM)


@pytest.mark.parametrize("others", ["{}", '"another", {}', "W/{}", "*"])
@pytest.mark.parametrize("part", [{}, {"Range": "bytes=0-9"}])
def test_what_the_browser_has_is_not_sent_again(playing: Playing, others: str, part: dict[str, str]) -> None:
    etag = playing.file("film.mp4").headers["ETag"]

    answer = playing.file("film.mp4", **{"If-None-Match": others.format(etag)}, **part)

    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert not {"Content-Type", "Content-Length", "Content-Range"} & set(answer.headers.keys())


def test_what_the_browser_has_not_is_sent(playing: Playing) -> None:
    assert playing.file("film.mp4", **{"If-None-Match": '"another"'}).data == FILM


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html"),
        ("s.css", "text/css"),
        ("m.js", "text/javascript"),
        ("bài/ảnh 1.png", "image/png"),
        ("film.mp4", "video/mp4"),
        ("x.unknown", "application/octet-stream"),
    ],
)
def test_a_file_has_its_type(playing: Playing, name: str, kind: str) -> None:
    answer = playing.file(name)

    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (200, kind)


@pytest.mark.parametrize(
    "name", ["nothing.html", "../index.html", "..%2Findex.html", "a/../../x", "index.html/", "%00", "a//b"]
)
def test_what_is_not_there_is_404(playing: Playing, name: str) -> None:
    assert playing.file(name).status_code in {400, 404}


def test_head_tells_the_size_and_sends_nothing(playing: Playing) -> None:
    answer = playing.person.client.head(f"/c/{playing.content}/film.mp4", base_url=playing.origin, buffered=True)

    assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (200, b"", str(SIZE))
    assert answer.headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_text_comes_compressed_to_whom_it_may(playing: Playing, method: str) -> None:
    address = f"/c/{playing.content}/chữ.txt"

    packed, plain = (
        playing.person.client.open(
            address, method=method, base_url=playing.origin, headers={"Accept-Encoding": accepted}, buffered=True
        )
        for accepted in ("gzip, br", "gzip;q=0, br")
    )

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert int(packed.headers["Content-Length"]) < 1000 < int(plain.headers["Content-Length"]) == len(TEXT)
    if method == "GET":
        assert gzip.decompress(packed.data) == plain.data == TEXT


@pytest.mark.parametrize("name", ["film.mp4", "s.css"])
def test_a_film_and_a_few_letters_come_as_they_are(playing: Playing, name: str) -> None:
    assert "Content-Encoding" not in playing.file(name, **{"Accept-Encoding": "gzip"}).headers


def test_a_part_is_never_compressed(playing: Playing) -> None:
    answer = playing.file("chữ.txt", **{"Accept-Encoding": "gzip", "Range": "bytes=0-9"})

    assert (answer.status_code, answer.data) == (206, TEXT[:10])
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_compressed_text_that_the_browser_has_is_not_sent_again(playing: Playing, accepted: str) -> None:
    etag = playing.file("chữ.txt", **{"Accept-Encoding": accepted}).headers["ETag"]

    answer = playing.file("chữ.txt", **{"Accept-Encoding": accepted, "If-None-Match": etag})

    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
    assert answer.headers["Vary"] == "Accept-Encoding"
