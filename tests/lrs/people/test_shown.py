"""Every deed and every field has its words."""

from __future__ import annotations

from lrs.people import audit
from lrs.people.credentials import SCOPES
from lrs.people.identity import Identity
from lrs.people.shown import DEEDS, FIELDS, SCOPE_WORDS, SETTINGS
from storage.spaces import Settings


def test_every_deed_has_its_words() -> None:
    named = {value for name, value in vars(audit).items() if name.isupper() and isinstance(value, str)}

    assert set(DEEDS) == named


def test_every_scope_has_its_words() -> None:
    assert [*SCOPE_WORDS] == [*SCOPES]


def test_every_field_has_its_words() -> None:
    assert set(FIELDS) == set(Identity.__slots__)


def test_every_setting_of_a_space_has_its_words() -> None:
    assert set(SETTINGS) == {*Settings.__slots__, "emblem", "quota"}
