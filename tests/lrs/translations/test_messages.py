"""No string without a translation: the code is searched for messages, and the catalogue has each of them and no other."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[3]
ROOMS = ("lrs", "packages", "player")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}

Message = str | tuple[str, ...]
"""A text, or one text for one and another for many."""


def messages_in(folder: Path) -> set[Message]:
    found = extract_from_dir(folder, METHODS, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found if message}


@pytest.fixture(scope="module")
def said() -> set[Message]:
    return set().union(*(messages_in(ROOT / room) for room in ROOMS))


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (ROOT / "lrs/translations/vi/messages.po").open("rb") as file:
        return read_po(file)


def test_every_message_is_said_in_vietnamese(said: set[Message], catalogue: Catalog) -> None:
    translated = {message.id for message in catalogue if message.id and message.string}

    assert said - translated == set()


def test_the_catalogue_holds_no_message_that_nobody_says(said: set[Message], catalogue: Catalog) -> None:
    assert {message.id for message in catalogue if message.id} - said == set()


def test_a_translation_keeps_the_places_where_values_stand(catalogue: Catalog) -> None:
    errors = [str(error) for message in catalogue for error in message.check()]

    assert errors == []


def test_a_message_without_translation_would_be_found(tmp_path: Path, catalogue: Catalog) -> None:
    (tmp_path / "new.py").write_text('from flask_babel import gettext as _\nword = _("Nobody has translated this")\n')

    assert messages_in(tmp_path) - {message.id for message in catalogue} == {"Nobody has translated this"}
