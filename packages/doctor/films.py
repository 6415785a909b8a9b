"""The films and sounds of a package: how long they play, which have captions, which no browser plays."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from packages.doctor import media
from packages.doctor.contents import Contents
from packages.doctor.page import Page
from packages.doctor.report import BITS_A_SECOND
from packages.doctor.sorts import CAPTIONS, SOUND, VIDEO, end_of, sort_of
from packages.doctor.track import Media

MOST = 500
"""How many are looked into; a lesson has some dozens."""

_UNPLAYABLE = {"avi", "wmv", "flv", "f4v", "mpg", "mpeg", "mkv", "3gp", "wma", "aif", "aiff", "mid"}
_UNPLAYABLE_CODECS = {
    "hvc1",
    "hev1",
    "mp4v",
    "s263",
    "theora",
    "ap4h",
    "apch",
    "apcn",
    "V_MPEGH/ISO/HEVC",
    "V_MPEG4/ISO/ASP",
}
"""What some browser of today does not show: H.265, and what came before H.264."""


@dataclass(frozen=True, slots=True)
class Films:
    """What plays in a package, by name."""

    held: Mapping[str, Media]
    whole: bool

    def of(self, sort: str) -> list[Media]:
        """List the films, or the sounds."""
        return [one for name, one in self.held.items() if sort_of(name) == sort]

    def earned(self, sizes: Mapping[str, int]) -> float:
        """Tell how many seconds of loading they earn: what plays may come while it plays."""
        return sum(min(one.seconds or 0, sizes[name] * 8 / BITS_A_SECOND) for name, one in self.held.items())

    @property
    def unplayable(self) -> list[str]:
        """Name those that some browser of today does not play."""
        return [
            name for name, one in self.held.items() if end_of(name) in _UNPLAYABLE or one.codec in _UNPLAYABLE_CODECS
        ]


def look(contents: Contents) -> Films:
    """Look into every film and sound."""
    names = sorted(name for name in contents.sizes if sort_of(name) in {VIDEO, SOUND})
    held = {}
    for name in names[:MOST]:
        with contents.open(name) as file:
            held[name] = media.read(file, contents.sizes[name])
    return Films(held, len(names) <= MOST)


def without_captions(films: Films, contents: Contents, pages: Mapping[str, Page]) -> list[str]:
    """Name the films to which no captions belong.

    They stand within the film, in a `track` of the page that shows it, or in a file of its name; a tool that names
    files by chance is believed if it brings as many files of captions as there are films left.
    """
    said = {
        unquote(address)
        for page in pages.values()
        for addresses, captions in page.films
        if captions
        for address in addresses
    }
    beside = Counter(_stem(name) for name in contents.sizes if sort_of(name) == CAPTIONS)
    left = []
    for name, one in films.held.items():
        if sort_of(name) != VIDEO or one.captions or name in said:
            continue
        own = [
            stem for stem in beside if stem == _stem(name) or stem.startswith((f"{_stem(name)}.", f"{_stem(name)}_"))
        ]
        for stem in own:
            del beside[stem]
        if not own:
            left.append(name)
    return left if len(left) > beside.total() else []


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0].casefold()
