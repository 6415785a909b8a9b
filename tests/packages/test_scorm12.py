"""SCORM 1.2 manifests as real tools write them."""

import pytest
from lxml import etree

from packages import scorm12
from packages.findings import PackageRefused
from packages.model import Package

NS = 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'


def read(organizations: str, resources: str, attributes: str = NS) -> Package:
    text = f'<manifest identifier="m" {attributes}>{organizations}<resources>{resources}</resources></manifest>'
    return scorm12.read(etree.fromstring(text.encode()), "imsmanifest.xml")


def one_item(item: str = "", resource: str = 'href="a.html"', outer: str = NS) -> str:
    organizations = (
        f'<organizations><organization identifier="o"><item identifier="i" identifierref="r" {item}/>'
        "</organization></organizations>"
    )
    return read(organizations, f'<resource identifier="r" {resource}/>', outer).lessons[0].address


def test_the_default_organisation_counts() -> None:
    organisations = (
        '<organizations default="b">'
        '<organization identifier="a"><title>A</title><item identifier="1" identifierref="r"/></organization>'
        '<organization identifier="b"><title>B</title><item identifier="2" identifierref="r"/></organization>'
        "</organizations>"
    )

    package = read(organisations, '<resource identifier="r" href="x.html"/>')

    assert (package.title, [item.identifier for item in package.lessons]) == ("B", ["2"])


def test_a_default_that_is_not_there_means_the_first() -> None:
    organisations = (
        '<organizations default="nothing"><organization identifier="a"><title>A</title>'
        '<item identifier="1" identifierref="r"><title>  Một\n bài </title></item></organization></organizations>'
    )

    package = read(organisations, '<resource identifier="r" href="x.html"/>')

    assert (package.title, str(package.lessons[0].title)) == ("A", "Một bài")


def test_items_without_a_resource_are_headings() -> None:
    organisations = (
        '<organizations><organization identifier="a"><item identifier="h"><title>Phần 1</title>'
        '<item identifier="1" identifierref="r"/><item identifier="2" identifierref="r"/></item></organization></organizations>'
    )

    package = read(organisations, '<resource identifier="r" href="x.html"/>')

    assert [item.identifier for item in package.lessons] == ["1", "2"]


@pytest.mark.parametrize("attribute", ["adlcp:scormtype", "adlcp:scormType", "scormtype"])
def test_without_an_organisation_the_lessons_are_the_scos(attribute: str) -> None:
    resources = (
        f'<resource identifier="s" {attribute}="SCO" href="s.html"/>'
        f'<resource identifier="t" {attribute}="asset" href="t.png"/>'
    )

    assert [item.identifier for item in read("", resources).lessons] == ["s"]


def test_names_are_matched_without_their_namespace() -> None:
    package = read("", '<resource identifier="s" scormtype="sco" href="s.html"/>', attributes="")

    assert package.lessons[0].address == "s.html"


@pytest.mark.parametrize(
    ("item", "resource", "href"),
    [
        ("", 'href="a.html"', "a.html"),
        ("", r'href="a\b c.html"', "a/b%20c.html"),
        ("", 'href="a%20b.html"', "a%20b.html"),
        ("", 'href="bài.html"', "b%C3%A0i.html"),
        ('parameters="?x=1&amp;y=2"', 'href="a.html"', "a.html?x=1&y=2"),
        ('parameters="x=1"', 'href="a.html?z=0"', "a.html?z=0&x=1"),
        ('parameters="#p"', 'href="a.html"', "a.html#p"),
        ("", 'xml:base="folder/" href="a.html"', "folder/a.html"),
        ("", 'xml:base="folder/" href="../a.html"', "a.html"),
        ("", 'href="./a.html"', "a.html"),
        ("", 'href="/a.html"', "a.html"),
        ("", 'href="a%3Fb%23c.html"', "a%3Fb%23c.html"),
        ("", 'href="a.html?x=%2F&amp;y=a+b"', "a.html?x=%2F&y=a+b"),
        ('parameters="x=1"', 'href="a.html#p"', "a.html?x=1#p"),
        ('parameters="#q"', 'href="a.html#p"', "a.html#p"),
        ('parameters="?q=mật khẩu"', 'href="a.html"', "a.html?q=m%E1%BA%ADt%20kh%E1%BA%A9u"),
        ("", 'href="http://elsewhere.example/a.html"', "http://elsewhere.example/a.html"),
    ],
)
def test_the_launch_address_is_put_together(item: str, resource: str, href: str) -> None:
    assert one_item(item, resource) == href


def test_xml_base_counts_at_three_levels() -> None:
    text = (
        '<manifest identifier="m" xml:base="one/"><resources xml:base="two/">'
        '<resource identifier="r" xml:base="three/" href="a.html"/></resources></manifest>'
    )

    assert scorm12.read(etree.fromstring(text), "m").lessons[0].address == "one/two/three/a.html"


def test_a_manifest_that_opens_nothing_is_refused() -> None:
    with pytest.raises(PackageRefused) as refused:
        read("", "")

    assert refused.value.finding.code == "nothing-to-launch"


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(PackageRefused) as refused:
        one_item("", 'href="http://[a.html"')

    assert refused.value.finding.code == "bad-address"
