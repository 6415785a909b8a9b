"""The press: one version of a template, set up once, draws its certificates by Typst (docs/certificates.md, The document)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Self

import orjson
import typst

from lrs.certificates.sheet import Certificate, look, sheet
from lrs.certificates.template import Template
from lrs.certificates.writing import without
from lrs.people.emblem import Emblem

STANDARDS = ["a-3a", "ua-1"]

_SHEET = Path(__file__).with_name("sheet.typ")
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_NOT_DISPLAYED = re.compile(r"the (?:text|PDF contains the codepoint) `\"(.+?)\"`(?: could not be displayed)?")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
TOGETHER = 20
"""Pages that are drawn at once for one PDF: Typst remembers what it drew of the last ten times."""

_TRIES = 60
_AS_IT_IS = frozenset({"credential", "qr"})


class NotDrawn(Exception):
    """A page cannot be drawn: a picture is broken, or more letters than can be counted are in no font."""


class Press:
    """Draws pages of one template. Whatever is needed lies in a folder of its own, and nothing outside it can be read."""

    def __init__(self, template: Template, pictures: Mapping[str, Emblem]) -> None:
        self.template = template
        self.unknown: set[str] = set()
        self._lock = Lock()
        self._folder = TemporaryDirectory(prefix="haidang-press-")
        root = Path(self._folder.name)
        (root / _SHEET.name).write_bytes(_SHEET.read_bytes())
        files = {}
        for part, each in template.pictures.items():
            picture = pictures[each.digest]
            files[part] = f"{part}.{_ENDINGS[picture.type]}"
            (root / files[part]).write_bytes(picture.content)
        self._look = look(template, files)
        self._compiler = typst.Compiler(root / _SHEET.name, root=root, font_paths=_fonts())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the folder away."""
        self._folder.cleanup()

    def page(self, of: Certificate) -> bytes:
        """Draw one certificate as PDF/A-3a and PDF/UA-1, with what is attached."""
        return self._drawn([sheet(self.template, of)], of, pdf_standards=STANDARDS)

    def pages(self, several: Sequence[Certificate]) -> bytes:
        """Draw many to be printed, without tags and attachments."""
        sheets = [sheet(self.template, each) | {"credential": None} for each in several]
        return self._drawn(sheets, several[0], pdf_standards=["a-3u"], pdf_tags=False)

    def chunks(self, all_of: Iterable[Certificate]) -> Iterator[bytes]:
        """Draw any number to be printed, some at a time."""
        waiting: list[Certificate] = []
        for each in all_of:
            waiting.append(each)
            if len(waiting) == TOGETHER:
                yield self.pages(waiting)
                waiting = []
        if waiting:
            yield self.pages(waiting)

    def picture(self, of: Certificate, dots: int = 96) -> bytes:
        """Draw one certificate as PNG: a look at it while it is edited."""
        told = sheet(self.template, of) | {"credential": None}
        self._drawn([told], of, pdf_standards=STANDARDS)  # only a PDF says which letters no font has
        return self._drawn([told], of, format="png", ppi=dots)

    def _drawn(self, sheets: list[dict[str, Any]], of: Certificate, **how: Any) -> bytes:
        for _ in range(_TRIES):
            told = orjson.dumps(
                {"look": self._look, "sheets": [_shown(each, self.unknown) for each in sheets]}
            ).decode()
            try:
                with self._lock:
                    made: Any = self._compiler.compile(
                        sys_inputs={"sheets": told}, timestamp=int(of.moment.timestamp()), **({"format": "pdf"} | how)
                    )
            except typst.TypstError as error:
                missing = _NOT_DISPLAYED.search(error.message)
                if missing is None:
                    raise NotDrawn(error.message) from None
                self.unknown.add(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), missing[1]))
            else:
                return bytes(made)
        raise NotDrawn("too many letters that no font has")


def _shown(said: Any, unknown: set[str]) -> Any:
    """Put a sign in place of each letter that no font has; the code and the credential are no letters, and go by as they are."""
    if isinstance(said, str):
        return without(said, unknown)
    if isinstance(said, dict):
        return {key: each if key in _AS_IT_IS else _shown(each, unknown) for key, each in said.items()}
    return [_shown(each, unknown) for each in said] if isinstance(said, list) else said


@cache
def _fonts() -> typst.Fonts:
    """Find the fonts once: those of Typst and those of the machine."""
    return typst.Fonts()
