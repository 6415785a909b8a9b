"""What will hurt learners: one function for each thing that may be wrong with a package, all in one table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from packages.doctor import films
from packages.doctor.contents import Contents
from packages.doctor.films import Films
from packages.doctor.page import Page
from packages.doctor.report import Report
from packages.doctor.visit import first_pages
from packages.files import Files
from packages.findings import MOST_OF_A_KIND, Finding
from packages.model import SCORM12, SCORM2004, Package

_MOST_ABOUT = 200
_OWN_WINDOW = "OwnWindow"
_MEGABYTE = 1_000_000

_SMALL_MEMORY = {(SCORM12, "1.2"), (SCORM2004, "2nd")}
"""Where suspend_data has room for 4,096 characters, and 4,000."""

_LONG_MEMORY = {
    "Articulate Storyline",
    "Articulate Rise",
    "Adobe Captivate",
    "Xerte Online Toolkits",
    "Lectora",
    "Adapt",
}
"""Tools whose lessons remember every page and answer."""


@dataclass(frozen=True, slots=True)
class Patient:
    """A package with all that was seen of it."""

    package: Package
    contents: Contents
    pages: Mapping[str, Page]
    films: Films
    report: Report
    missing: frozenset[str]
    """Files of which the author is told already that they are not there."""

    @property
    def first_pages(self) -> dict[str, Page]:
        """The pages that lessons open with."""
        return {name: self.pages[name] for name in first_pages(self.package) if name in self.pages}


def findings(patient: Patient) -> Iterator[Finding]:
    """Say everything that will hurt learners."""
    for symptom in _SYMPTOMS:
        yield from symptom(patient)


def _heavy(patient: Patient) -> Iterator[Finding]:
    if patient.report.heavy:
        yield Finding("heavy", about=f"{patient.report.size / _MEGABYTE:.0f} MB")


def _no_captions(patient: Patient) -> Iterator[Finding]:
    for name in films.without_captions(patient.films, patient.contents, patient.pages)[:MOST_OF_A_KIND]:
        yield Finding("no-captions", patient.contents.within(name))


def _old_medium(patient: Patient) -> Iterator[Finding]:
    for name in patient.films.unplayable:
        yield Finding("old-medium", patient.contents.within(name), about=patient.films.held[name].codec)


def _needs(code: str) -> "Symptom":
    """Say on which pages a browser would need what none has any more."""

    def look(patient: Patient) -> Iterator[Finding]:
        yield from _once(code, patient, ((name, getattr(page, code), "") for name, page in patient.pages.items()))

    return look


def _flash_alone(patient: Patient) -> Iterator[Finding]:
    """Say which lessons are a Flash film without a page around it."""
    for name in first_pages(patient.package):
        if name.lower().endswith(".swf"):
            yield Finding("flash", patient.contents.within(name))


def _no_viewport(patient: Patient) -> Iterator[Finding]:
    lacking = [(name, 1, "") for name, page in patient.first_pages.items() if not page.viewport]
    yield from (Finding(one.code, one.file, more=one.more) for one in _once("no-viewport", patient, lacking))


def _popup(patient: Patient) -> Iterator[Finding]:
    own = [item.launch.file for item in patient.package.lessons if item.launch and item.launch.method == _OWN_WINDOW]
    yield from _once(
        "popup", patient, ((name, page.popup, "") for name, page in patient.first_pages.items()), first=own
    )


def _outside_file(patient: Patient) -> Iterator[Finding]:
    loads = (
        (name, line, address)
        for name, page in patient.pages.items()
        for address, line in page.loads.items()
        if _elsewhere(address)
    )
    yield from _once("outside-file", patient, loads)


def _insecure_file(patient: Patient) -> Iterator[Finding]:
    yield from _once("insecure-file", patient, _insecure(patient, lambda page: page.loads))


def _insecure_link(patient: Patient) -> Iterator[Finding]:
    """Say which lessons and links lead to where a browser does not go from within a page of https."""
    launches = [item.launch.address for item in patient.package.lessons if item.launch]
    lessons = [address for address in launches if urlsplit(address).scheme == "http"]
    if lessons:
        yield Finding("insecure-link", about=lessons[0][:_MOST_ABOUT], more=len(set(lessons)) - 1)
    yield from _once("insecure-link", patient, _insecure(patient, lambda page: page.links))


def _insecure(patient: Patient, named: Callable[[Page], Mapping[str, int]]) -> Iterator[tuple[str, int, str]]:
    return (
        (name, line, address)
        for name, page in patient.pages.items()
        for address, line in named(page).items()
        if address.startswith("http://")
    )


def _lost_file(patient: Patient) -> Iterator[Finding]:
    """Say which files a page loads that are neither there nor missed already."""
    files = Files.below("", patient.contents.sizes)
    told: set[str] = set()
    for page_name, page in patient.pages.items():
        for address, line in page.loads.items():
            name = unquote(address)
            if not name or name.endswith("/") or _elsewhere(address) or name in told:
                continue
            if files.find(name) or files.find(address) or patient.contents.within(name) in patient.missing:
                continue
            told.add(name)
            if len(told) <= MOST_OF_A_KIND:
                yield Finding("lost-file", patient.contents.within(page_name), line, name[:_MOST_ABOUT])


def _long_notes(patient: Patient) -> Iterator[Finding]:
    small = (patient.package.kind, patient.package.edition) in _SMALL_MEMORY
    if small and patient.report.tool in _LONG_MEMORY:
        yield Finding("long-notes", about=patient.report.tool)


def _elsewhere(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _once(
    code: str, patient: Patient, seen: Iterable[tuple[str, int, str]], *, first: Iterable[str] = ()
) -> Iterator[Finding]:
    """Say a thing once, of the first page on which it was seen, and how many others there are."""
    pages = dict.fromkeys(first, (0, ""))
    for name, line, about in seen:
        if line:
            pages.setdefault(name, (line, about))
    if pages:
        name, (line, about) = next(iter(pages.items()))
        yield Finding(code, patient.contents.within(name), line, about[:_MOST_ABOUT], len(pages) - 1)


Symptom = Callable[[Patient], Iterator[Finding]]

_SYMPTOMS: tuple[Symptom, ...] = (
    _heavy,
    _needs("flash"),
    _flash_alone,
    _needs("java"),
    _needs("plugin"),
    _insecure_file,
    _insecure_link,
    _lost_file,
    _old_medium,
    _no_captions,
    _no_viewport,
    _popup,
    _outside_file,
    _long_notes,
)
