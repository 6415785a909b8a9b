"""The examination: everything that is looked at, put together into a report and findings."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager

from packages.doctor import films, page, sorts, symptoms, tools
from packages.doctor.contents import Contents
from packages.doctor.report import Report
from packages.doctor.symptoms import Patient
from packages.doctor.visit import MOST_OF_A_PAGE, visit
from packages.findings import Finding
from packages.model import Package
from packages.model.text import UNKNOWN
from storage.blobs import Readable

_MOST_LANGUAGES = 12
_LANGUAGE = re.compile("[a-z]{2,3}")
_MOST_GLANCES = 8


def examine(package: Package, contents: Contents, noted: Iterable[Finding]) -> tuple[Report, tuple[Finding, ...]]:
    """Examine a package that can be opened; what was noted of it already is not said again."""
    seen = visit(package, contents)
    playing = films.look(contents)
    film_seconds = sum(film.seconds or 0 for film in playing.of(sorts.VIDEO))
    tool = tools.tell(contents.sizes, seen.pages.values())
    report = Report(
        tool=tool.name,
        version=tool.version,
        lessons=len(package.lessons),
        pages=len(seen.pages),
        films=len(playing.of(sorts.VIDEO)),
        film_seconds=round(film_seconds, 1),
        seconds=round(film_seconds + sum(sound.seconds or 0 for sound in playing.of(sorts.SOUND)), 1),
        timeless=sum(one.seconds is None for one in playing.held.values()),
        languages=_languages(package, [one.language for one in seen.pages.values()]),
        shares=sorts.shares(contents.sizes.items()),
        largest=sorts.largest(contents.sizes),
        earned=round(playing.earned(contents.sizes), 1),
        whole=seen.whole and playing.whole,
    )
    missing = frozenset(finding.file for finding in noted)
    patient = Patient(package, contents, seen.pages, playing, report, missing)
    return report, tuple(symptoms.findings(patient))


def glance(held: Mapping[str, int], opened: Callable[[str], AbstractContextManager[Readable]]) -> Report:
    """Tell what can be told of a package that is refused: who made it, and what its bytes are."""
    names = sorted((name for name in held if sorts.sort_of(name) == sorts.PAGES), key=lambda one: one.count("/"))
    pages = []
    for name in names[:_MOST_GLANCES]:
        with opened(name) as file:
            pages.append(page.read(file.read(MOST_OF_A_PAGE), name)[0])
    tool = tools.tell(held, pages)
    return Report(
        tool=tool.name,
        version=tool.version,
        shares=sorts.shares(held.items()),
        largest=sorts.largest(held),
        whole=False,
    )


def _languages(package: Package, of_pages: list[str]) -> tuple[str, ...]:
    """Name the languages of the pages and of the descriptor, the most frequent first."""
    titles = (package.organisations[0].title, *(item.title for item in package.lessons))
    said = [*of_pages, *package.metadata.languages, *(tag for title in titles for tag, _ in title.said)]
    counts = Counter(tag.replace("_", "-").split("-")[0].lower() for tag in said)
    return tuple(tag for tag, _ in counts.most_common() if _LANGUAGE.fullmatch(tag) and tag != UNKNOWN)[
        :_MOST_LANGUAGES
    ]
