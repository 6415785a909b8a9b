"""A template goes into its form and comes out the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import IO, cast

import pytest

from lrs.certificates import editing
from lrs.certificates.template import BEGIN, Picture
from lrs.people.emblem import MOST_BYTES, Emblem
from lrs.people.identity import NotUnderstood
from tests.lrs.certificates.papers import TEMPLATE
from tests.lrs.people.pictures import png


def test_a_template_comes_out_of_its_form_as_it_went_in() -> None:
    emblem = Emblem.read(png())
    template = replace(TEMPLATE, pictures={"emblem": Picture(emblem.digest, "Huy hiệu")})

    draft = editing.draft(editing.form_of(template), {"emblem": emblem})

    assert draft.template == template
    assert draft.pictures == {emblem.digest: emblem}


def test_a_new_template_lacks_only_who_issues_and_who_signs() -> None:
    given = editing.form_of(BEGIN) | {"organisation.vi": "Sở", "organisation.en": "x", "signatory": "y"}

    assert editing.draft(given, {}).template.organisation.vi == "Sở"


class Endless:
    """Fifty megabytes that begin like a picture, and how much of them was read."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, most: int = 50_000_000) -> bytes:
        self.taken += most
        return b"\x89PNG\r\n\x1a\n".ljust(most, b"\0")


@dataclass
class Sent:
    """A file of a form."""

    stream: IO[bytes]
    filename: str | None = "dấu.png"


def test_fifty_megabytes_are_not_even_read() -> None:
    endless = Endless()

    with pytest.raises(NotUnderstood) as refused:
        editing.read_pictures(None, {}, {"emblem": Sent(cast("IO[bytes]", endless))})  # type: ignore[arg-type]

    assert refused.value.field == "emblem"
    assert endless.taken == MOST_BYTES + 1
