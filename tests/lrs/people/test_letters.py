"""A letter's word is the same each time and nobody's guess; what is sealed in a letter opens for it alone."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lrs import sealing
from lrs.people import letters
from lrs.people.letters import KINDS, Manner
from lrs.sealing import KeyRing, NotOurs
from storage import letters as kept
from storage.letters import FAILED

if TYPE_CHECKING:
    from pathlib import Path

    from storage.letters import LetterRow
    from tests.parts.databases import Ground


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    sealing.make(tmp_path / "identity.keys")
    return KeyRing(tmp_path / "identity.keys")


def test_a_word_belongs_to_one_letter_of_one_space_under_one_secret() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    key, another = b"k" * 32, b"l" * 32

    found = [letters.word(*each) for each in ((key, 1, one), (key, 1, other), (key, 2, one), (another, 1, one))]

    assert len({*found}) == 4
    assert {len(word) for word in found} == {43}
    assert letters.word(key, 1, one) == found[0]


def test_every_kind_has_an_end() -> None:
    assert {name for name, kind in KINDS.items() if kind.link is not None} == {*letters.WITH_LINKS}
    assert all(kind.link is None or kind.patience < kind.link for kind in KINDS.values())


def one(ground: Ground, space: int) -> LetterRow:
    with ground.app.read(space) as tx:
        (row,) = kept.sealed_with_others(tx, 0, 10)
    return row


def test_what_is_sealed_opens_for_its_letter_alone(ground: Ground, keys: KeyRing) -> None:
    space = ground.space()
    with ground.app.write(space) as tx:
        letters.ask(tx, keys, "hoa@example.org", Manner("vi"))

    row = one(ground, space)
    assert b"hoa" not in (row.sealed or b"")
    with ground.app.read(space) as tx:
        assert letters.opened(tx, keys, row) == "hoa@example.org"
        with pytest.raises(NotOurs):
            letters.opened(tx, keys, replace(row, id=uuid.uuid4()))


def test_a_new_key_seals_letters_anew_and_one_that_does_not_open_stops_nothing(ground: Ground, keys: KeyRing) -> None:
    space = ground.space()
    with ground.app.write(space) as tx:
        letters.ask(tx, keys, "hoa@example.org", Manner("vi"))
        letters.ask(tx, keys, "binh@example.org", Manner("vi"))
        lost = kept.sealed_with_others(tx, 0, 10)[1].id
        kept.reseal(tx, lost, 1, b"nobody sealed this")
    sealing.add(keys.path)

    with ground.app.write(space) as tx:
        assert letters.reseal(tx, keys, 10) == 2
        assert letters.reseal(tx, keys, 10) == 0
        found = kept.find(tx, lost)
    row = one(ground, space)

    assert (row.key_id, found and found.state) == (2, FAILED)
    with ground.app.read(space) as tx:
        assert letters.opened(tx, keys, row) in {"hoa@example.org", "binh@example.org"}
