"""A template is taken whole or refused with the part's name."""

from __future__ import annotations

import pytest

from lrs.certificates.template import Template
from lrs.people.identity import NotUnderstood
from tests.lrs.certificates.papers import TEMPLATE

FORM = {
    "language": "vi+en",
    "frame": "double",
    "ink": "navy",
    "national": "1",
    "signatory": "Trần Văn Mẫu",
} | {
    f"{part}.{language}": getattr(getattr(TEMPLATE, part), language)
    for part in ("heading", "lead", "body", "closing", "above", "organisation", "place", "position")
    for language in ("vi", "en")
}


def test_a_form_becomes_a_template_and_is_kept_as_it_was() -> None:
    made = Template.read(FORM, {})

    assert made == TEMPLATE
    assert Template.loads(made.dumps()) == made


def test_pictures_are_kept_too() -> None:
    made = Template.read(FORM | {"seal.alt": "Con dấu"}, {"seal": "0" * 32})

    assert Template.loads(made.dumps()) == made


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"heading.vi": ""}, "heading.vi"),
        ({"heading.en": "   "}, "heading.en"),
        ({"lead.vi": ""}, "lead.vi"),
        ({"body.en": ""}, "body.en"),
        ({"organisation.vi": ""}, "organisation.vi"),
        ({"signatory": ""}, "signatory"),
        ({"closing.vi": "{password}"}, "closing.vi"),
        ({"closing.vi": "{name"}, "closing.vi"),
        ({"closing.vi": "name}"}, "closing.vi"),
        ({"closing.vi": "{{name}}"}, "closing.vi"),
        ({"closing.vi": "{name.__class__}"}, "closing.vi"),
        ({"body.vi": "x" * 301}, "body.vi"),
        ({"language": "fr"}, "language"),
        ({"frame": "../../etc/passwd"}, "frame"),
        ({"ink": "#fff"}, "ink"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, str], field: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        Template.read(FORM | change, {})
    assert refused.value.field == field


def test_a_picture_needs_words_for_those_who_do_not_see_it() -> None:
    with pytest.raises(NotUnderstood) as refused:
        Template.read(FORM, {"emblem": "0" * 32})
    assert refused.value.field == "emblem.alt"


def test_one_language_needs_its_own_texts_only() -> None:
    form = {name: said for name, said in FORM.items() if not name.endswith(".en")} | {"language": "vi"}

    assert Template.read(form, {}).heading.en == ""
