"""How a certificate stands, and how much of a name is shown."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest

from lrs.checking.standing import shown, state_of
from tests.storage.issuers import certificate

DAY = date(2026, 11, 22)
ROW = certificate(uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), 1, None)


@pytest.mark.parametrize(
    ("state", "until", "told"),
    [
        ("valid", None, "valid"),
        ("valid", DAY, "valid"),
        ("valid", date(2026, 11, 21), "expired"),
        ("revoked", date(2026, 11, 21), "revoked"),
        ("revoked", None, "revoked"),
        ("replaced", None, "replaced"),
    ],
)
def test_taking_back_has_the_last_word(state: str, until: date | None, told: str) -> None:
    assert state_of(replace(ROW, state=state, until=until), DAY) == told


@pytest.mark.parametrize(
    ("name", "wish", "told"),
    [
        ("Nguyễn Thị Hoà", "whole", "Nguyễn Thị Hoà"),
        ("Nguyễn Thị Hoà", "initials", "Nguyễn T. H."),
        ("Nguyễn Thị Hoà", "nothing", ""),
        ("Hoà", "initials", "H."),
        ("", "initials", ""),
        ("", "whole", ""),
    ],
)
def test_as_much_of_a_name_is_shown_as_its_owner_wishes(name: str, wish: str, told: str) -> None:
    assert shown(name, wish) == told
