"""Which tool made a package: by the files that it leaves behind, by what it writes into its pages, by what a manifest is called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from packages.doctor.page import Page


@dataclass(frozen=True, slots=True)
class Tool:
    """An authoring tool, and its version where it says so."""

    name: str = ""
    version: str = ""


_SIGNED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Articulate Storyline", re.compile(r"\bStoryline (?P<version>[0-9]{1,4})\b")),
    ("iSpring", re.compile(r"\biSpring\b")),
    ("ActivePresenter", re.compile(r"\bActivePresenter ?(?P<version>[0-9.]{0,12})")),
    ("Adobe Captivate", re.compile(r"\bCaptivate ?(?P<version>[0-9.]{0,12})")),
    ("Camtasia", re.compile(r"\bCamtasia\b")),
    ("CourseLab", re.compile(r"\bCourseLab ?(?P<version>[0-9.]{0,12})")),
    ("eXeLearning", re.compile(r"\beXeLearning v?(?P<version>[0-9][0-9A-Za-z.-]{0,20})?")),
    ("Hot Potatoes", re.compile(r"\bHot Potatoes\b")),
    ("Lectora", re.compile(r"\bLectora\b")),
)
"""What tools write into a page, into a comment or as its generator, in whichever language its author speaks."""

_LEFT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Articulate Storyline", ("story_content/",)),
    ("Articulate Rise", ("scormcontent/index.html", "scormcontent/lib/")),
    ("Articulate Presenter", ("presentation_content/",)),
    ("Adobe Captivate", ("assets/js/CPM.js",)),
    ("Adobe Captivate", ("assets/js/CPXHRLoader.js",)),
    ("iSpring", ("data/player.js", "data/slide1.js")),
    ("iSpring", ("data/player.js", "data/html5-unsupported.html")),
    ("H5P", ("h5p.json",)),
    ("H5P", ("h5p-standalone/",)),
    ("Xerte Online Toolkits", ("template.xml", "common_html5/")),
    ("Xerte Online Toolkits", ("template.xml", "xenith.js")),
    ("eXeLearning", ("exe_jquery.js",)),
    ("eXeLearning", ("contentv3.xml",)),
    ("Adapt", ("adapt/js/adapt.min.js",)),
    ("Lectora", ("trivantis.js",)),
    ("Camtasia", ("scripts/techsmith-smart-player.min.js",)),
)
"""Files and folders that tools leave behind; all of a line must be there, together in one folder."""

_VERSION_COMMENT = re.compile(r"\s*version:?\s*(?P<version>[0-9][0-9.]{0,20})")
_MOST_NAME = 60


def tell(names: Iterable[str], pages: Iterable[Page]) -> Tool:
    """Tell which tool made a package."""
    held = list(pages)
    for page in held:
        if tool := _signed(page):
            return tool
    if left := _left(names):
        return Tool(left)
    said = next((page.generator for page in held if page.generator), "")
    return Tool(" ".join(said.split())[:_MOST_NAME])


def _signed(page: Page) -> Tool | None:
    for words in (page.generator, *page.comments):
        for name, sign in _SIGNED:
            if found := sign.search(words):
                version = (found.groupdict().get("version") or "").rstrip(".-")
                return Tool(name, version or _version(page.comments))
    return None


def _version(comments: list[str]) -> str:
    found = next((match for match in map(_VERSION_COMMENT.match, comments) if match), None)
    return found["version"] if found else ""


def _left(names: Iterable[str]) -> str:
    """Name the tool whose files lie together, in whichever folder."""
    known = set(names)
    places = known | {name[: at + 1] for name in known for at, sign in enumerate(name) if sign == "/"}
    for tool, marks in _LEFT:
        tops = {place.removesuffix(marks[0]) for place in places if f"/{place}".endswith(f"/{marks[0]}")}
        if any(all(top + mark in places for mark in marks) for top in tops):
            return tool
    return ""
