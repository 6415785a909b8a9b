"""Packages whose zip is harmless and whose descriptor is not: XML that would reach beyond itself or never end, and addresses that do."""

from __future__ import annotations

import zipfile
from random import Random

from tests.packages.hostile.case import Case, named, package, zipped
from tests.parts.zips import MANIFEST

_PLAIN = MANIFEST.format(title="Bài")
_BODY = _PLAIN.partition("?>\n")[2]
_LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))

_CMI5 = (
    '<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"><course id="urn:c">{words}</course>'
    '<au id="urn:a">{words}<url>index.html</url></au></courseStructure>'
).format(words="<title><langstring>C</langstring></title><description><langstring>C</langstring></description>")
_TINCAN = (
    '<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities><activity id="http://x.example/a" type="course">'
    '<name>A</name><launch lang="vi">index.html</launch></activity></activities></tincan>'
)


def descriptors() -> list[Case]:
    """Make them all."""
    twin = package()
    made = [
        Case(f"DTD: {what}", "dtd", package(manifest=_written(doctype)), twin) for what, doctype in _DOCTYPES.items()
    ]
    made += [
        Case(
            f"DTD in {encoding}",
            "dtd",
            package(manifest=_written("<!DOCTYPE a>", encoding)),
            package(manifest=_written("", encoding)),
        )
        for encoding in ("UTF-16", "UTF-16LE", "UTF-16BE")
    ]
    made += [
        Case(
            f"DTD in {name}",
            "dtd",
            package(manifest=f"<!DOCTYPE a>{text}".encode(), descriptor=name),
            package(manifest=text.encode(), descriptor=name),
        )
        for name, text in (("cmi5.xml", _CMI5), ("tincan.xml", _TINCAN))
    ]
    made += [
        Case("no XML", "bad-xml", package(manifest=Random(4).randbytes(5000)), twin),
        Case("an empty descriptor", "bad-xml", package(manifest=b""), twin),
        Case("a descriptor that is cut", "bad-xml", package(manifest=_PLAIN.encode()[:-40]), twin),
        Case("elements within elements", "bad-xml", package(manifest=_nested(200)), package(manifest=_nested(60))),
        Case("elements without an end", "bad-xml", _large(b"<a>" * 200_000 + b"</a>" * 200_000), _large(b"<a></a>")),
        Case("a text without an end", "bad-xml", _large(b"x" * 11_000_000), _large(b"x" * 900_000)),
        Case("a large descriptor", "too-large", _large(b"<a/>" * 4_400_000), _large(b"<a/>" * 1000)),
        Case("millions of elements", "too-heavy", _large(b"<a/>" * 4_000_000), _large(b"<a/>" * 1000)),
        Case(
            "a name that is an address of this machine",
            "launch-file-missing",
            _launched("../../../../etc/passwd"),
            _launched("./anh/../index.html"),
        ),
        Case("a script for an address", "bad-address", _launched("javascript:alert(1)"), _launched("index.html?a=1")),
        Case("a file of the reader's", "bad-address", _launched("file:///etc/passwd"), _launched("index.html#a")),
        Case("data for an address", "bad-address", _launched("data:text/html,x"), _launched("index.html")),
        Case("an address that is none", "bad-address", _launched("http://[::1/x"), _launched("http://[::1]/x")),
    ]
    return made


_DOCTYPES = {
    "empty": "<!DOCTYPE manifest>",
    "an entity": '<!DOCTYPE manifest [<!ENTITY a "b">]>',
    "a file": '<!DOCTYPE manifest [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "the network": '<!DOCTYPE manifest SYSTEM "http://127.0.0.1:1/evil.dtd">',
    "a parameter": '<!DOCTYPE manifest [<!ENTITY % a SYSTEM "http://127.0.0.1:1/evil.dtd"> %a;]>',
    "a billion laughs": f'<!DOCTYPE manifest [<!ENTITY l0 "ha">{_LAUGHS}]>',
    "one long laugh": f'<!DOCTYPE manifest [<!ENTITY l0 "{"ha" * 50_000}">]>',
    "default attributes": '<!DOCTYPE manifest [<!ATTLIST item identifier CDATA "a">]>',
}


def _written(doctype: str, encoding: str = "UTF-8") -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{_BODY}'.encode(encoding)


def _nested(depth: int) -> bytes:
    return _PLAIN.replace("<resources>", f"<metadata>{'<a>' * depth}{'</a>' * depth}</metadata><resources>").encode()


def _large(more: bytes) -> bytes:
    """Put a lot into a manifest, stored as it is: packed it would pass for a bomb."""
    manifest = _PLAIN.encode().replace(b"<resources>", b"<metadata>" + more + b"</metadata><resources>")
    entry = named("imsmanifest.xml", manifest, method=zipfile.ZIP_STORED)
    return zipped(entry, named("index.html", b"<!doctype html>"))


def _launched(address: str) -> bytes:
    return package(manifest=_PLAIN.replace('href="index.html"><', f'href="{address}"><').encode())
