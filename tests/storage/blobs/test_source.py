"""Sources: whatever gives bytes, in pieces of any size."""

from io import BytesIO, StringIO
from typing import Any

import pytest

from storage.blobs.source import Source
from tests.storage.blobs.stores import Stream


@pytest.mark.parametrize("source", [b"x" * 1000, BytesIO(b"x" * 1000), Stream(1000, piece=7), Stream(1000, piece=999)])
def test_a_piece_is_as_large_as_it_is_asked_for(source: Any) -> None:
    reader = Source(source)

    sizes = [len(reader.read(size)) for size in (1, 300, 0, 600, 300, 300)]

    assert sizes == [1, 300, 0, 600, 99, 0]
    assert reader.size == 1000


def test_a_source_that_gives_text_is_refused() -> None:
    text: Any = StringIO("text")

    with pytest.raises(TypeError, match="bytes, not str"):
        Source(text).read(10)
