"""The manifest: found in the zip, parsed safely, told apart by standard, handed to the reader of that standard."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from lxml import etree

from packages import scorm12
from packages.archive import Archive
from packages.findings import PackageRefused
from packages.model import Package

NAME = "imsmanifest.xml"
MOST_BYTES = 16 * 1024 * 1024

_DOCTYPES = [b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be")]


@dataclass(frozen=True, slots=True)
class Found:
    """What a zip holds: the folder its manifest stands in, and the package the manifest describes."""

    folder: str
    package: Package


def read(archive: Archive) -> Found:
    """Find the manifest and read it; the shallowest one counts."""
    places = [name for name in archive.names if name.rsplit("/", 1)[-1].lower() == NAME]
    if not places:
        raise PackageRefused(
            "no-manifest",
            _(
                "There is no imsmanifest.xml in the zip. Export the lesson again as SCORM 1.2, and upload that zip as it is."
            ),
        )
    place = min(places, key=lambda name: (name.count("/"), name))
    root = _parse(archive.read(place, MOST_BYTES), place)
    if _is_2004(root):
        raise PackageRefused(
            "not-yet",
            _("This is a SCORM 2004 package. It cannot be played here yet; export it as SCORM 1.2."),
            place,
        )
    folder = place[: -len(NAME)]
    package = scorm12.read(root, place)
    for item in package.lessons:
        file = folder + (item.launch.file if item.launch else "")
        if file not in archive.names:
            raise PackageRefused("launch-file-missing", _("The lesson's first page is missing from the zip."), file)
    return Found(folder, package)


def _parse(data: bytes, place: str) -> etree._Element:
    # Nothing of a manifest may reach beyond it: no entity, no network, no DTD. One that is there is not even parsed.
    if any(doctype in data for doctype in _DOCTYPES):
        raise _dtd(place)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PackageRefused("bad-xml", _("The manifest is not readable as XML."), place) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _dtd(place)
    return root


def _dtd(place: str) -> PackageRefused:
    return PackageRefused("dtd", _("The manifest holds a DTD, which is not allowed."), place)


def _is_2004(root: etree._Element) -> bool:
    """Tell by the namespaces first, then by what the manifest says of itself."""
    names = {uri for element in root.iter(etree.Element) for uri in element.nsmap.values()}
    if any("adlcp_v1p3" in uri or "imscp_v1p1" in uri for uri in names):
        return True
    said = root.xpath("string((.//*[local-name()='schemaversion'])[1])")
    return "2004" in str(said) or "CAM 1.3" in str(said)
