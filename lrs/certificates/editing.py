"""A template while it is edited: read from a form with its pictures, and drawn once, so that what cannot be drawn is refused here."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Protocol

from flask_babel import lazy_gettext as _

from lrs import days
from lrs.certificates.press import NotDrawn, Press
from lrs.certificates.sheet import Certificate
from lrs.certificates.template import PICTURES, Template, Words
from lrs.people.emblem import MOST_BYTES, Emblem
from lrs.people.identity import NotUnderstood
from storage import certificate_templates
from storage.certificate_templates import PictureRow
from storage.database import Tx

DOTS = 72


class Sent(Protocol):
    """A file of a form."""

    filename: str | None
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form says, with the pictures that are in it."""

    template: Template
    pictures: Mapping[str, Emblem] = field(default_factory=dict)

    def look(self) -> str:
        """Draw it for somebody who does not exist, as an address that holds the picture itself."""
        day = days.today()
        sample = Certificate(
            number=f"0001/{day.year}",
            name="Nguyễn Thị Minh Anh",
            course="Kỹ năng số cơ bản cho mọi người",
            unit="Phường Hồng Bàng",
            day=day,
            moment=datetime.now(UTC),
            code="7GQX2M4K93TDXK4P",
            payload=("HTTPS://EXAMPLE.ORG/", "v/#", "0123456789" * 48),
            hours="12",
            score="85%",
            credential=b"{}",
        )
        with Press(self.template, self.pictures) as press:
            try:
                drawn = press.picture(sample, DOTS)
            except NotDrawn:
                part = next(iter(self.template.pictures), "heading.vi")
                raise NotUnderstood(part, _("This cannot be drawn. If it is a picture, save it anew as PNG.")) from None
        return f"data:image/png;base64,{b64encode(drawn).decode()}"


def read_pictures(tx: Tx, given: Mapping[str, str], files: Mapping[str, Sent]) -> dict[str, Emblem]:
    """Take the pictures of a form, by their parts: new ones, and those that are kept already and were not taken away."""
    found: dict[str, Emblem] = {}
    for part in PICTURES:
        sent = files.get(part)
        if sent is not None and sent.filename:
            found[part] = _looked_at(part, sent)
            row = PictureRow(found[part].digest, found[part].type, found[part].content)
            certificate_templates.keep_picture(tx, row)
        elif not given.get(f"{part}.without"):
            kept = certificate_templates.picture(tx, given.get(f"{part}.digest", ""))
            if kept is not None:
                found[part] = Emblem(kept.type, kept.content)
    return found


def draft(given: Mapping[str, str], pictures: Mapping[str, Emblem]) -> Draft:
    """Read a form; NotUnderstood names the field."""
    template = Template.read(given, {part: each.digest for part, each in pictures.items()})
    return Draft(template, {each.digest: each for each in pictures.values()})


def form_of(template: Template) -> dict[str, str]:
    """Write a template as its form has it."""
    said = {"language": template.language, "frame": template.frame, "ink": template.ink}
    said["signatory"] = template.signatory
    said["national"] = "1" if template.national else ""
    for part in ("heading", "lead", "body", "closing", "above", "organisation", "place", "position"):
        words: Words = getattr(template, part)
        said |= {f"{part}.vi": words.vi, f"{part}.en": words.en}
    for part, picture in template.pictures.items():
        said |= {f"{part}.digest": picture.digest, f"{part}.alt": picture.alt}
    return said


def _looked_at(part: str, sent: Sent) -> Emblem:
    try:
        return Emblem.read(sent.stream.read(MOST_BYTES + 1))
    except NotUnderstood as wrong:
        raise NotUnderstood(part, wrong.said) from None
