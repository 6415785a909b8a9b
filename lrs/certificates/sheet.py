"""What one page says: a template filled in with one certificate, as the data that sheet.typ draws."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lrs.certificates.code import Code, Payload
from lrs.certificates.day import in_words
from lrs.certificates.number import spaced
from lrs.certificates.template import INKS, PICTURES, PLACEHOLDERS, Template, Words, words_in
from lrs.certificates.writing import UNKNOWN, breakable, drawn

_FILLED = re.compile("{(" + "|".join(PLACEHOLDERS) + ")}")
_OURS = {
    "vi": {
        "number": "Số: {}",
        "code": "Mã kiểm tra: {}",
        "where": "Kiểm tra tại {}",
        "until": "Có giá trị đến {}",
        "qr": "Mã QR để kiểm tra chứng nhận số {}",
        "credential": "Chứng nhận số {}, để máy đọc",
    },
    "en": {
        "number": "No. {}",
        "code": "Code: {}",
        "where": "Check it at {}",
        "until": "Valid until {}",
        "qr": "QR code for checking certificate no. {}",
        "credential": "Certificate no. {} for machines to read",
    },
}
"""The language of a paper is that of its template, whoever asks for it: so these are no messages of a page."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """All that differs from one certificate of a template to the next."""

    number: str
    name: str
    course: str
    day: date
    moment: datetime
    code: str
    where: str = ""
    payload: Payload = ""
    credential: bytes | None = None
    unit: str = ""
    until: date | None = None
    hours: str = ""
    score: str = ""


def look(template: Template, files: dict[str, str]) -> dict[str, Any]:
    """Say what all pages of a template have in common; its pictures are files beside the page."""
    chosen: dict[str, Any] = {
        "language": "en" if template.language == "en" else "vi",
        "ink": INKS[template.ink],
        "frame": template.frame,
        "national": template.national,
    }
    for part in PICTURES:
        chosen[part] = files.get(part)
        chosen[f"{part}_alt"] = drawn(template.pictures[part].alt) if part in template.pictures else ""
    return chosen


def sheet(template: Template, of: Certificate) -> dict[str, Any]:
    """Fill a template in."""
    language = template.language
    first, *second = language.split("+")
    ours, name = _OURS[first], drawn(of.name) or UNKNOWN
    code = Code.of(of.payload) if of.payload else None
    organisation = template.organisation.main(language)

    def both(words: Words) -> dict[str, str]:
        return {
            "main": _filled(words.main(language), of, first),
            "also": _filled(words.also(language), of, second[0]) if second else "",
        }

    heading, place = both(template.heading), both(template.place)
    return {
        "title": f"{heading['main']} {of.number}: {name}",
        "issuer": drawn(organisation),
        "about": drawn(of.course),
        "number": drawn(of.number),
        "heading": heading,
        "lead": both(template.lead),
        "body": both(template.body),
        "closing": both(template.closing),
        "name": breakable(name),
        "course": breakable(drawn(of.course)),
        "above": _some(_filled(template.above.main(language), of, first)),
        "organisation": _some(_filled(organisation, of, first)),
        "place_and_day": _placed(place["main"], in_words(of.day, first)),
        "place_and_day_also": _placed(place["also"], in_words(of.day, second[0])) if second else "",
        "position": _some(_filled(template.position.main(language), of, first)),
        "position_also": both(template.position)["also"],
        "signatory": breakable(drawn(template.signatory)),
        "qr": code.svg if code else None,
        "qr_mm": code.millimetres if code else 0,
        "qr_alt": ours["qr"].format(of.number),
        "small": _small(of, first),
        "credential": of.credential.decode() if of.credential is not None else None,
        "credential_alt": ours["credential"].format(of.number),
    }


def _small(of: Certificate, language: str) -> list[str]:
    ours = _OURS[language]
    said = [ours["number"].format(drawn(of.number)), ours["code"].format(spaced(of.code))]
    if of.until is not None:
        said.append(ours["until"].format(in_words(of.until, language)))
    if of.where:
        said.append(ours["where"].format(of.where))
    return said


def _filled(text: str, of: Certificate, language: str) -> str:
    """Put what is meant in place of the words in braces, all at once; a text with a word for which there is nothing is left out."""
    meant = {
        "name": of.name,
        "course": of.course,
        "unit": of.unit,
        "day": in_words(of.day, language),
        "until": in_words(of.until, language) if of.until else "",
        "hours": of.hours,
        "score": of.score,
        "number": of.number,
    }
    if not all(meant[word] for word in words_in(text)):
        return ""
    return breakable(drawn(_FILLED.sub(lambda word: meant[word[1]], text)))


def _placed(place: str, day: str) -> str:
    return f"{place}, {day}" if place else day[0].upper() + day[1:]


def _some(line: str) -> list[str]:
    return [line] if line else []
