"""A page of a lesson, as far as it tells in advance how a learner will fare with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

MOST = 1024 * 1024
"""Bytes of a page that are looked at."""

_FETCHES = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "video": "src",
    "audio": "src",
    "source": "src",
    "embed": "src",
}
_OUTSIDE = re.compile(r"(https?:)?//[^/]", re.IGNORECASE)
_FETCHED_LINKS = frozenset({"stylesheet", "preload", "modulepreload", "icon"})
_OPENS = b"window.open("


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says."""

    language: str = ""
    generator: str = ""
    viewport: bool = False
    outside: bool = False
    """It needs files from other places: without those, or without their host's leave, it is not whole."""
    insecure: bool = False
    """It needs some without https, which browsers refuse on a page that came with it."""
    flash: bool = False
    java: bool = False
    popup: bool = False
    tracks: bool = False
    """It has captions for a film."""


def read(data: bytes) -> Page:
    """Read a page; one that is none says nothing."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, recover=True)
    try:
        root = etree.fromstring(data[:MOST], parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return Page(popup=_OPENS in data)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    metas = {_of(meta, "name").lower(): _of(meta, "content") for meta in elements if meta.tag == "meta"}
    outside = [address for element in elements for address in _fetched(element) if _OUTSIDE.match(address)]
    return Page(
        language=next((_of(element, "lang") for element in elements if element.tag == "html"), ""),
        generator=metas.get("generator", ""),
        viewport="viewport" in metas,
        outside=bool(outside),
        insecure=any(address.lower().startswith("http:") for address in outside),
        flash=any(_is_flash(element) for element in elements),
        java=any(element.tag == "applet" or "x-java" in _of(element, "type") for element in elements),
        popup=_OPENS in data,
        tracks=any(element.tag == "track" for element in elements),
    )


def _of(element: Any, name: str) -> str:
    return str(element.get(name) or "").strip()


def _fetched(element: Any) -> Iterator[str]:
    """Name what a browser fetches for an element by itself; a link for people to follow is none of it."""
    name = _FETCHES.get(element.tag)
    if name and (element.tag != "link" or _FETCHED_LINKS.intersection(_of(element, "rel").lower().split())):
        yield _of(element, name)


def _is_flash(element: Any) -> bool:
    if element.tag not in {"object", "embed"}:
        return False
    about = " ".join(_of(element, name) for name in ("type", "data", "src", "classid")).lower()
    return "shockwave-flash" in about or ".swf" in about or "d27cdb6e" in about
