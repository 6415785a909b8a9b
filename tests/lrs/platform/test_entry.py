"""Links to the platform are used once, sessions last for hours, and only hashes of either are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from lrs.errors import LinkUsed
from lrs.people.words import digest
from lrs.platform import deeds, entry
from storage import platform
from storage.tables import metadata

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_a_link_begins_one_session(ground: Ground) -> None:
    with ground.app.write() as tx:
        word = entry.make_link(tx)
        for _ in range(3):
            entry.look_at_link(tx, word)

    with ground.app.write() as tx:
        session = entry.use_link(tx, word, "Firefox, Linux")
        assert entry.session_of(tx, session) is not None
        for again in (entry.look_at_link, entry.use_link):
            with pytest.raises(LinkUsed):
                again(tx, word)


@pytest.mark.parametrize("word", ["", "nobody-made-this", "a" * 43])
def test_a_word_that_nobody_made_opens_nothing(ground: Ground, word: str) -> None:
    with ground.app.write() as tx:
        entry.make_link(tx)

        with pytest.raises(LinkUsed):
            entry.use_link(tx, word)
        assert entry.session_of(tx, word) is None


def test_a_link_holds_for_an_hour(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "LINK_LASTS", timedelta(seconds=-1))
    with ground.app.write() as tx:
        word = entry.make_link(tx)

        with pytest.raises(LinkUsed):
            entry.use_link(tx, word)
    monkeypatch.undo()
    assert timedelta(hours=1) == entry.LINK_LASTS


def test_a_session_lasts_twelve_hours_however_much_it_is_used(ground: Ground) -> None:
    before = datetime.now(UTC)
    with ground.app.write() as tx:
        entry.use_link(tx, entry.make_link(tx))
        (session,) = platform.open_sessions(tx, before)
        platform.see_session(tx, session.id, before + timedelta(hours=11))

    with ground.app.read() as tx:
        assert len(platform.open_sessions(tx, before + timedelta(hours=11, minutes=59))) == 1
        assert platform.open_sessions(tx, datetime.now(UTC) + timedelta(hours=12)) == []


def test_only_hashes_are_kept(ground: Ground) -> None:
    with ground.app.write() as tx:
        words = link, session = (link := entry.make_link(tx), entry.use_link(tx, link))

    with ground.owner.read() as tx:
        tables = [metadata.tables[name] for name in ("platform_links", "platform_sessions")]
        assert [tx.run(select(table.c.hash)).scalars().all() for table in tables] == [[digest(link)], [digest(session)]]
        everything = str([tx.run(select(table)).all() for table in (*tables, metadata.tables["platform_deeds"])])
    assert not any(word in everything for word in words)


def test_coming_in_is_written_down(ground: Ground) -> None:
    with ground.app.write() as tx:
        session = entry.session_of(tx, entry.use_link(tx, entry.make_link(tx), "Firefox, Linux"))

        found = [(deed.act, deed.session_id, device) for deed, device in platform.deeds(tx, 10)]

    assert found == [(deeds.CAME, session, "Firefox, Linux"), (deeds.LINK, None, None)]
