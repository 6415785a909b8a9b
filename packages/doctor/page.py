"""One page of a lesson, read as a browser would: what it loads, where it leads, what it needs of the browser, who made it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from lxml import etree

from packages.encodings import text_of

MOST_ELEMENTS = 50_000

_LOADS = {
    "script": ("src",),
    "img": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "source": ("src",),
    "track": ("src",),
    "input": ("src",),
}
"""Which attributes of which elements name what a browser fetches at once."""

_LINKS = {"a": "href", "area": "href", "iframe": "src", "frame": "src"}
"""Which attribute of which elements leads learners on."""

_LOOKED_AT = {*_LOADS, *_LINKS, "html", "meta", "link", "applet"}

_LINKED = {"stylesheet", "preload", "modulepreload"}
_JAVA = ("java", "8ad9c840", "cafeefac")
_FLASH = ("shockwave-flash", "futuresplash", "d27cdb6e")
_PLUGINS = (
    "silverlight", "x-director", "166b1bca", "x-mplayer2", "22d6f312", "6bf52a52", "quicktime", "02bf25d5", "realaudio",
)  # fmt: skip
_OPENS = re.compile(r"\bwindow\s{0,9}\.\s{0,9}open\s{0,9}\(")
_EMBEDS_FLASH = re.compile(r"\bswfobject\s{0,9}\.\s{0,9}embedSWF\s{0,9}\(")
_TEMPLATE = re.compile(r"[{}<>$\[\]|]|%(?![0-9a-fA-F]{2})")
"""Signs that an address has yet to be made by a script."""

_HERE = ("http", "https", "")


class Placed(Protocol):
    """An element that knows its line."""

    @property
    def sourceline(self) -> Any:
        """The line on which it begins."""


@dataclass(slots=True)
class Page:
    """What a page says."""

    name: str = ""
    language: str = ""
    generator: str = ""
    comments: list[str] = field(default_factory=list)
    viewport: bool = False
    loads: dict[str, int] = field(default_factory=dict)
    """What is fetched with it: files of the package and addresses elsewhere, each with the line that names it first."""
    links: dict[str, int] = field(default_factory=dict)
    """Where a learner can go from it."""
    films: list[tuple[list[str], bool]] = field(default_factory=list)
    """The files of each film, and whether captions come with it."""
    java: int = 0
    flash: int = 0
    plugin: int = 0
    popup: int = 0
    """The line on which it asks for one of these; 0 if it does not."""


def read(data: bytes, name: str = "") -> tuple[Page, int]:
    """Read the page of this name; tell how many of its elements were looked at."""
    page, count = Page(name), 0
    for element in islice(_elements(text_of(data)), MOST_ELEMENTS):
        count += 1
        if isinstance(element.tag, str):
            _look_at(element, page)
        elif isinstance(element, etree._Comment) and len(page.comments) < _MOST_COMMENTS:  # noqa: SLF001 - lxml's name
            page.comments.append((element.text or "")[:_MOST_COMMENT])
    return page, count


_MOST_COMMENTS = 20
_MOST_COMMENT = 200


def _elements(text: str) -> Iterator[etree._Element]:
    parser = etree.HTMLParser(no_network=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return
    if root is not None:
        # Comments before the root are where tools sign their name.
        yield from reversed(list(root.itersiblings(preceding=True)))
        yield from root.iter(etree.Comment, *_LOOKED_AT)


def _look_at(element: etree._Element, page: Page) -> None:
    tag, line = str(element.tag), _line_of(element)
    said = {str(name).lower(): str(value).strip() for name, value in element.items()}
    if tag == "html":
        page.language = said.get("lang") or said.get("xml:lang", "")
    elif tag == "meta":
        page.viewport |= said.get("name", "").lower() == "viewport"
        page.generator = (
            page.generator or (said.get("name", "").lower() == "generator" and said.get("content", "")) or ""
        )
    elif tag == "script" and element.text:
        page.popup = page.popup or (line if _OPENS.search(element.text) else 0)
        page.flash = page.flash or (line if _EMBEDS_FLASH.search(element.text) else 0)
    elif tag == "video":
        _look_at_film(element, page)
    _note_needs(tag, said, line, page)
    _note_addresses(tag, said, line, page)


def _line_of(element: Placed) -> int:
    """Tell on which line an element begins."""
    return int(element.sourceline or 0)


def _look_at_film(film: etree._Element, page: Page) -> None:
    named = [film.get("src"), *(one.get("src") for one in film.iter("source"))]
    kinds = [(track.get("kind") or "subtitles").lower() for track in film.iter("track")]
    files = [file for one in named if one and (file := resolve(page.name, one))]
    page.films.append((files, not {"captions", "subtitles"}.isdisjoint(kinds)))


def _note_needs(tag: str, said: dict[str, str], line: int, page: Page) -> None:
    if tag not in {"applet", "object", "embed"}:
        return
    what = " ".join(said.get(name, "") for name in ("type", "codetype", "classid")).lower()
    opens = said.get("src") or said.get("data") or ""
    if tag == "applet" or any(mark in what for mark in _JAVA):
        page.java = page.java or line
    elif any(mark in what for mark in _FLASH) or _path_of(opens).lower().endswith(".swf"):
        page.flash = page.flash or line
    elif any(mark in what for mark in _PLUGINS):
        page.plugin = page.plugin or line


def _note_addresses(tag: str, said: dict[str, str], line: int, page: Page) -> None:
    loads = [said.get(name, "") for name in _LOADS.get(tag, ())]
    if tag == "link" and not _LINKED.isdisjoint(said.get("rel", "").lower().split()):
        loads.append(said.get("href", ""))
    for noted, named in ((page.loads, loads), (page.links, [said.get(_LINKS.get(tag, ""), "")])):
        for one in named:
            if one and (address := resolve(page.name, one)):
                noted.setdefault(address, line)


def _path_of(address: str) -> str:
    """Give the path of an address; nothing for one that cannot be read."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def resolve(page: str, address: str) -> str:
    """Resolve an address as a page of this name means it: a name in the package, or an address elsewhere; nothing if it is neither."""
    if _TEMPLATE.search(address):
        return ""
    try:
        joined = urlsplit(urljoin(f"http://package.invalid/{page}", address.replace("\\", "/")))
    except ValueError:
        return ""
    if joined.scheme not in _HERE:
        return ""
    if joined.netloc == "package.invalid":
        return joined.path.lstrip("/")
    return joined.geturl()
