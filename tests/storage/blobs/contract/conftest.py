"""The contract of the object store (docs/blobs.md), held by a folder and by S3 alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.blobs import Blobs, open_blobs
from tests.storage.blobs.stores import folder_url, new_bucket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["folder", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Name a store that nobody has written to."""
    if request.param == "folder":
        yield folder_url(tmp_path / "the objects #1")
    else:
        server = request.getfixturevalue("s3")
        with new_bucket(server) as name:
            yield server.url(name)


@pytest.fixture
def blobs(url: str) -> Blobs:
    return open_blobs(url)
