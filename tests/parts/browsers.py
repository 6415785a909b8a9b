"""The browsers and other programs of the system that are not there: `python -m tests.parts.browsers` names their Debian packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.parts.chromium import find_chromium
from tests.parts.firefox import find_firefox
from tests.parts.left_out import MissingPartError
from tests.parts.nginx import find_nginx
from tests.parts.poppler import find_poppler
from tests.parts.softhsm import find_softhsm
from tests.parts.webkit import find_webkit

if TYPE_CHECKING:
    from collections.abc import Callable

_PACKAGES: dict[str, Callable[[], object]] = {
    "chromium": find_chromium,
    "firefox-esr": find_firefox,
    "webkit2gtk-driver xvfb": find_webkit,
    "nginx-light": find_nginx,
    "poppler-utils": find_poppler,
    "softhsm2": find_softhsm,
}


def missing() -> list[str]:
    """Name the packages that would have to be installed."""
    return [package for package, find in _PACKAGES.items() if not _is_there(find)]


def _is_there(find: Callable[[], object]) -> bool:
    try:
        find()
    except MissingPartError:
        return False
    return True


if __name__ == "__main__":
    print(*missing())  # noqa: T201 - for the Makefile
