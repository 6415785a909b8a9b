"""The manifest is found, read safely, and told apart."""

import io

import pytest

from packages import archive, manifest
from packages.findings import PackageRefused
from packages.manifest import Found
from tests.parts.zips import MANIFEST, zipped

PLAIN = MANIFEST.format(title="Bài")


def read(files: dict[str, bytes]) -> Found:
    with archive.opened(io.BytesIO(zipped(files))) as opened:
        return manifest.read(opened)


def code(files: dict[str, bytes]) -> str:
    with pytest.raises(PackageRefused) as refused:
        read(files)
    return refused.value.finding.code


def test_a_manifest_at_the_root_is_found() -> None:
    found = read({"imsmanifest.xml": PLAIN.encode(), "index.html": b""})

    assert (found.folder, found.package.title) == ("", "Bài")


def test_of_several_the_shallowest_counts() -> None:
    files = {
        "a/b/imsmanifest.xml": b"<broken",
        "a/imsmanifest.xml": PLAIN.encode(),
        "a/index.html": b"",
        "__MACOSX/imsmanifest.xml": b"<broken",
    }

    assert read(files).folder == "a/"


def test_its_name_may_be_written_otherwise() -> None:
    assert read({"ImsManifest.XML": PLAIN.encode(), "index.html": b""}).package.edition == "1.2"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_harm(encoding: str) -> None:
    text = PLAIN.replace('encoding="UTF-8"', f'encoding="{"UTF-16" if encoding == "utf-16" else "UTF-8"}"')

    assert read({"imsmanifest.xml": text.encode(encoding), "index.html": b""}).package.title == "Bài"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<manifest><unclosed></manifest>", "bad-xml"),
        ("", "bad-xml"),
        ('<!DOCTYPE manifest [<!ENTITY x "y">]><manifest>&x;</manifest>', "dtd"),
        ('<!DOCTYPE manifest SYSTEM "http://127.0.0.1:1/x.dtd"><manifest/>', "dtd"),
        ("<manifest><metadata><schemaversion>2004 4th Edition</schemaversion></metadata></manifest>", "not-yet"),
        ("<manifest><metadata><schemaversion>CAM 1.3</schemaversion></metadata></manifest>", "not-yet"),
        ('<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"/>', "not-yet"),
        ("<manifest><resources/></manifest>", "nothing-to-launch"),
    ],
)
def test_what_cannot_be_played_is_refused_by_name(text: str, expected: str) -> None:
    assert code({"imsmanifest.xml": text.encode(), "index.html": b""}) == expected


def test_a_zip_without_a_manifest_is_refused() -> None:
    assert code({"index.html": b""}) == "no-manifest"


def test_a_first_page_that_is_not_there_is_named() -> None:
    with pytest.raises(PackageRefused) as refused:
        read({"imsmanifest.xml": PLAIN.encode()})

    assert (refused.value.finding.code, refused.value.finding.file) == ("launch-file-missing", "index.html")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_bomb_of_entities_is_not_even_parsed(encoding: str) -> None:
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE manifest [<!ENTITY e0 "x">{nested}]><manifest identifier="&e11;">&e11;</manifest>'

    assert code({"imsmanifest.xml": text.encode(encoding), "index.html": b""}) == "dtd"


@pytest.mark.parametrize(
    "href", ["http://elsewhere.example/index.html", "javascript:alert(1)", "../index.html", "%ff.html"]
)
def test_a_first_page_that_is_elsewhere_is_not_there(href: str) -> None:
    text = PLAIN.replace('adlcp:scormtype="sco" href="index.html"', f'href="{href}"')

    assert code({"imsmanifest.xml": text.encode(), "a/b.html": b""}) == "launch-file-missing"
