"""A credential inside a picture (Open Badges 3.0, 5.3.2, SVG): put in, and taken out of whatever somebody holds."""

import re
from xml.parsers import expat

from lrs.badges.errors import NotACredential
from lrs.badges.reading import MOST_BYTES

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_ELEMENT = f"{NAMESPACE} credential"

MOST_PICTURE = 1_000_000
"""The most bytes of a picture that is looked into."""

_OPENING = re.compile(r"<svg\b[^>]*>")


def bake(svg: str, credential: bytes) -> bytes:
    """Put a credential with an embedded proof into a drawing of ours, directly after its first tag."""
    # No text of a CDATA section may end it; in JSON these three characters stand in a string alone, where one may be escaped.
    body = credential.decode("utf-8").replace("]]>", "]]\\u003e")
    opening = _OPENING.search(svg)
    if opening is None or "<openbadges:credential" in svg:
        raise ValueError("no drawing, or one with a credential in it")
    tag = opening[0][:-1] + f' xmlns:openbadges="{NAMESPACE}">'
    element = f"<openbadges:credential><![CDATA[{body}]]></openbadges:credential>"
    return f"{svg[: opening.start()]}{tag}{element}{svg[opening.end() :]}".encode()


def extract(picture: bytes) -> bytes:
    """Take the one credential out of a drawing; NotACredential where there is none, or more than one, or another kind of file."""
    if len(picture) > MOST_PICTURE:
        raise NotACredential("the picture is too large")
    reader = _Reader()
    try:
        reader.parser.Parse(picture, True)
    except expat.ExpatError:
        raise NotACredential("it is no drawing") from None
    if reader.count != 1:
        raise NotACredential("it holds no credential, or more than one")
    found = "".join(reader.text).strip().encode()
    if not found or len(found) > MOST_BYTES:
        raise NotACredential("its credential is empty or too long")
    return found


class _Reader:
    """Whatever stands in the credential's element; a document type, which could make much of little, is refused."""

    def __init__(self) -> None:
        self.count, self.text, self._inside = 0, list[str](), False
        # Always UTF-8, whatever the file declares: other codecs are Python's own, and fail in ways of their own.
        self.parser = expat.ParserCreate("UTF-8", " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._said
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, name: str, _attributes: object) -> None:
        if self._inside:
            raise NotACredential("its credential holds elements")
        if name == _ELEMENT:
            self.count, self._inside = self.count + 1, True

    def _end(self, _name: str) -> None:
        self._inside = False

    def _said(self, text: str) -> None:
        if self._inside and self.count == 1:
            self.text.append(text)

    def _refuse(self, *_declared: object) -> None:
        raise NotACredential("it has a document type")
