"""An XML descriptor read safely into a tree, and read by local names: real ones are careless with namespaces, encodings and capitals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from lxml import etree

from packages.findings import Notes, refused

DEEPEST = 100
_TOO_DEEP = f"boolean({'/*' * (DEEPEST + 1)})"
"""Whatever walks a tree calls itself a few times a level; no course has more than a dozen."""

Element = etree._Element  # noqa: SLF001 - lxml has no other name for the type of an element

_DOCTYPE = "<!DOCTYPE"
_DOCTYPES = [_DOCTYPE.encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")]
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258")
"""What descriptors are written in, whatever they say; the last one reads almost anything, and XML must come of it."""

_TRUE, _FALSE = {"true", "1", "yes"}, {"false", "0", "no"}


def parse(data: bytes, notes: Notes) -> Element:
    """Parse a descriptor; nothing of it may reach beyond it: no entity, no network, no DTD. One that is there is not even parsed."""
    if any(doctype in data for doctype in _DOCTYPES):
        raise refused("dtd", notes.place)
    try:
        root = _parse(data)
    except MemoryError:
        raise refused("too-heavy", notes.place) from None
    except (etree.XMLSyntaxError, ValueError):
        root = _parse_otherwise(data, notes)
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused("dtd", notes.place)
    if root.xpath(_TOO_DEEP):
        raise refused("bad-xml", notes.place)
    return root


def _parse(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        said: Any = error.error_log
        if said.filter_types(etree.ErrorTypes.ERR_NO_MEMORY):
            raise MemoryError from error
        raise


def _parse_otherwise(data: bytes, notes: Notes) -> Element:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding).lstrip("\ufeff")
            root = _parse(_DECLARATION.sub("", text).strip().encode())
        except (UnicodeError, etree.XMLSyntaxError, ValueError):
            continue
        notes.say("wrong-encoding", about=encoding.removesuffix("-sig"))
        return root
    raise refused("bad-xml", notes.place)


def name(element: Element) -> str:
    """Give an element's name without its namespace."""
    return etree.QName(element).localname


def within(element: Element, *names: str) -> Iterator[Element]:
    """Give all elements below that have one of these names, in order."""
    wanted = {one.lower() for one in names}
    return (found for found in element.iterdescendants(etree.Element) if name(found).lower() in wanted)


def children(element: Element | None, *names: str) -> list[Element]:
    """Give the children, or those that have one of these names."""
    if element is None:
        return []
    wanted = {one.lower() for one in names}
    return [child for child in element.iterchildren(etree.Element) if not names or name(child).lower() in wanted]


def child(element: Element | None, wanted: str) -> Element | None:
    """Give the first child of this name."""
    return next(iter(children(element, wanted)), None)


def words(element: Element | None) -> str:
    """Give the text of an element, blanks in a row being one, and letters composed: old encodings take them apart."""
    return "" if element is None else normalize("NFC", " ".join("".join(map(str, element.itertext())).split()))


def verbatim(element: Element | None) -> str:
    """Give the text of an element as it stands, but for the blanks around it."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def attribute(element: Element, wanted: str) -> str:
    """Give an attribute by its local name, whatever its capitals; the plain one comes before one in a namespace."""
    plain = element.get(wanted)
    if plain is not None:
        return plain.strip()
    found = (
        str(value) for key, value in element.attrib.items() if etree.QName(key).localname.lower() == wanted.lower()
    )
    return next(found, "").strip()


@dataclass(frozen=True, slots=True)
class Said:
    """What an element says of one thing, and where to complain when that is nothing the standard allows."""

    words: str
    what: str
    at: Element | None
    notes: Notes

    def flag(self, *, default: bool) -> bool:
        """Read yes or no."""
        word = self.words.lower()
        if word in _TRUE | _FALSE:
            return word in _TRUE
        self._complain()
        return default

    def one_of(self, allowed: tuple[str, ...], default: str) -> str:
        """Tell which of several words is meant, whatever its capitals."""
        found = next((one for one in allowed if one.lower() == self.words.lower()), None)
        if found is None:
            self._complain()
            return default
        return found

    def number(self, least: float, most: float) -> float | None:
        """Read a number between two others."""
        try:
            value = float(self.words)
        except ValueError:
            value = float("nan")
        if least <= value <= most:
            return value
        self._complain()
        return None

    def _complain(self) -> None:
        if self.words:
            self.notes.say("unreadable-value", self.at, about=f"{self.what}={self.words}"[:100])


def said_by(element: Element, what: str, notes: Notes) -> Said:
    """Take what an element says in an attribute."""
    return Said(attribute(element, what), what, element, notes)


def said_in(element: Element, what: str, notes: Notes) -> Said:
    """Take what an element says in a child."""
    return Said(words(child(element, what)), what, element, notes)
