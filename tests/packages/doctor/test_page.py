"""One page: what it loads, where it leads, what it needs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packages.doctor.page import MOST_ELEMENTS, Page, read, resolve


def page(text: str) -> Page:
    return read(text.encode())[0]


def test_a_page_says_its_language_its_viewport_and_its_maker() -> None:
    told = page(
        "<!-- Created with iSpring --><!--version 11 --><html lang=vi><head><meta NAME=Viewport content=x>"
        '<meta name="generator" content="eXeLearning 2.9">'
    )

    assert (told.language, told.viewport, told.generator) == ("vi", True, "eXeLearning 2.9")
    assert told.comments == [" Created with iSpring ", "version 11 "]


def test_an_old_page_says_its_language_otherwise() -> None:
    assert page('<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en">').language == "en"


@pytest.mark.parametrize(
    ("element", "address"),
    [
        ('<script src="a.js"></script>', "a.js"),
        ('<img src=" a.png ">', "a.png"),
        ('<link rel="Stylesheet" href="a.css">', "a.css"),
        ('<iframe src="a.html"></iframe>', "a.html"),
        ("<video src=a.mp4 poster=a.jpg></video>", "a.mp4"),
        ("<audio><source src=a.mp3></audio>", "a.mp3"),
        ("<embed src=a.svg>", "a.svg"),
        ("<object data=a.pdf></object>", "a.pdf"),
    ],
)
def test_what_is_fetched_with_a_page_is_a_load(element: str, address: str) -> None:
    assert page(f"<!doctype html>\n{element}").loads.get(address) == 2


@pytest.mark.parametrize(
    "element",
    [
        "<a href=a.html>A</a>",
        "<link rel=icon href=a.ico>",
        "<img data-src=a.png>",
        "<p src=a.png>",
        "<!-- <img src=a.png> -->",
    ],
)
def test_what_is_not_fetched_with_a_page_is_no_load(element: str) -> None:
    assert page(element).loads == {}


def test_links_and_frames_lead_on() -> None:
    told = page('<a href="b.html">B</a>\n<iframe src="c.html"></iframe><map><area href=d.html></map>')

    assert list(told.links) == ["b.html", "c.html", "d.html"]


@pytest.mark.parametrize(
    ("element", "need"),
    [
        ('<applet code="A.class"></applet>', "java"),
        ('<object classid="java:A.class"></object>', "java"),
        ('<object classid="clsid:8AD9C840-044E-11D1-B3E9-00805F499D93"></object>', "java"),
        ('<embed src="a.swf">', "flash"),
        ('<object data="a.swf?x=1"></object>', "flash"),
        ('<object classid="clsid:D27CDB6E-AE6D-11cf-96B8-444553540000"></object>', "flash"),
        ('<script>swfobject.embedSWF("a.swf")</script>', "flash"),
        ('<object type="application/x-silverlight-2"></object>', "plugin"),
        ("<script>window.open('a.html')</script>", "popup"),
    ],
)
def test_what_a_page_needs_of_the_browser_is_told_with_its_line(element: str, need: str) -> None:
    told = page(f"<!doctype html>\n\n{element}")

    assert {name: getattr(told, name) for name in ("java", "flash", "plugin", "popup")} == {
        name: 3 if name == need else 0 for name in ("java", "flash", "plugin", "popup")
    }


@pytest.mark.parametrize(
    "element",
    [
        '<object data="a.pdf" type="application/pdf"></object>',
        "<script>var java = window.opener; // swfobject</script>",
        "<p>window.open('a.html') opens a window; applet is a word.",
        '<a href="a.swf">the old film</a>',
        '<script src="swfobject.js"></script>',
    ],
)
def test_harmless_twins_need_nothing(element: str) -> None:
    told = page(element)

    assert (told.java, told.flash, told.plugin, told.popup) == (0, 0, 0, 0)


def test_films_say_their_files_and_whether_captions_come_with_them() -> None:
    told = page(
        "<video src=a.mp4><track kind=captions src=a.vtt></video><video><source src=b.mp4><source src=b.webm></video>"
        "<video src=c.mp4><track src=c.vtt></video><video src=d.mp4><track kind=chapters src=d.vtt></video>"
    )

    assert told.films == [(["a.mp4"], True), (["b.mp4", "b.webm"], False), (["c.mp4"], True), (["d.mp4"], False)]


@pytest.mark.parametrize(
    ("address", "means"),
    [
        ("b.js", "x/b.js"),
        ("../b.js?v=1#top", "b.js"),
        ("..\\ảnh\\b.png", "ảnh/b.png"),
        ("/b.js", "b.js"),
        ("#top", "x/a.html"),
        ("https://cdn.example/b.js", "https://cdn.example/b.js"),
        ("HTTP://cdn.example/b.js", "http://cdn.example/b.js"),
        ("//cdn.example/b.js", "http://cdn.example/b.js"),
        ("data:text/css,x", ""),
        ("javascript:void(0)", ""),
        ("mailto:a@b.example", ""),
        ("{{ item.src }}", ""),
        ("<%= src %>", ""),
        ("${src}", ""),
        ("http://[", ""),
    ],
)
def test_an_address_is_resolved_as_a_browser_would(address: str, means: str) -> None:
    assert resolve("x/a.html", address) == means


@given(st.binary(max_size=2000))
def test_whatever_it_is_reading_it_ends_well(data: bytes) -> None:
    assert isinstance(read(data)[0], Page)


def test_what_a_page_names_counts_from_its_own_place_and_is_told_once() -> None:
    told, _ = read(b'<img src="b.png">\n<img src="./b.png"><a href="../c.html">C</a><a href="#top">top</a>', "x/a.html")

    assert told.loads == {"x/b.png": 1}
    assert told.links == {"c.html": 2, "x/a.html": 2}


HOSTILE = {
    "tags that are never closed": b"<a " * 170_000,
    "quotes that are never closed": b'<a b="' * 80_000,
    "comments that are never closed": b"<!--" * 130_000,
    "boxes within boxes": b"<div>" * 100_000,
    "paragraphs": b"<p>" * 170_000,
    "tables": b"<table><tr><td>" * 34_000,
    "forms and formatting": b"<form><b><a>" * 43_000,
    "nothing": bytes(512 * 1024),
    "scripts": b"<script>window. open window.   </script>" * 12_000,
    "blanks in a script": b"<script>" + b"window" + b" " * 500_000 + b"</script>",
    "attributes": b"<a " + b"x=1 " * 130_000 + b">",
    "UTF-16": b"\xff\xfe" + "<p>ạ".encode("utf-16-le") * 60_000,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_read_soon(data: bytes) -> None:
    begun = time.process_time()

    _, count = read(data)

    assert count <= MOST_ELEMENTS
    assert time.process_time() - begun < 2
