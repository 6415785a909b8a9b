"""Names: any that a key may have is kept as it is, and any other is refused by every call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.blobs import BadKey, Blobs, Range
from tests.storage.blobs.stores import keys

if TYPE_CHECKING:
    from collections.abc import Callable

# Each of these broke some store or some client somewhere: signs that URLs, XML, shells or sorting treat as special.
NAMES = [
    "Bài học số 1/Ảnh chụp màn hình.png",
    "#fragment?query&a=b;c+d%20e~f.html",
    "'single' \"double\" `back` <tag>.js",
    " leading/and trailing /blanks ",
    "(brackets)[square]{curly}$@!*^|\\,:.css",
    "A.png",
    "a.png",
    "é composed",
    "e\u0301 decomposed",
    "dấu/chấm..phẩy/...",
    "emoji 😀.mp4",
    "\ufb00 sorts before the emoji only by code points",
    "next\u0085line\u2028separator",
    ".hidden/.htaccess",
    "a" * 255,
    "ế" * 85,
    "~/tilde",
    "-",
    "0",
]


@pytest.mark.parametrize("key", NAMES, ids=ascii)
def test_a_name_is_kept_as_it_is(blobs: Blobs, key: str) -> None:
    put = blobs.put(key, key.encode())

    assert blobs.get(key).read() == key.encode()
    assert blobs.get(key, Range(None, 1)).read() == key.encode()[-1:]
    assert blobs.stat(key).etag == put.etag
    assert keys(blobs) == [key]
    assert keys(blobs, key) == [key]
    blobs.copy(key, f"copy/of/{key}")
    blobs.delete(key)
    assert keys(blobs) == [f"copy/of/{key}"]
    assert blobs.delete_all("copy/of/") == 1
    assert keys(blobs) == []


def test_names_live_side_by_side_in_the_order_of_their_bytes(blobs: Blobs) -> None:
    crossing = ["a", "a-b", "a-b/c", "a.c", "a/b", "a/b/c", "a/b.d", "a0", "ab/c", "a/" * 20 + "b", "B", "a/B"]
    for name in [*NAMES, *crossing]:
        blobs.put(name, name.encode())

    assert keys(blobs) == sorted([*NAMES, *crossing], key=str.encode)
    assert [blobs.get(name).read().decode() for name in NAMES] == NAMES


def test_a_key_may_be_as_long_and_as_deep_as_it_gets(blobs: Blobs) -> None:
    deep = "a/" * 449 + "bc"
    long = "/".join(["ế" * 85, "b" * 255, "c" * 255, "d" * 132])
    assert {len(key.encode()) for key in (deep, long)} == {900}

    for key in (deep, long):
        blobs.put(key, b"content")
        assert blobs.get(key).read() == b"content"

    assert keys(blobs) == [deep, long] if deep < long else [long, deep]
    assert blobs.delete_all("a/") == 1
    assert keys(blobs) == [long]


def test_an_object_may_have_the_name_of_a_folder(blobs: Blobs) -> None:
    blobs.put("a/b", b"below")
    blobs.put("a", b"above")

    assert keys(blobs) == ["a", "a/b"]
    blobs.delete("a")
    assert blobs.get("a/b").read() == b"below"
    blobs.put("a", b"above")
    assert blobs.delete_all("a/") == 1
    assert blobs.get("a").read() == b"above"


BAD = ["", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a/.", "a\0b", "a\nb", "a\x7f", "\ud800", "\ufffe"]
BAD += ["   ", "\u3000", "a" * 256, "a/" + "ế" * 86, "a/" * 450 + "b"]


@pytest.mark.parametrize("key", BAD, ids=lambda key: ascii(key)[:12])
def test_a_bad_key_is_refused_by_every_call(blobs: Blobs, key: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: blobs.put(key, b""),
        lambda: blobs.get(key),
        lambda: blobs.stat(key),
        lambda: blobs.delete(key),
        lambda: blobs.copy(key, "a"),
        lambda: blobs.copy("a", key),
        lambda: blobs.path(key),
    ]

    for call in calls:
        with pytest.raises(BadKey):
            call()


@pytest.mark.parametrize("prefix", ["/", "../", "a//", "a/../b", "./", "\0", "a/\n"], ids=ascii)
def test_a_bad_prefix_is_refused(blobs: Blobs, prefix: str) -> None:
    with pytest.raises(BadKey):
        blobs.list(prefix)
    with pytest.raises(BadKey):
        blobs.delete_all(prefix)
