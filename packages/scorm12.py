"""SCORM 1.2 manifests (Content Aggregation Model 1.2, 2.3): names are matched without their namespace, as real manifests need."""

from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from flask_babel import lazy_gettext as _
from lxml import etree

from packages.findings import PackageRefused
from packages.model import SCO, SCORM12, Item, Launch, Organisation, Package, Text

EDITION = "1.2"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"

_ROOT = "http://package/"
"""A root for addresses that have none, so that dots and slashes resolve as they do in a browser."""

_PATH = "/~!$&'()*+,;=:@"
_REST = f"{_PATH}?%"


def read(root: etree._Element, place: str) -> Package:
    """Read the default organisation's launchable items."""
    try:
        return _package(root, place)
    except ValueError as error:  # what urllib says of an address such as http://[
        raise PackageRefused("bad-address", _("The manifest holds an address that cannot be read."), place) from error


def _package(root: etree._Element, place: str) -> Package:
    resources = {element.get("identifier", ""): element for element in _all(root, "resource")}
    organisation = _default_organisation(root)
    if organisation is None:
        items = tuple(_item_of_resource(resource) for resource in resources.values() if _is_sco(resource))
        title = _title(root)
    else:
        found = (_item(element, resources) for element in _all(organisation, "item"))
        items = tuple(item for item in found if item is not None)
        title = _title(organisation)
    if not items:
        raise PackageRefused("nothing-to-launch", _("The manifest names no lesson that can be opened."), place)
    organisations = (Organisation("", Text.of(title), items),)
    return Package(SCORM12, EDITION, root.get("identifier", ""), organisations)


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    return [found for found in element.iter(etree.Element) if etree.QName(found).localname == name]


def _child_text(element: etree._Element, name: str) -> str:
    for child in element.iterchildren(etree.Element):
        if etree.QName(child).localname == name:
            return " ".join((child.text or "").split())
    return ""


def _title(element: etree._Element) -> str:
    return _child_text(element, "title")


def _default_organisation(root: etree._Element) -> etree._Element | None:
    organisations = _all(root, "organization")
    if not organisations:
        return None
    default = next((element.get("default", "") for element in _all(root, "organizations")), "")
    return next((found for found in organisations if found.get("identifier") == default), organisations[0])


def _item(element: etree._Element, resources: dict[str, etree._Element]) -> Item | None:
    resource = resources.get(element.get("identifierref", ""))
    if resource is None or not resource.get("href"):
        return None
    identifier = element.get("identifier", "")
    address = _address(resource, element.get("parameters", ""))
    return Item(identifier, Text.of(_title(element) or identifier), Launch(address, SCO))


def _item_of_resource(resource: etree._Element) -> Item:
    identifier = resource.get("identifier", "")
    return Item(identifier, Text.of(identifier), Launch(_address(resource), SCO))


def _is_sco(resource: etree._Element) -> bool:
    kinds = (value for name, value in resource.attrib.items() if etree.QName(name).localname.lower() == "scormtype")
    return bool(resource.get("href")) and next(kinds, "sco").lower() == "sco"


def _address(resource: etree._Element, parameters: str = "") -> str:
    """Put together the launch address: xml:base may stand on the manifest, on resources and on the resource itself."""
    address = _ROOT
    for element in (*reversed(list(resource.iterancestors())), resource):
        address = _join(address, element.get(_BASE, ""))
    return _encode(_join(address, resource.get("href", "")), parameters).removeprefix(_ROOT)


def _join(address: str, reference: str) -> str:
    return urljoin(address, reference.strip().replace("\\", "/"))


def _encode(address: str, parameters: str) -> str:
    """Add an item's parameters (CAM 1.2, 2.3.4): to a query that is there they are appended, an anchor that is there stays."""
    scheme, host, path, query, anchor = urlsplit(address)
    more, _, more_anchor = parameters.strip().lstrip("?&").partition("#")
    query = "&".join(part for part in (query, more) if part)
    parts = quote(unquote(path), safe=_PATH), quote(query, safe=_REST), quote(anchor or more_anchor, safe=_REST)
    return urlunsplit((scheme, host, *parts))
