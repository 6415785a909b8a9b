"""A new space: what it may be called, and its first owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrs.errors import NotEmpty
from lrs.people.accounts import use_link
from lrs.people.identity import NotUnderstood
from lrs.people.words import digest
from lrs.platform import deeds
from lrs.platform.new_space import NewSpace, let_first_owner_in
from storage import platform, spaces
from storage.people import find_link

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_a_form_is_read() -> None:
    read = NewSpace.read({"slug": " HaiPhong ", "name": "  Thành phố  Hải Phòng ", "language": "en"})

    assert read == NewSpace("haiphong", "Thành phố Hải Phòng", "en")
    assert NewSpace.read({"slug": "hue", "name": "Huế"}).language == "vi"


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"slug": ""}, "slug", "has a short name"),
        ({"slug": "app"}, "slug", "kept for"),
        ({"slug": "c-1"}, "slug", "kept for"),
        ({"slug": "hải-phòng"}, "slug", "without accents"),
        ({"slug": "hai phong"}, "slug", "without accents"),
        ({"slug": "-a"}, "slug", "without accents"),
        ({"slug": "a" * 64}, "slug", "without accents"),
        ({"slug": "a.b"}, "slug", "without accents"),
        ({"name": "  "}, "name", "has a name"),
        ({"name": "\u202e"}, "name", "nobody can see"),
        ({"name": "x" * 201}, "name", "longer than"),
        ({"language": "fr"}, "language", "one of the languages"),
    ],
)
def test_what_cannot_be_meant_names_its_field(given: dict[str, str], field: str, says: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        NewSpace.read({"slug": "hue", "name": "Huế", "language": "vi"} | given)

    assert caught.value.field == field
    assert says in str(getattr(caught.value.detail, "_args", [""])[0])


def test_a_space_is_made_once_and_written_down(ground: Ground) -> None:
    with ground.app.write() as tx:
        NewSpace("hue", "Huế").add(tx)

    with pytest.raises(NotUnderstood), ground.app.write() as tx:
        NewSpace("hue", "Another").add(tx)

    with ground.app.read() as tx:
        assert [(each.slug, each.name) for each in spaces.figures(tx)] == [("hue", "Huế")]
        assert [(deed.act, deed.slug) for deed, _ in platform.deeds(tx, 10)] == [(deeds.SPACE, "hue")]


def test_the_first_owner_comes_by_a_link_and_nobody_comes_after_them(ground: Ground) -> None:
    space = ground.space("hue")
    with ground.app.write() as tx:
        word = let_first_owner_in(tx, "hue")
    with ground.app.write(space) as tx:
        use_link(tx, word)

    with pytest.raises(NotEmpty), ground.app.write() as tx:
        let_first_owner_in(tx, "hue")

    with ground.app.read(space) as tx:
        assert find_link(tx, digest(word)) is not None
    with ground.app.read() as tx:
        assert [(deed.act, deed.slug) for deed, _ in platform.deeds(tx, 10)] == [(deeds.OWNER, "hue")]
