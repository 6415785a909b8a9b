"""The manifest is found, read safely, and told apart."""

import io

import pytest
from lxml import etree

from packages import archive, manifest
from packages.findings import PackageRefused
from packages.manifest import Found
from tests.parts.zips import MANIFEST, zipped

PLAIN = MANIFEST.format(title="Bài")
TINCAN = '<tincan><activities><activity id="urn:a"><name>A</name><launch>index.html</launch></activity></activities></tincan>'
CST, AU = '"block","member"\n"root","A1"\n', '"system_id","file_name"\n"A1","index.html"\n'
CMI5 = """<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="urn:c"><title><langstring>C</langstring></title><description><langstring>C</langstring></description></course>
<au id="urn:a"><title><langstring>A</langstring></title><description><langstring>A</langstring></description>
<url>index.html</url></au></courseStructure>"""


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
        ('<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"/>', "nothing-to-launch"),
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
    ("href", "expected"),
    [
        ("javascript:alert(1)", "bad-address"),
        ("file:///etc/passwd", "bad-address"),
        ("http://[a", "bad-address"),
        ("../index.html", "launch-file-missing"),
        ("%ff.html", "launch-file-missing"),
        ("", "nothing-to-launch"),
    ],
)
def test_a_first_page_that_cannot_be_opened_refuses_the_package(href: str, expected: str) -> None:
    text = PLAIN.replace('adlcp:scormtype="sco" href="index.html"', f'href="{href}"')

    assert code({"imsmanifest.xml": text.encode(), "a/b.html": b""}) == expected


def test_a_first_page_elsewhere_is_told() -> None:
    text = PLAIN.replace('href="index.html"', 'href="https://elsewhere.example/a b.html?x=1"', 1)

    found = read({"imsmanifest.xml": text.encode(), "index.html": b""})

    assert found.package.lessons[0].address == "https://elsewhere.example/a%20b.html?x=1"
    assert [finding.code for finding in found.findings] == ["launch-elsewhere"]


def test_every_reason_is_told_at_once() -> None:
    text = PLAIN.replace("<item ", '<item identifier="x" identifierref="gone"/><item ', 1)

    with pytest.raises(PackageRefused) as refused:
        read({"imsmanifest.xml": text.encode()})
    assert [finding.code for finding in refused.value.findings] == [
        "no-title",
        "resource-missing",
        "launch-file-missing",
    ]


NS12, NS2004 = "http://www.adlnet.org/xsd/adlcp_rootv1p2", "http://www.adlnet.org/xsd/adlcp_v1p3"


@pytest.mark.parametrize(
    ("namespaces", "version", "expected"),
    [
        ([NS12], "1.2", False),
        ([NS2004], "2004 4th Edition", True),
        ([NS2004], "1.2", True),
        ([NS12], "2004 3rd Edition", False),
        ([], "CAM 1.3", True),
        ([], "2004 3rd Edition", True),
        ([], "1.2", False),
        ([], "", False),
        (["http://www.imsglobal.org/xsd/imscp_v1p1"], "1.2", False),
        (["http://www.imsglobal.org/xsd/imscp_v1p1"], "", True),
        (["http://www.imsglobal.org/xsd/imsss"], "", True),
        (["http://www.imsproject.org/xsd/imscp_rootv1p1p2"], "", False),
    ],
)
def test_the_generation_is_told_by_adlcp_then_by_the_version_then_by_the_rest(
    namespaces: list[str], version: str, expected: object
) -> None:
    declared = " ".join(f'xmlns:n{n}="{uri}"' for n, uri in enumerate(namespaces))
    text = f"<manifest {declared}><metadata><schemaversion>{version}</schemaversion></metadata></manifest>"

    assert manifest.is_2004(etree.fromstring(text)) is expected


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"imsmanifest.xml": PLAIN, "cmi5.xml": "<broken", "tincan.xml": "<broken"}, "scorm12"),
        ({"tincan.xml": TINCAN, "a/imsmanifest.xml": "<broken"}, "xapi"),
        ({"x.cst": CST, "x.au": AU, "a/x.cst": "broken"}, "aicc"),
        ({"cmi5.xml": CMI5, "a/b/imsmanifest.xml": "<broken"}, "cmi5"),
    ],
)
def test_the_outermost_descriptor_says_what_a_package_is(files: dict[str, str], kind: str) -> None:
    found = read({name: text.encode() for name, text in files.items()} | {"index.html": b""})

    assert (found.package.kind, found.folder) == (kind, "")


def test_a_course_structure_in_a_folder_is_none() -> None:
    assert code({"a/cmi5.xml": CMI5.encode(), "a/index.html": b""}) == "no-manifest"


def test_a_course_of_aicc_may_stand_in_a_folder() -> None:
    found = read({"Khóa/X.CST": CST.encode(), "Khóa/X.AU": AU.encode(), "Khóa/index.html": b"", "other/y.au": b"sound"})

    assert (found.folder, [item.address for item in found.package.lessons]) == ("Khóa/", ["index.html"])
    assert [finding.code for finding in found.findings if finding.code != "no-title"] == ["manifest-in-folder"]


def test_names_of_an_old_windows_are_read_by_what_the_manifest_says() -> None:
    name = "Bài/đúng.html"
    text = PLAIN.replace("index.html", name)
    data = zipped({"imsmanifest.xml": text.encode(), "B?i/??ng.html": b""})

    with archive.opened(io.BytesIO(data.replace(b"B?i/??ng.html", name.encode("cp1258")))) as opened:
        found = manifest.read(opened)
    assert found.package.lessons[0].launch is not None
    assert found.package.lessons[0].launch.file == name
    assert [(finding.code, finding.about) for finding in found.findings] == [("names-decoded", "cp1258")]
