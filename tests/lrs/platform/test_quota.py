"""How much room a space has is said above it, and read as people write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrs.people.identity import NotUnderstood
from lrs.platform import quota

if TYPE_CHECKING:
    from tests.parts.installations import Installation

PAGE = "/platform/spaces/haiphong"


@pytest.mark.parametrize("most", [None, 0, 500 * 10**6, 20 * 10**9, 1_500_000_000_001])
def test_what_the_form_shows_is_read_as_the_same(most: int | None) -> None:
    assert quota.read(quota.write(most)) == most


@pytest.mark.parametrize("text", ["much", "-5 GB", "1.500 GB", "999999999999999 TB"])
def test_what_is_no_size_is_told_beside_the_field(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        quota.read(text)

    assert refused.value.field == "quota"


def test_it_is_set_on_the_page_of_a_space_and_noted(installation: Installation) -> None:
    above = installation.above()

    answer = above.post(f"{PAGE}/quota", form_at=PAGE, data={"quota": "1.5 TB"})

    assert answer.status_code == 303
    assert "1,5 TB" in above.get(PAGE).text
    assert 'value="1.5 TB"' in above.get(PAGE).text
    assert "đặt giới hạn chỗ chứa bài học" in above.get("/platform/log").text
    above.post(f"{PAGE}/quota", form_at=PAGE, data={"quota": " "})
    assert "1,5 TB" not in above.get(PAGE).text


def test_a_wrong_one_changes_nothing(embedded: Installation) -> None:
    above = embedded.above()
    above.post(f"{PAGE}/quota", form_at=PAGE, data={"quota": "20 GB"})

    answer = above.post(f"{PAGE}/quota", form_at=PAGE, data={"quota": "rất nhiều"})

    assert answer.status_code == 422
    assert "rất nhiều" in answer.text
    assert "20 GB" in above.get(PAGE).text


def test_a_space_that_is_not_there_has_no_room(embedded: Installation) -> None:
    above = embedded.above()

    assert above.post("/platform/spaces/nowhere/quota", form_at=PAGE, data={"quota": "1 GB"}).status_code == 404


def test_the_command_sets_it_from_outside_the_space(installation: Installation) -> None:
    told = installation.haidang("space", "set", "--space", "haiphong", "--name", "Cảng", "--quota", "20GB")

    assert (told["name"], told["quota"]) == ("Cảng", 20 * 10**9)
    assert installation.haidang("space", "list")["spaces"][0]["quota"] == 20 * 10**9
    assert installation.haidang("space", "set", "--space", "haiphong", "--quota", "none")["quota"] is None
