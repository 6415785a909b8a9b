"""What breaks the grammar of Content Packaging is told with its line, beside twins that keep it; nothing is refused for it."""

from __future__ import annotations

import io

import pytest

from packages import grammar, unpacked
from packages.findings import Notes
from packages.model import Package
from tests.packages.reading import NS12, NS2004, element
from tests.parts.zips import MANIFEST, zipped

WHOLE = (
    "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion><adlcp:location>m.xml</adlcp:location></metadata>"
    '<organizations default="o"><organization identifier="o"><title>T</title>\n<item identifier="i" identifierref="r">'
    "<title>I</title><adlcp:anything/><metadata/></item></organization></organizations>"
    '<resources>\n<resource identifier="r" type="webcontent" href="a.html"><file href="a.html"><metadata/></file>'
    '<dependency identifierref="d"/></resource></resources>'
)


def told(inner: str, attributes: str = f'identifier="m" {NS12}') -> list[tuple[str, int, str]]:
    notes = Notes("imsmanifest.xml")
    grammar.check(element(f"<manifest {attributes}>{inner}</manifest>"), notes)
    return [(finding.code, finding.line, finding.about) for finding in notes]


@pytest.mark.parametrize("attributes", [f'identifier="m" {NS12}', f'identifier="m" {NS2004}'])
def test_a_manifest_that_keeps_the_grammar_has_nothing_to_be_told(attributes: str) -> None:
    assert told(WHOLE, attributes) == []


@pytest.mark.parametrize(
    ("right", "wrong", "finding"),
    [
        ("<title>I</title>", "<titel>I</titel>", ("unknown-element", 2, "titel in item")),
        ("<title>I</title>", "<title>I</title><file href='a'/>", ("unknown-element", 2, "file in item")),
        ("<adlcp:anything/>", "<masteryscore>80</masteryscore>", ("unknown-element", 2, "masteryscore in item")),
        ('<item identifier="i" ', "<item ", ("missing-attribute", 2, "item identifier")),
        (' type="webcontent"', "", ("missing-attribute", 3, "resource type")),
        ('<file href="a.html">', "<file>", ("missing-attribute", 3, "file href")),
        ('<dependency identifierref="d"/>', "<dependency/>", ("missing-attribute", 3, "dependency identifierref")),
    ],
)
def test_what_breaks_the_grammar_is_told_with_its_line(right: str, wrong: str, finding: tuple[str, int, str]) -> None:
    assert WHOLE.count(right) == 1

    assert told(WHOLE.replace(right, wrong)) == [finding]


def test_a_mistake_that_is_made_again_and_again_is_told_once() -> None:
    item = '<item identifier="i"><titel/></item>\n'

    assert told(f'<organizations><organization identifier="o">{item * 9}</organization></organizations>') == [
        ("unknown-element", 1, "titel in item")
    ]


@pytest.mark.parametrize("holder", ["<lom>{}</lom>", "<adlcp:x>{}</adlcp:x>"])
def test_what_is_held_by_an_element_of_no_rule_is_its_own_matter(holder: str) -> None:
    held = "<general><title><langstring>T</langstring></title><file/></general>"
    names = {about for _code, _line, about in told(f"<metadata>{holder.format(held)}</metadata>")}

    assert names <= {"lom in metadata"}


def test_a_manifest_without_a_vocabulary_uses_names_as_it_likes() -> None:
    assert told(WHOLE.replace("adlcp:", "").replace("title", "titel"), 'identifier="m"') == []


def test_a_manifest_that_breaks_the_grammar_is_read_all_the_same() -> None:
    manifest = MANIFEST.format(title="Bài").replace(' type="webcontent"', "").replace("</item>", "<extra/></item>")
    data = zipped({"imsmanifest.xml": manifest.encode(), "index.html": b""})

    found = unpacked.read(io.BytesIO(data))

    assert isinstance(found.package, Package)
    assert [finding.code for finding in found.findings] == ["unknown-element", "missing-attribute"]
