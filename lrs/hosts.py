"""Whose host is this? Pure: a `Host` header in, its meaning out, before anything is routed (docs/map.md, Hosts)."""

import re
from dataclasses import dataclass
from uuid import UUID

APP = "app"
SPACE = "space"
CONTENT = "content"
MACHINE = "machine"
UNKNOWN = "unknown"

_CONTENT_LABEL = re.compile(r"c-([0-9a-f]{32})")
_SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]"})
_RESERVED = re.compile(r"app|www|api|static|admin|c-.*|xn--.*")


@dataclass(frozen=True, slots=True)
class Host:
    """A kind of host, and the space or the version it names."""

    kind: str
    slug: str = ""
    version: UUID | None = None


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts of this installation."""

    app: str
    domain: str
    content_domain: str

    def tell(self, header: str) -> Host:
        """Tell what a Host header means; a port is no part of a host's identity here."""
        name = re.sub(r":[0-9]{1,5}\Z", "", header.lower()).removesuffix(".")
        if name == self.app:
            return Host(APP)
        if name in _MACHINE:
            return Host(MACHINE)
        label = _CONTENT_LABEL.fullmatch(_before(name, self.content_domain))
        if label:
            return Host(CONTENT, version=UUID(label[1]))
        slug = _before(name, self.domain)
        if is_slug(slug):
            return Host(SPACE, slug=slug)
        return Host(UNKNOWN)


def content_label(version: UUID) -> str:
    """Name the host label under which a version's content is served; no space can be called so."""
    return f"c-{version.hex}"


def is_slug(text: str) -> bool:
    """Tell whether a space may be called so: a host label that means nothing else."""
    return bool(_SLUG.fullmatch(text)) and not is_reserved(text)


def is_reserved(text: str) -> bool:
    """Tell whether a host label means something of our own, so that no space may be called so."""
    return bool(_RESERVED.fullmatch(text))


def _before(name: str, domain: str) -> str:
    return name.removesuffix(f".{domain}") if name.endswith(f".{domain}") else ""
