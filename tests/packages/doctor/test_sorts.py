"""Files are sorted by the ends of their names."""

import pytest

from packages.doctor.report import Large, Share
from packages.doctor.sorts import end_of, largest, shares, sort_of


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("phim/Bài 1.MP4", "video"),
        ("a.mp3", "sound"),
        ("a.b.jpeg", "images"),
        ("index.htm", "pages"),
        ("lib/x.min.js", "scripts"),
        ("chữ.woff2", "fonts"),
        ("a.pdf", "documents"),
        ("a.vtt", "captions"),
        ("LICENSE", "other"),
        ("a.xyz", "other"),
    ],
)
def test_a_name_tells_the_sort(name: str, sort: str) -> None:
    assert sort_of(name) == sort


def test_the_end_is_what_stands_behind_the_last_point() -> None:
    assert end_of("a.b.JS") == "js"


def test_the_heaviest_sort_comes_first() -> None:
    files = [("a.html", 5), ("b.html", 5), ("a.mp4", 100), ("x", 1)]

    assert shares(files) == (Share("video", 1, 100), Share("pages", 2, 10), Share("other", 1, 1))


def test_the_largest_files_are_named() -> None:
    assert largest({str(n): n for n in range(9)}) == tuple(Large(str(n), n) for n in (8, 7, 6, 5, 4))
