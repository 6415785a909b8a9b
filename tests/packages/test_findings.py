"""A refusal tells an author what was found, and a program what it means."""

import pytest
from lxml import etree

from packages.codes import CODES, REFUSED, REPAIRED, WARNING
from packages.findings import MOST_OF_A_KIND, Finding, Notes, PackageRefused, refused


def test_a_refusal_carries_its_finding() -> None:
    told = refused("bomb", "a.bin")

    assert (told.status, told.detail) == (422, CODES["bomb"].text)
    assert (told.finding.code, told.finding.severity, told.finding.file) == ("bomb", REFUSED, "a.bin")


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
    always = {"code", "severity", "file", "text", "why"}
    assert {code: set(Finding(code).to_json()) for code in CODES} == {
        code: always | ({"advice"} if told.advice else set()) for code, told in CODES.items()
    }
    assert Finding("file-missing", "a.html", 3, "i").to_json() == {
        "code": "file-missing",
        "severity": WARNING,
        "file": "a.html",
        "text": str(CODES["file-missing"].text),
        "why": str(CODES["file-missing"].why),
        "advice": str(CODES["file-missing"].advice),
        "line": 3,
        "about": "i",
    }
