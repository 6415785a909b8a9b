"""A course structure that came alone is told from everything else, and is a package of one file."""

import pytest

from packages.bare import BEGINNING, Bare, is_structure
from packages.findings import PackageRefused

STRUCTURE = '<?xml version="1.0"?>\n<!-- a licence --><courseStructure/>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_structure_is_known_by_its_root(encoding: str) -> None:
    assert is_structure(STRUCTURE.encode(encoding))


@pytest.mark.parametrize("data", [b"", b"PK\3\4<courseStructure", b"<html>", b"courseStructure", b"<manifest/>"])
def test_anything_else_is_none(data: bytes) -> None:
    assert not is_structure(data[:BEGINNING])


def test_it_is_one_file_and_not_endless() -> None:
    bare = Bare(b"<courseStructure/>")

    assert (bare.names, bare.alone, bare.read("cmi5.xml", 100)) == (("cmi5.xml",), True, b"<courseStructure/>")
    with bare.file("cmi5.xml") as file:
        assert file.read(1000) == b"<courseStructure/>"
    with pytest.raises(PackageRefused):
        bare.read("cmi5.xml", 5)
