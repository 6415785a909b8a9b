"""What all editions of SCORM have in common, as real tools write it."""

import pytest

from packages.findings import Finding
from tests.packages.reading import codes, read12

RESOURCE = '<resource identifier="r" adlcp:scormtype="sco" href="x.html"/>'


def organisation(identifier: str, inner: str, title: str = "") -> str:
    return f'<organization identifier="{identifier}"><title>{title or identifier}</title>{inner}</organization>'


def test_the_default_organisation_comes_first() -> None:
    a = organisation("a", '<item identifier="1" identifierref="r"><title>1</title></item>')
    b = organisation("b", '<item identifier="2" identifierref="r"><title>2</title></item>')

    package, notes = read12(f'<organizations default=" b ">{a}{b}</organizations>', RESOURCE, "x.html")

    assert [one.identifier for one in package.organisations] == ["b", "a"]
    assert (package.title, [item.identifier for item in package.lessons], codes(notes)) == ("b", ["2"], [])


def test_a_default_that_is_not_there_means_the_first_with_a_lesson() -> None:
    empty = organisation("a", '<item identifier="1"><title>1</title></item>')
    full = organisation("b", '<item identifier="2" identifierref="r"><title>  Một\n bài </title></item>')

    package, notes = read12(f'<organizations default="nothing">{empty}{full}</organizations>', RESOURCE, "x.html")

    assert (package.title, str(package.lessons[0].title)) == ("b", "Một bài")
    assert codes(notes) == ["default-organisation"]


def test_items_without_a_resource_are_headings() -> None:
    inner = (
        '<item identifier="h"><title>Phần 1</title><item identifier="1" identifierref="r"><title>1</title></item>'
        '<item identifier="2" identifierref="r" isvisible="false"><title>2</title></item></item>'
    )

    package, notes = read12(f"<organizations>{organisation('a', inner)}</organizations>", RESOURCE, "x.html")

    assert [(item.identifier, item.visible) for item in package.lessons] == [("1", True), ("2", False)]
    assert (package.organisations[0].items[0].launch, codes(notes)) == (None, [])


@pytest.mark.parametrize("attribute", ["adlcp:scormtype", "adlcp:scormType", "scormtype"])
def test_without_an_organisation_the_lessons_are_the_scos(attribute: str) -> None:
    resources = (
        f'<resource identifier="s" {attribute}="SCO" href="s.html"/>'
        f'<resource identifier="t" {attribute}="asset" href="t.png"/>'
    )

    package, notes = read12("", resources, "s.html", "t.png")

    assert ([item.identifier for item in package.lessons], codes(notes)) == (["s"], ["no-organisation"])


def test_names_are_matched_without_their_namespace() -> None:
    package, _ = read12("", '<resource identifier="s" scormtype="sco" href="s.html"/>', "s.html", attributes="")

    assert package.lessons[0].address == "s.html"


def test_xml_base_counts_at_three_levels() -> None:
    resource = '<resource identifier="r" xml:base="three/" href="a.html"><file href="../b.png"/></resource>'

    package, notes = read12("", resource, "one/three/a.html", "one/b.png", attributes='xml:base="one/"')

    assert package.lessons[0].address == "one/three/a.html"
    assert (package.resources[0].files, codes(notes)) == (("one/b.png",), ["no-organisation", "no-scorm-type"])


@pytest.mark.parametrize(
    ("items", "resources", "expected"),
    [
        ('<item identifier="i" identifierref="gone"><title>I</title></item>', "", ["resource-missing"]),
        (
            '<item identifier="i" identifierref="e"><title>I</title></item>',
            '<resource identifier="e"/>',
            ["resource-missing"],
        ),
        ("", RESOURCE, ["duplicate-id"]),
        ("", '<resource identifier="e"><dependency identifierref="gone"/></resource>', ["dependency-missing"]),
        ("", '<resource identifier="e"><file href="gone.png"/></resource>', ["file-missing"]),
        ("", '<resource identifier="e"><file href="https://elsewhere.example/x.png"/></resource>', []),
        ("", '<resource identifier="e" scormtype="game"/>', ["unreadable-value"]),
        ('<item identifier="i"/>', "", ["no-title"]),
        ('<item identifier="l"><title>I</title></item>', "", ["duplicate-id"]),
    ],
)
def test_what_is_not_right_is_told_and_the_rest_is_read(items: str, resources: str, expected: list[str]) -> None:
    lesson = '<item identifier="l" identifierref="r"><title>L</title></item>'
    organizations = f"<organizations>{organisation('a', lesson + items)}</organizations>"

    package, notes = read12(organizations, RESOURCE + resources, "x.html")

    assert ([item.identifier for item in package.lessons], codes(notes)) == (["l"], expected)


def test_identifiers_are_one_but_for_the_blanks_around_them_and_two_by_case() -> None:
    items = "".join(
        f'<item identifier="{name}" identifierref="{name}"><title>T</title></item>' for name in ("SEQ01", "Seq01")
    )
    resources = (
        '<resource identifier="  SEQ01 " scormtype="sco" href="a.html"/>'
        '<resource identifier="Seq01" scormtype="sco" href="b.html"/>'
    )

    package, notes = read12(f"<organizations>{organisation('o', items)}</organizations>", resources, "a.html", "b.html")

    assert ([item.address for item in package.lessons], codes(notes)) == (["a.html", "b.html"], [])


def test_items_of_one_identifier_are_told_apart() -> None:
    items = '<item identifier="l" identifierref="r"><title>L</title></item>' * 3_000

    package, notes = read12(f"<organizations>{organisation('o', items)}</organizations>", RESOURCE, "x.html")

    assert len({item.identifier for item in package.lessons}) == 3_000
    assert (package.lessons[1].identifier, codes(notes)) == ("l#2", ["duplicate-id"])


def test_items_without_identifiers_are_told_apart_and_no_duplicates() -> None:
    items = '<item identifierref="r"><title>L</title></item>' * 2

    package, notes = read12(f"<organizations>{organisation('o', items)}</organizations>", RESOURCE, "x.html")

    assert ([item.identifier for item in package.lessons], codes(notes)) == (["item", "item#2"], [])


def test_a_manifest_that_opens_nothing_is_refused() -> None:
    _, notes = read12("", "")

    assert codes(notes) == ["no-organisation", "nothing-to-launch"]


def test_a_name_in_other_capitals_is_told_with_the_line_that_writes_it() -> None:
    resource = '\n<resource identifier="r" scormtype="sco" href="X.html"/>'

    _, notes = read12("", resource, "x.html")

    repaired = Finding("wrong-case", "imsmanifest.xml", 2, "x.html")
    assert (repaired in notes, codes(notes)) == (True, ["no-organisation", "wrong-case"])


def test_a_launch_page_that_is_missing_is_told_once() -> None:
    _, notes = read12("", '<resource identifier="r" scormtype="sco" href="x.html"><file href="x.html"/></resource>')

    assert codes(notes) == ["no-organisation", "launch-file-missing"]
