"""Settings are read whole, and what changes is noted by its name."""

from __future__ import annotations

import pytest

from lrs.people import settings
from lrs.people.identity import NotUnderstood
from storage.spaces import Settings

GIVEN = {"name": "Hải Phòng", "language": "vi", "zone": "Asia/Ho_Chi_Minh"}


def test_a_name_is_kept_as_it_is_written_best() -> None:
    decomposed = "Ha\u0309i  Pho\u0300ng "

    assert settings.read(GIVEN | {"name": decomposed}, ["vi"]) == Settings("Hải Phòng", "vi", ("vi",))


def test_languages_stand_in_one_order_whatever_the_form_says() -> None:
    assert settings.read(GIVEN, ["en", "vi", "en", "fr"]).languages == ("vi", "en")


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Argentina/Buenos_Aires"])
def test_any_zone_there_is_may_be_named(zone: str) -> None:
    assert settings.read(GIVEN | {"zone": zone}, ["vi"]).zone == zone


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("zone", ""), ("zone", "asia/tokyo"), ("language", "en"), ("language", "")]
)
def test_what_is_missing_or_wrong_is_named(field: str, value: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        settings.read(GIVEN | {field: value}, ["vi"])

    assert refused.value.field == field


def test_the_zones_that_are_offered_are_those_near() -> None:
    offered = settings.zones()

    assert "Asia/Ho_Chi_Minh" in offered
    assert len(offered) < 250
    assert list(offered) == sorted(offered)
