"""The examination of a package that was read and unpacked: what it is made of, and what will bother those who learn with it."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import PurePosixPath
from typing import IO

from packages.doctor import media, page, sorts, tools
from packages.doctor.media import Medium
from packages.doctor.page import Page
from packages.doctor.report import Report
from packages.findings import Finding
from packages.model import SCORM12, Package

PAGES = 200
"""First pages that are looked at: a course of more lessons is built alike."""

MEDIA = 500

BUDGET = 10 * 1024 * 1024
"""Bytes that a lesson may weigh: on a line of 1 Mbit/s, 84 seconds of waiting in all."""

Open = Callable[[str], IO[bytes]]

_UNPLAYABLE = frozenset(["avi", "wmv", "flv", "mkv", "mpg", "mpeg", "wma"])
_LONG_NOTES = frozenset({"Articulate Storyline", "Articulate Rise", "Adobe Captivate"})
"""Tools whose lessons note down more in SCORM 1.2 than its 4,096 characters: they keep it here, and lose it elsewhere."""


def examine(package: Package, sizes: Mapping[str, int], opened: Open) -> tuple[Report, list[Finding]]:
    """Look into the files of a package, each named as the package names it."""
    pages = {name: _page(name, opened) for name in _first_pages(package, sizes)}
    lasting = {name: _medium(name, size, opened) for name, size in _media(sizes)}
    generator = next((each.generator for each in pages.values() if each.generator), "")
    report = Report(
        tool=tools.tool_of(sizes, generator),
        lessons=len(package.lessons),
        pages=sum(sorts.sort_of(name) == sorts.PAGES for name in sizes),
        films=sum(sorts.sort_of(name) == sorts.VIDEO for name in sizes),
        seconds=round(sum(each.seconds for each in lasting.values()), 1),
        languages=_languages(package, pages.values()),
        shares=sorts.shares(sizes.items()),
    )
    return report, [*_about_pages(package, pages), *_about_media(sizes, lasting, pages), *_about_all(package, report)]


def _first_pages(package: Package, sizes: Mapping[str, int]) -> list[str]:
    """Name the pages that lessons open with, in order, each once."""
    launches = [item.launch for item in package.lessons if item.launch is not None and not item.launch.elsewhere]
    names = dict.fromkeys(launch.file for launch in launches if launch.file in sizes)
    return [name for name in names if sorts.sort_of(name) == sorts.PAGES][:PAGES]


def _page(name: str, opened: Open) -> Page:
    with opened(name) as file:
        return page.read(file.read(page.MOST))


def _media(sizes: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(name, size) for name, size in sizes.items() if sorts.sort_of(name) in {sorts.VIDEO, sorts.SOUND}][:MEDIA]


def _medium(name: str, size: int, opened: Open) -> Medium:
    with opened(name) as file:
        return media.read(name, file, size)


def _languages(package: Package, pages: Iterable[Page]) -> tuple[str, ...]:
    said = [*package.metadata.languages, *(each.language for each in pages)]
    plain = (word.strip().replace("_", "-").lower() for word in said)
    return tuple(dict.fromkeys(word for word in plain if word and word.isascii() and len(word) <= 20))  # noqa: PLR2004 - no longer tag is in use


_OF_PAGES: dict[str, Callable[[Page], bool]] = {
    "outside-file": lambda each: each.outside,
    "insecure-file": lambda each: each.insecure,
    "flash": lambda each: each.flash,
    "java": lambda each: each.java,
    "no-viewport": lambda each: not each.viewport,
    "popup": lambda each: each.popup,
}


def _about_pages(package: Package, pages: Mapping[str, Page]) -> list[Finding]:
    """Name for each trouble the first page that has it: the pages of a package are made alike."""
    own = {item.launch.file for item in package.lessons if item.launch and item.launch.method == "OwnWindow"}
    found = []
    for code, has in _OF_PAGES.items():
        troubled = (name for name, each in pages.items() if has(each) or (code == "popup" and name in own))
        found += [Finding(code, name) for name in islice(troubled, 1)]
    return found


def _about_media(sizes: Mapping[str, int], lasting: Mapping[str, Medium], pages: Mapping[str, Page]) -> list[Finding]:
    stems = {_stem(name) for name in sizes if sorts.sort_of(name) == "captions"}
    tracks = any(each.tracks for each in pages.values())
    films = [name for name in lasting if sorts.sort_of(name) == sorts.VIDEO]
    silent = [name for name in films if not (lasting[name].captions or tracks or _captioned(name, stems))]
    old = [name for name in sizes if sorts.end_of(name) in _UNPLAYABLE]
    return [*(Finding("no-captions", name) for name in silent), *(Finding("old-medium", name) for name in old)]


def _stem(name: str) -> str:
    return PurePosixPath(name).name.partition(".")[0].casefold()


def _captioned(film: str, stems: set[str]) -> bool:
    """Tell whether a file of captions is called as a film is, perhaps with a language behind."""
    stem = _stem(film)
    return any(each == stem or each.startswith((f"{stem}-", f"{stem}_")) for each in stems)


def _about_all(package: Package, report: Report) -> list[Finding]:
    found = []
    if report.size > BUDGET * max(1, report.lessons):
        found.append(Finding("heavy"))
    if package.kind == SCORM12 and report.tool in _LONG_NOTES:
        found.append(Finding("long-notes"))
    return found
