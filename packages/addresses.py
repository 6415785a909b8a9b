"""Addresses in a descriptor: put together from xml:base, href and parameters, and settled on the file that is really there."""

from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from packages.files import Files
from packages.findings import Notes
from packages.tree import Element

_BASE = "{http://www.w3.org/XML/1998/namespace}base"

_ROOT = "http://package.invalid/"
"""A root for addresses that have none, so that dots and slashes resolve as they do in a browser."""

_PATH = "/~!$&'()*+,;=:@"
_REST = f"{_PATH}?%"
_SCHEMES = {"http", "https"}


def base_of(element: Element, notes: Notes) -> str:
    """Join the xml:base of an element and of all around it: it may stand on manifest, resources and resource."""
    base = ""
    for one in (*reversed(list(element.iterancestors())), element):
        base = join(base, one.get(_BASE, ""), notes, one)
    return base


def join(base: str, reference: str, notes: Notes, at: Element | None = None) -> str:
    """Resolve a reference against a base; one that cannot be read refuses the package."""
    said = reference.strip()
    if "\\" in said:
        notes.say("backslash", at, about=said[:100])
    try:
        joined = urljoin(_ROOT + base if not _scheme(base) else base, said.replace("\\", "/"))
    except ValueError:  # what urllib says of an address such as http://[
        notes.say("bad-address", at, about=said[:100])
        return base
    return joined.removeprefix(_ROOT)


def _scheme(address: str) -> str:
    return urlsplit(address).scheme


def with_parameters(address: str, parameters: str) -> str:
    """Add an item's parameters (CAM 1.2, 2.3.4): to a query that is there they are appended, an anchor that is there stays."""
    scheme, host, path, query, anchor = urlsplit(address)
    more, _, more_anchor = parameters.strip().lstrip("?&").partition("#")
    query = "&".join(part for part in (query, more) if part)
    return urlunsplit((scheme, host, path, query, anchor or more_anchor))


def settle(address: str, files: Files, notes: Notes, at: Element | None = None) -> str:
    """Make the launch address: encoded, and leading to the file as it is called; one that leads nowhere refuses the package."""
    scheme, host, path, query, anchor = urlsplit(address)
    rest = quote(query, safe=_REST), quote(anchor, safe=_REST)
    if scheme or host:
        notes.say("launch-elsewhere" if scheme in _SCHEMES and host else "bad-address", at, about=address[:200])
        return urlunsplit((scheme, host, quote(path, safe=f"{_PATH}%"), *rest))
    real = located(path, files, notes, at)
    if real is None:
        notes.say("launch-file-missing", file=files.within(decoded(path)))
    return urlunsplit(("", "", quote(real or path, safe=_PATH), *rest))


def located(path: str, files: Files, notes: Notes, at: Element | None = None) -> str | None:
    """Tell which file a path means: first as it decodes, then as it stands, for some tools pack names that are encoded already."""
    plain = path.lstrip("/")
    for name in (unquote(plain), plain):
        found = files.find(name)
        if found:
            real, repaired = found
            if repaired:
                notes.say(repaired, at, about=files.within(real))
            return real
    return None


def path_of(address: str) -> str:
    """Give the path of an address within the package; nothing for one that leads elsewhere."""
    scheme, host, path, _query, _anchor = urlsplit(address)
    return "" if scheme or host else path


def decoded(path: str) -> str:
    """Write a path as a name of a file."""
    return unquote(path).lstrip("/")
