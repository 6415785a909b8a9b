"""The keys of a space are kept with what has become of them; everybody may read the public halves of all spaces."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage import issuing
from storage.issuing import KeyRow, PublicRow
from tests.storage.samples import now

if TYPE_CHECKING:
    from tests.parts.databases import Ground

NOW = now()
FIRST, SECOND = KeyRow(1, b"one", b"sealed", NOW), KeyRow(2, b"two", b"sealed too", NOW)


def test_the_newest_key_comes_first_and_a_number_is_given_once(ground: Ground) -> None:
    space = ground.space("haiphong")
    with ground.app.write(space) as tx:
        for key in (FIRST, SECOND, replace(SECOND, public=b"three")):
            issuing.put(tx, key)

    with ground.app.read(space) as tx:
        assert issuing.keys(tx) == [SECOND, FIRST]


def test_what_retires_stays_retired_since_then(ground: Ground) -> None:
    space = ground.space("haiphong")
    later = now()
    with ground.app.write(space) as tx:
        issuing.put(tx, FIRST)
        issuing.retire(tx, NOW)
        issuing.put(tx, SECOND)
        issuing.retire(tx, later)
        assert issuing.withdraw(tx, 1, later)
        assert not issuing.withdraw(tx, 3, later)

    with ground.app.read(space) as tx:
        assert issuing.keys(tx) == [replace(SECOND, retired=later), replace(FIRST, retired=NOW, withdrawn=later)]


def test_a_key_that_still_signs_is_retired_when_it_is_withdrawn(ground: Ground) -> None:
    space = ground.space("haiphong")
    with ground.app.write(space) as tx:
        issuing.put(tx, FIRST)
        issuing.withdraw(tx, 1, NOW)

        assert issuing.keys(tx) == [replace(FIRST, retired=NOW, withdrawn=NOW)]


def test_everybody_may_know_the_public_halves_of_all_spaces(ground: Ground) -> None:
    for name in ("haiphong", "quangninh"):
        with ground.app.write(ground.space(name)) as tx:
            issuing.put(tx, replace(FIRST, public=name.encode()))
            issuing.retire(tx, NOW)

    with ground.app.read() as tx:
        told = issuing.everybodys(tx)

    assert [row.slug for row in told] == ["haiphong", "quangninh"]
    assert told[0] == PublicRow("haiphong", told[0].name, b"haiphong", NOW, None)
