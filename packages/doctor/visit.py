"""A visit: the pages that learners come to, each read once, the first pages of lessons before all others."""

from collections import deque
from dataclasses import dataclass, field
from urllib.parse import unquote

from packages.doctor import page
from packages.doctor.contents import Contents
from packages.doctor.page import Page
from packages.doctor.sorts import PAGES, sort_of
from packages.model import Package

MOST_OF_A_PAGE = 512 * 1024
MOST_BYTES = 12 * 1024 * 1024
MOST_ELEMENTS = 100_000
MOST_PAGES = 2000


@dataclass(slots=True)
class Visit:
    """What was seen: the pages by name, in the order in which they were come to."""

    pages: dict[str, Page] = field(default_factory=dict)
    whole: bool = True
    """Whether there was nothing left to see."""


def first_pages(package: Package) -> list[str]:
    """Name the files that lessons open with."""
    launches = [item.launch for item in package.lessons if item.launch]
    return list(dict.fromkeys(launch.file for launch in launches if not launch.elsewhere))


def visit(package: Package, contents: Contents) -> Visit:
    """Read the pages that lessons open with, those that the descriptor lists, and all that these lead to.

    A tool's libraries bring pages of their own, which nobody opens. Where a descriptor cannot list files (cmi5, xAPI, AICC) every page
    counts.
    """
    listed = [name for resource in package.resources for name in resource.files]
    waiting = deque([*first_pages(package), *(listed if package.resources else sorted(contents.sizes, key=_shallow))])
    found, come_to = Visit(), set[str]()
    size = elements = 0
    while waiting:
        name = waiting.popleft()
        if name in come_to or name not in contents.sizes or sort_of(name) != PAGES:
            continue
        come_to.add(name)
        if size >= MOST_BYTES or elements >= MOST_ELEMENTS or len(found.pages) == MOST_PAGES:
            found.whole = False
            break
        data = contents.beginning(name, MOST_OF_A_PAGE)
        seen, count = page.read(data, name)
        found.pages[name] = seen
        size, elements = size + len(data), elements + count
        waiting += [unquote(link) for link in seen.links]
    return found


def _shallow(name: str) -> tuple[int, str]:
    return name.count("/"), name
