"""One object as an HTTP answer: whole, in part, conditional, cached for good."""

import pytest

from tests.parts.installations import Installation
from tests.parts.lessons import Playing, play, publish
from tests.parts.zips import scorm12

FILM = bytes(range(256)) * 40
SIZE = len(FILM)


@pytest.fixture
def playing(installation: Installation) -> Playing:
    files = {"film.mp4": FILM, "bài/ảnh 1.png": b"png", "s.css": b"a{}", "m.js": b"1", "x.unknown": b"?"}
    return play(installation.person("learner"), publish(installation, scorm12(more=files)))


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
    ],
)
def test_a_part_comes_as_asked(playing: Playing, field: str, first: int, stop: int) -> None:
    answer = playing.file("film.mp4", Range=field)

    assert (answer.status_code, answer.data) == (206, FILM[first:stop])
    assert answer.headers["Content-Range"] == f"bytes {first}-{stop - 1}/{SIZE}"
    assert answer.content_length == stop - first


def test_a_part_past_the_end_is_refused_with_the_size(playing: Playing) -> None:
    answer = playing.file("film.mp4", Range=f"bytes={SIZE}-")

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("field", ["bytes=0-1,5-6", "lines=0-1", "nonsense"])
def test_what_is_no_single_range_means_the_whole(playing: Playing, field: str) -> None:
    assert playing.file("film.mp4", Range=field).status_code == 200


def test_a_part_of_what_has_not_changed_or_the_whole(playing: Playing) -> None:
    etag = playing.file("film.mp4").headers["ETag"]

    assert playing.file("film.mp4", **{"Range": "bytes=0-9", "If-Range": etag}).status_code == 206
    whole = playing.file("film.mp4", **{"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (whole.status_code, len(whole.data)) == (200, SIZE)


def test_what_the_browser_has_is_not_sent_again(playing: Playing) -> None:
    etag = playing.file("film.mp4").headers["ETag"]

    answer = playing.file("film.mp4", **{"If-None-Match": etag})

    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)


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
