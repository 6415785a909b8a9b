"""What tests of the readers share: a manifest in a few words, the files beside it, and what was noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from packages import scorm12, scorm2004
from packages.files import Files
from packages.findings import Notes

if TYPE_CHECKING:
    from packages.model import Item, Package

NS12 = 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
NS2004 = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
    'xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" '
    'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)
_RESOURCE = '<resource identifier="r" adlcp:scormType="sco" href="a.html"/>'


def element(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


def codes(notes: Notes) -> list[str]:
    return [finding.code for finding in notes]


def read12(organizations: str, resources: str, *names: str, attributes: str = NS12) -> tuple[Package, Notes]:
    """Read a manifest of SCORM 1.2 beside files of these names."""
    text = f'<manifest identifier="m" {attributes}>{organizations}<resources>{resources}</resources></manifest>'
    notes = Notes("imsmanifest.xml")
    return scorm12.read(element(text), Files.below("", names), notes), notes


def item12(inner: str) -> tuple[Item, Notes]:
    """Read one item of SCORM 1.2."""
    organizations = f'<organizations><organization identifier="o"><item identifier="i" identifierref="r">{inner}</item>'
    package, notes = read12(f"{organizations}</organization></organizations>", _RESOURCE, "a.html")
    return package.lessons[0], notes


def read2004(organization: str, more: str = "", attributes: str = "") -> tuple[Package, Notes]:
    """Read a manifest of SCORM 2004, 4th Edition, with one organisation."""
    text = (
        f'<manifest identifier="m" {NS2004}><metadata><schemaversion>2004 4th Edition</schemaversion></metadata>'
        f'<organizations default="o"><organization identifier="o" {attributes}>{organization}</organization></organizations>'
        f"<resources>{_RESOURCE}</resources>{more}</manifest>"
    )
    notes = Notes("imsmanifest.xml")
    return scorm2004.read(element(text), Files.below("", ["a.html"]), notes), notes


def item2004(inner: str, more: str = "") -> tuple[Item, Notes]:
    """Read one item of SCORM 2004."""
    package, notes = read2004(f'<item identifier="i" identifierref="r"><title>I</title>{inner}</item>', more)
    return package.lessons[0], notes
