"""A descriptor is parsed safely in whichever encoding it is written, and read by local names."""

import pytest

from packages import tree
from packages.findings import Notes, PackageRefused
from tests.packages.reading import codes, element

TEXT = '<?xml version="1.0" encoding="{}"?><a><b>Đúng mà</b></a>'


@pytest.mark.parametrize(
    ("written", "said", "told"),
    [
        ("utf-8", "UTF-8", []),
        ("utf-8-sig", "UTF-8", []),
        ("utf-16", "UTF-16", []),
        ("utf-16-le", "UTF-16", []),
        ("utf-8", "UTF-16", ["wrong-encoding"]),
        ("cp1258", "UTF-8", ["wrong-encoding"]),
        ("cp1258", "windows-1258", []),
        ("utf-8", "no-such-encoding", ["wrong-encoding"]),
    ],
)
def test_an_encoding_that_is_said_wrong_is_repaired(written: str, said: str, told: list[str]) -> None:
    notes = Notes("m")

    root = tree.parse(TEXT.format(said).encode(written), notes)

    assert (tree.words(tree.child(root, "b")), codes(notes)) == ("Đúng mà", told)


def test_letters_that_an_encoding_takes_apart_are_put_together() -> None:
    data = "<a>Ti\u00ea\u0301ng</a>".encode("cp1258")

    assert tree.words(tree.parse(data, Notes("m"))) == "Tiếng"


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"\0\0", b"<a>&x;</a>", b"PK", b"<a" * 3000])
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    with pytest.raises(PackageRefused) as refused:
        tree.parse(data, Notes("m"))
    assert (refused.value.finding.code, refused.value.finding.file) == ("bad-xml", "m")


def test_a_tree_that_goes_too_deep_is_refused() -> None:
    def nested(depth: int) -> bytes:
        return b"<a>" * depth + b"</a>" * depth

    assert tree.name(tree.parse(nested(tree.DEEPEST), Notes("m"))) == "a"
    with pytest.raises(PackageRefused):
        tree.parse(nested(tree.DEEPEST + 1), Notes("m"))


def test_a_tree_is_read_whatever_its_namespaces_and_capitals() -> None:
    root = element('<x:a xmlns:x="urn:x" x:Type="1" type="2"><x:B>  một\n hai </x:B><b/><c><b/></c></x:a>')

    assert (tree.name(root), len(tree.children(root, "b")), len(list(tree.within(root, "b")))) == ("a", 2, 3)
    assert (tree.attribute(root, "type"), tree.attribute(root, "TYPE"), tree.attribute(root, "none")) == ("2", "1", "")
    assert (tree.words(tree.child(root, "b")), tree.verbatim(tree.child(root, "b"))) == ("một hai", "một\n hai")
    assert (tree.child(root, "z"), tree.words(None), tree.children(None)) == (None, "", [])


@pytest.mark.parametrize(
    ("said", "flag", "word", "number", "told"),
    [
        ("TRUE", True, "all", None, 2),
        ("0", False, "all", 0.0, 1),
        ("Any", True, "any", None, 2),
        ("", True, "all", None, 0),
        ("nan", True, "all", None, 3),
        ("0.5", True, "all", 0.5, 2),
    ],
)
def test_what_is_said_is_read_or_told(said: str, flag: object, word: str, number: object, told: int) -> None:
    notes = [Notes("m") for _ in range(3)]
    a = element(f'<a x="{said}"/>')

    assert tree.said_by(a, "x", notes[0]).flag(default=True) is flag
    assert tree.said_by(a, "x", notes[1]).one_of(("all", "any"), "all") == word
    assert tree.said_by(a, "x", notes[2]).number(0, 1) == number
    assert sum(len(codes(one)) for one in notes) == told
