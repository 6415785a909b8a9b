"""Files are found where a descriptor writes them a little otherwise than they are called."""

import pytest

from packages.files import Files

FILES = Files.below("Bài/", ["Bài/Ảnh.PNG", "Bài/a/b.html", "readme.txt", "Bài/ba\u0300i.html"])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a/b.html", ("a/b.html", "")),
        ("A/B.html", ("a/b.html", "wrong-case")),
        ("ảnh.png", ("Ảnh.PNG", "wrong-case")),
        ("bài.html", ("ba\u0300i.html", "wrong-form")),
        ("readme.txt", None),
        ("Bài/a/b.html", None),
        ("", None),
    ],
)
def test_a_file_is_found_under_its_real_name(name: str, found: object) -> None:
    assert FILES.find(name) == found


def test_a_file_is_named_as_in_the_zip() -> None:
    assert FILES.within("a/b.html") == "Bài/a/b.html"
