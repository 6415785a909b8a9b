"""A template as a value: texts, choices and pictures, and nothing that could be run (docs/certificates.md, Templates)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

import orjson
from flask_babel import lazy_gettext as _

from lrs.people.identity import NotUnderstood

LANGUAGES = ("vi", "en", "vi+en")
FRAMES = ("none", "thin", "double")
INKS = {"navy": "#1f3a5f", "green": "#14532d", "red": "#7f1d1d", "black": "#1a1a1a"}
PICTURES = ("emblem", "signature", "seal")
PLACEHOLDERS = ("name", "course", "unit", "day", "until", "hours", "score", "number")
UNSURE = frozenset({"until", "hours", "score"})
"""What a rule may have nothing for: a text with such a word that can be left out is left out then."""

_MOST_LETTERS = 300
_BRACES = re.compile(r"[{}][^{}]*[}]?")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; empty where the template does not speak it."""

    vi: str = ""
    en: str = ""

    def main(self, language: str) -> str:
        """Give the text that stands first."""
        return self.en if language == "en" else self.vi

    def also(self, language: str) -> str:
        """Give the text that stands beneath, if the template has two languages."""
        return self.en if language == "vi+en" else ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its digest, with what is read out in its place."""

    digest: str
    alt: str


@dataclass(frozen=True, slots=True)
class Template:
    """What certificates of one kind look like."""

    language: str = "vi+en"
    heading: Words = Words()
    lead: Words = Words()
    body: Words = Words()
    closing: Words = Words()
    above: Words = Words()
    organisation: Words = Words()
    place: Words = Words()
    position: Words = Words()
    signatory: str = ""
    national: bool = True
    frame: str = "double"
    ink: str = "navy"
    pictures: Mapping[str, Picture] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Mapping[str, str], digests: Mapping[str, str]) -> Self:
        """Read a form, with the digests of pictures that were looked at; NotUnderstood names the field."""
        language = _one_of(LANGUAGES, "language", given)
        words = {part: _words(part, given, language) for part in _TEXTS}
        signatory = _text("signatory", given)
        if not signatory:
            raise NotUnderstood("signatory", _("Please say who signs."))
        return cls(
            language=language,
            signatory=signatory,
            national=given.get("national", "") == "1",
            frame=_one_of(FRAMES, "frame", given),
            ink=_one_of(tuple(INKS), "ink", given),
            pictures={part: _picture(part, given, digests[part]) for part in PICTURES if part in digests},
            **words,
        )

    @classmethod
    def loads(cls, text: bytes | str) -> Self:
        """Read what was written by `dumps`."""
        said: dict[str, Any] = orjson.loads(text)
        said.pop("months", None)  # versions from before a rule said for how long
        for part in _TEXTS:
            said[part] = Words(**said[part])
        said["pictures"] = {part: Picture(**each) for part, each in said["pictures"].items()}
        return cls(**said)

    @property
    def asks(self) -> frozenset[str]:
        """Name the words that a rule must be able to fill: those of texts that cannot be left out."""
        said = (text for part in _NEEDED for text in _both(getattr(self, part)))
        return frozenset(word for text in said for word in words_in(text) if word in UNSURE)

    def where(self, word: str) -> str:
        """Name the first field, of those that cannot be left out, that has a word."""
        for part in sorted(_NEEDED):
            for language, text in zip(("vi", "en"), _both(getattr(self, part)), strict=True):
                if word in words_in(text):
                    return f"{part}.{language}"
        return ""

    def dumps(self) -> str:
        """Write it down."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS).decode()


BEGIN = Template(
    heading=Words("CHỨNG NHẬN", "CERTIFICATE"),
    lead=Words("Chứng nhận ông/bà", "This is to certify that"),
    body=Words("đã hoàn thành khóa học", "has completed the course"),
    position=Words("GIÁM ĐỐC", "Director"),
)
"""What a new template says until somebody says something else: who issues, where and who signs is theirs to say."""

_TEXTS = tuple(each.name for each in fields(Template) if each.type is Words)
_NEEDED = frozenset({"heading", "lead", "body", "organisation"})


def words_in(text: str) -> list[str]:
    """List the words that are filled in in a text."""
    return [word for word in PLACEHOLDERS if f"{{{word}}}" in text]


def _both(words: Words) -> tuple[str, str]:
    return words.vi, words.en


def _words(part: str, given: Mapping[str, str], language: str) -> Words:
    said = {}
    for each in language.split("+"):
        name = f"{part}.{each}"
        said[each] = _text(name, given)
        if part in _NEEDED and not said[each]:
            raise NotUnderstood(name, _("A certificate needs this text."))
    return Words(**said)


def _text(name: str, given: Mapping[str, str]) -> str:
    text = " ".join(given.get(name, "").split())
    if len(text) > _MOST_LETTERS:
        raise NotUnderstood(name, _("This is longer than %(most)s characters.", most=_MOST_LETTERS))
    for wrong in _unknown(text):
        raise NotUnderstood(name, _("%(word)s is no word that is filled in.", word=wrong))
    return text


def _unknown(text: str) -> Iterator[str]:
    """List what stands in braces and means nothing, and braces that stand alone."""
    known = {f"{{{word}}}" for word in PLACEHOLDERS}
    return (found[0] for found in _BRACES.finditer(text) if found[0] not in known)


def _one_of(words: tuple[str, ...], name: str, given: Mapping[str, str]) -> str:
    if given.get(name) not in words:
        raise NotUnderstood(name, _("Please choose one of these."))
    return given[name]


def _picture(part: str, given: Mapping[str, str], digest: str) -> Picture:
    alt = _text(f"{part}.alt", given)
    if not alt:
        raise NotUnderstood(f"{part}.alt", _("Please say what the picture shows, for those who do not see it."))
    return Picture(digest, alt)
