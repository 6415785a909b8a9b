"""The model of a package survives being written and read."""

import pytest

from packages.model import SCORM, Item, Package


def test_a_package_comes_back_from_json_as_it_was() -> None:
    package = Package(SCORM, "1.2", "Bài học", (Item("i1", "Một", "a.html?x=1"), Item("i2", "Hai", "b.html")))

    assert Package.from_json(package.to_json()) == package


@pytest.mark.parametrize(
    ("href", "file"),
    [
        ("index.html", "index.html"),
        ("b%C3%A0i/h%E1%BB%8Dc%201.html?x=%2F#p", "bài/học 1.html"),
        ("a%23b.html", "a#b.html"),
    ],
)
def test_an_item_knows_the_file_that_opens_first(href: str, file: str) -> None:
    assert Item("i", "t", href).file == file
