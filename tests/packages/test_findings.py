"""A refusal tells an author what was found, and a program what it means; the page of documentation has every code."""

import re
from pathlib import Path

import pytest
from lxml import etree

from packages.findings import (
    ADVICE,
    CODES,
    HURTS,
    MOST_OF_A_KIND,
    REFUSED,
    REPAIRED,
    WARNING,
    Finding,
    Notes,
    PackageRefused,
    refused,
)

PAGE = Path(__file__).parents[2] / "docs/packages.md"


def test_a_refusal_carries_its_finding() -> None:
    told = refused("bomb", "a.bin")

    assert (told.status, told.detail) == (422, CODES["bomb"][1])
    assert (told.finding.code, told.finding.severity, told.finding.file) == ("bomb", REFUSED, "a.bin")


def test_the_page_of_packages_has_every_code_with_its_severity() -> None:
    shown = dict(
        re.findall(r"^\| `([a-z0-9-]+)` \| (repaired|warning|hurts|refused) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    )

    assert shown == {code: severity for code, (severity, _text) in CODES.items()}


def test_each_refusal_and_all_that_hurts_says_what_to_change() -> None:
    assert {code for code, (severity, _text) in CODES.items() if severity in {REFUSED, HURTS}} == set(ADVICE)


def test_notes_know_where_and_say_a_thing_once() -> None:
    element = etree.fromstring("<a>\n<b/></a>")[0]
    notes = Notes("bài/imsmanifest.xml")
    for _ in range(2):
        notes.say("no-title", element, about="i1")
        notes.say("file-missing", file="a.html")
    notes.of("x.au").say("no-title", about="A1")

    assert list(notes) == [
        Finding("no-title", "bài/imsmanifest.xml", 2, "i1"),
        Finding("file-missing", "a.html"),
        Finding("no-title", "x.au", 0, "A1"),
    ]


def test_notes_of_one_kind_come_to_an_end_and_hide_no_other() -> None:
    notes = Notes("m")
    for n in range(MOST_OF_A_KIND + 1):
        notes.say("file-missing", file=f"{n}.png")
    notes.say("launch-file-missing", file="a.html")

    assert [finding.code for finding in notes] == ["file-missing"] * MOST_OF_A_KIND + ["launch-file-missing"]
    assert notes.has("launch-file-missing", "a.html")
    assert not notes.has("launch-file-missing", "b.html")


def test_what_was_noted_refuses_only_if_some_of_it_does() -> None:
    notes = Notes("m")
    notes.say("no-title")
    notes.check()
    notes.say("dtd")
    notes.say("launch-file-missing", file="a.html")

    with pytest.raises(PackageRefused) as told:
        notes.check()
    assert [finding.severity for finding in told.value.findings] == [REPAIRED, REFUSED, REFUSED]
    assert told.value.finding.code == "dtd"


def test_a_program_reads_what_is_known_of_a_finding() -> None:
    always = {"code", "severity", "file", "text"}
    assert {code: set(Finding(code).to_json()) for code in CODES} == {
        code: always | ({"advice"} if code in ADVICE else set()) for code in CODES
    }
    assert Finding("file-missing", "a.html", 3, "i").to_json() == {
        "code": "file-missing",
        "severity": WARNING,
        "file": "a.html",
        "text": str(CODES["file-missing"][1]),
        "line": 3,
        "about": "i",
    }
