"""Tracks: what stands of each item of an attempt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage import tracks
from storage.tracks import TrackRow
from tests.storage.samples import fill

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_what_stands_of_an_item_is_kept_and_changed(shared: Ground, space: int) -> None:
    with shared.app.write(space) as tx:
        attempt = fill(tx, space)["attempts"]["id"]
        first = TrackRow(attempt, "bài 1", 1, 1, ended=False, values='{"a": "Hải"}')
        second = TrackRow(attempt, "bài 2", 1, 2, ended=True, values="{}", responded="[0, 1]")
        tracks.add(tx, first)
        tracks.add(tx, second)
        changed = replace(first, session=2, visit=1, ended=True, values='{"a": "Phòng"}', responded="[3]")
        tracks.change(tx, changed)

    with shared.app.read(space) as tx:
        assert tracks.find(tx, attempt, "bài 1") == changed
        assert tracks.find(tx, attempt, "bài 3") is None
        assert [row for row in tracks.list_of(tx, attempt) if row.item.startswith("bài")] == [changed, second]
