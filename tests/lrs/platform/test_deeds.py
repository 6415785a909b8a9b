"""The log of the platform: each deed has words, and stays with what it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrs.platform import deeds
from storage import platform

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_every_deed_has_words() -> None:
    acts = {value for name, value in vars(deeds).items() if name.isupper() and isinstance(value, str)}

    assert acts == set(deeds.WORDS)


def test_a_deed_is_kept_with_its_space(ground: Ground) -> None:
    with ground.app.write() as tx:
        deeds.note(tx, deeds.SPACE, "haiphong")

        ((deed, device),) = platform.deeds(tx, 10)

    assert (deed.act, deed.slug, deed.session_id, device) == (deeds.SPACE, "haiphong", None, None)
