"""Valid packages of each kind, and seeded mutations of them: of their bytes, and of their descriptors within a zip that is whole."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from tests.parts.zips import MANIFEST, zipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_PAGE = b'<!doctype html><meta name="viewport" content="width=device-width"><p>'
_WORDS = "<title><langstring lang='vi'>C</langstring></title><description><langstring>C</langstring></description>"
_CMI5 = (
    '<?xml version="1.0" encoding="UTF-8"?><courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">'
    f'<course id="urn:c">{_WORDS}</course><objectives><objective id="urn:o">{_WORDS}</objective></objectives>'
    f'<block id="urn:b">{_WORDS}<au id="urn:a" moveOn="Passed" masteryScore="0.5" launchMethod="AnyWindow">{_WORDS}'
    '<objectives><objective idref="urn:o"/></objectives><url>{url}</url><launchParameters>a=1</launchParameters>'
    "<entitlementKey>k</entitlementKey></au></block></courseStructure>"
)
_TINCAN = (
    '<?xml version="1.0"?><tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>'
    '<activity id="http://x.example/a" type="http://adlnet.gov/expapi/activities/course"><name lang="vi">A</name>'
    '<description lang="vi">B</description><launch lang="vi">a.html</launch></activity></activities></tincan>'
)
_SCORM2004 = (
    '<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" '
    'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">'
    "<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>"
    '<organizations default="o"><organization identifier="o"><title>T</title>'
    '<item identifier="i" identifierref="r" parameters="?a=1"><title>I</title><adlcp:timeLimitAction>exit,message'
    '</adlcp:timeLimitAction><imsss:sequencing IDRef="s"><imsss:controlMode flow="true"/><imsss:sequencingRules>'
    '<imsss:preConditionRule><imsss:ruleConditions conditionCombination="any"><imsss:ruleCondition condition="attempted"/>'
    '</imsss:ruleConditions><imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules>'
    '<imsss:limitConditions attemptLimit="1"/><imsss:objectives><imsss:primaryObjective objectiveID="p" '
    'satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure><imsss:mapInfo '
    'targetObjectiveID="g" readSatisfiedStatus="true"/></imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>'
    '</organization></organizations><resources xml:base="x/"><resource identifier="r" type="webcontent" '
    'adlcp:scormType="sco" href="../a.html?b=2"><file href="../a.html"/><dependency identifierref="d"/></resource>'
    '<resource identifier="d" type="webcontent" adlcp:scormType="asset"><file href="b.js"/></resource></resources>'
    '<imsss:sequencingCollection><imsss:sequencing ID="s"><imsss:randomizationControls randomizationTiming="once"/>'
    "</imsss:sequencing></imsss:sequencingCollection></manifest>"
)
_AICC = {
    "c.crs": b"[Course]\r\nCourse_ID=C1\r\nCourse_Title=T\r\nLevel=1\r\nVersion=3.0\r\n[Course_Description]\r\nD\r\n",
    "c.au": b'"System_ID","Type","Command_Line","File_Name","Max_Score","Mastery_Score","Core_Vendor"\r\n'
    b'"A1","lesson","a=1","a.html","100","80","v"\r\n',
    "c.des": b'"System_ID","Title","Description","Developer_ID"\r\n"A1","Bai","D","x"\r\n"B1","Phan","D","x"\r\n',
    "c.cst": b'"Block","Member"\r\n"Root","B1"\r\n"B1","A1"\r\n',
    "c.pre": b'"Structure_Element","Prerequisite"\r\n"A1","B1"\r\n',
    "a.html": _PAGE,
}

FILES: dict[str, dict[str, bytes]] = {
    "scorm12": {"imsmanifest.xml": MANIFEST.format(title="Bài").encode(), "index.html": _PAGE},
    "scorm2004": {"imsmanifest.xml": _SCORM2004.encode(), "a.html": _PAGE, "x/b.js": b"1"},
    "cmi5": {"cmi5.xml": _CMI5.format(url="a.html?b=1").encode(), "a.html": _PAGE},
    "xapi": {"tincan.xml": _TINCAN.encode(), "a.html": _PAGE},
    "aicc": _AICC,
    "bare cmi5": {"cmi5.xml": _CMI5.format(url="https://x.example/a.html").encode()},
}
"""The files of a valid package of each kind; the last one comes without a zip."""

_ODD = (
    "",
    " ",
    "\u0000",
    "../",
    "%00",
    "%zz",
    "?",
    "#",
    "\\",
    "&amp;",
    "<",
    "]]>",
    "é",
    "e\u0301",
    "-1",
    "1e999",
    "NaN",
    "x" * 3000,
)


def whole(kind: str, files: dict[str, bytes] | None = None) -> bytes:
    """Make the package."""
    files = FILES[kind] if files is None else files
    return files["cmi5.xml"] if kind == "bare cmi5" else zipped(files)


def mutated(kind: str, random: Random) -> bytes:
    """Make a mutation: of the bytes as sent, of the words of a descriptor, or of its elements."""
    ways = random.choice((_BYTES, _TEXTS, _TREES, _TREES))
    if ways is _BYTES:
        return _some(random, ways, whole(kind))
    files = dict(FILES[kind])
    name = random.choice([name for name in files if not name.endswith((".html", ".js"))])
    files[name] = _some(random, _TEXTS if kind == "aicc" else ways, files[name])
    return whole(kind, files)


def _some(random: Random, ways: tuple[Callable[[Random, bytes], bytes], ...], data: bytes) -> bytes:
    for _ in range(random.randint(1, 4)):
        data = random.choice(ways)(random, data)
    return data


def _flip(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.randbytes(1) + data[at + 1 :]


def _cut(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _double(random: Random, data: bytes) -> bytes:
    first, last = sorted(random.randrange(len(data) + 1) for _ in range(2))
    return data[:last] + data[first:]


def _drop(random: Random, data: bytes) -> bytes:
    first, last = sorted(random.randrange(len(data) + 1) for _ in range(2))
    return data[:first] + data[first + min(last - first, 40) :]


def _number(random: Random, data: bytes) -> bytes:
    """Write a number that is at an edge over four bytes."""
    at = random.randrange(len(data) + 1)
    return (
        data[:at] + random.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\1\0\0\0")) + data[at + 4 :]
    )


def _value(random: Random, data: bytes) -> bytes:
    """Write something odd into an attribute, or a field of AICC."""
    return _replaced(random, rb'"[^"<>]*"', data, lambda _found: b'"' + random.choice(_ODD).encode() + b'"')


def _text(random: Random, data: bytes) -> bytes:
    return _replaced(random, rb">[^<>]*<", data, lambda _found: b">" + random.choice(_ODD).encode() + b"<")


def _tag(random: Random, data: bytes) -> bytes:
    """Take an element's tag out, or write it twice."""
    return _replaced(random, rb"<[^<>]*>", data, lambda found: found * random.choice((0, 2, 50)))


def _swap(random: Random, data: bytes) -> bytes:
    """Exchange two words."""
    found = sorted(set(re.findall(rb"[A-Za-z]{3,}", data)))
    if len(found) < 2:
        return data
    one, other = random.sample(found, 2)
    return data.replace(one, b"\1").replace(other, one).replace(b"\1", other)


def _encode(random: Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(
        random.choice(("utf-16", "utf-16-le", "cp1258", "utf-8-sig")), "replace"
    )


def _replaced(random: Random, pattern: bytes, data: bytes, by: Callable[[bytes], bytes]) -> bytes:
    found = list(re.finditer(pattern, data))
    if not found:
        return data
    one = random.choice(found)
    return data[: one.start()] + by(one[0]) + data[one.end() :]


def _on_tree(change: Callable[[Random, etree._Element], None]) -> Callable[[Random, bytes], bytes]:
    def mutate(random: Random, data: bytes) -> bytes:
        root = etree.fromstring(data)
        change(random, random.choice([*root.iter(etree.Element)]))
        return etree.tostring(root)

    return mutate


def _remove(_random: Random, element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(random: Random, element: etree._Element) -> None:
    for _ in range(random.choice((1, 1, 30))):
        if element.getparent() is not None:
            element.addnext(deepcopy(element))


def _rename(random: Random, element: etree._Element) -> None:
    element.tag = random.choice([one.tag for one in element.getroottree().iter(etree.Element)])


def _move(random: Random, element: etree._Element) -> None:
    """Put an element into another one, or a copy of what it is in into itself."""
    target = random.choice([*element.getroottree().iter(etree.Element)])
    target.append(deepcopy(element))


def _say(random: Random, element: etree._Element) -> None:
    element.text = random.choice(_LEGAL)


def _attribute(random: Random, element: etree._Element) -> None:
    known = [name for one in element.getroottree().iter(etree.Element) for name in one.attrib]
    name = random.choice([*element.attrib, *known, "id"])
    element.set(name, random.choice(_LEGAL))
    if random.random() < 1 / 4:
        element.attrib.pop(name)


_LEGAL = tuple(odd for odd in _ODD if odd != "\0")
_TREES = tuple(_on_tree(change) for change in (_remove, _repeat, _rename, _move, _say, _attribute, _attribute))
_BYTES = (_flip, _flip, _cut, _double, _drop, _number, _number)
_TEXTS = (_value, _value, _text, _tag, _tag, _swap, _encode, _flip, _cut, _double, _drop)
