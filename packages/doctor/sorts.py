"""Sorts of files, by the ends of their names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from packages.doctor.report import Large, Share

VIDEO = "video"
SOUND = "sound"
PAGES = "pages"
CAPTIONS = "captions"
OTHER = "other"

_ENDS = {
    VIDEO: "mp4 m4v webm ogv mov avi wmv flv f4v mkv mpg mpeg 3gp",
    SOUND: "mp3 m4a aac ogg oga opus wav wma aif aiff mid",
    "images": "jpg jpeg png gif svg webp avif bmp ico tif tiff",
    PAGES: "html htm xhtml",
    "scripts": "js mjs css json map scss less wasm",
    "fonts": "woff woff2 ttf otf eot",
    "documents": "pdf doc docx ppt pptx xls xlsx odt odp ods txt rtf epub",
    CAPTIONS: "vtt srt sbv ttml dfxp",
}
_MOST_LARGEST = 5

_SORTS = {end: sort for sort, ends in _ENDS.items() for end in ends.split()}


def end_of(name: str) -> str:
    """Tell how a file's name ends."""
    return name.rpartition(".")[2].lower()


def sort_of(name: str) -> str:
    """Tell what sort of file this is."""
    return _SORTS.get(end_of(name), OTHER)


def shares(files: Iterable[tuple[str, int]]) -> tuple[Share, ...]:
    """Add up names and sizes by sort, the heaviest sort first."""
    counts: dict[str, list[int]] = defaultdict(list)
    for name, size in files:
        counts[sort_of(name)].append(size)
    found = [Share(sort, len(sizes), sum(sizes)) for sort, sizes in counts.items()]
    return tuple(sorted(found, key=lambda share: (-share.size, share.sort)))


def largest(sizes: Mapping[str, int]) -> tuple[Large, ...]:
    """Name the largest files."""
    return tuple(Large(name, size) for name, size in sorted(sizes.items(), key=lambda one: -one[1])[:_MOST_LARGEST])
