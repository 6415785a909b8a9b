"""Which authoring tool made a package: told by the files that it leaves behind, or by what its first page says of itself."""

from collections.abc import Iterable

# What must be among the names, in any folder; the first that fits counts, so that the more special stand first.
_TRACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Articulate Rise", ("scormcontent/lib/", "scormdriver/")),
    ("Articulate Storyline", ("story_content/", "html5/data/js/")),
    ("Articulate Storyline", ("story_content/", "story.html")),
    ("Adobe Captivate", ("assets/js/cpxhrloader.js",)),
    ("Adobe Captivate", ("assets/js/cpm.js",)),
    ("Xerte Online Toolkits", ("template.xml", "xenith.js")),
    ("eXeLearning", ("contentv3.xml",)),
    ("eXeLearning", ("exe_jquery.js",)),
    ("Adapt", ("adapt/js/adapt.min.js",)),
    ("Lectora", ("trivantis.js",)),
    ("Camtasia", ("techsmith-smart-player.min.js",)),
    ("H5P", ("h5p.json",)),
    ("H5P", ("h5p-standalone",)),
    ("iSpring", ("ispringpreload",)),
    ("iSpring", ("data/player.js", "data/html5-unsupported.html")),
)
_WORDS = (
    ("ispring", "iSpring"),
    ("articulate storyline", "Articulate Storyline"),
    ("articulate rise", "Articulate Rise"),
    ("adobe captivate", "Adobe Captivate"),
    ("exelearning", "eXeLearning"),
    ("xerte", "Xerte Online Toolkits"),
    ("lectora", "Lectora"),
    ("camtasia", "Camtasia"),
    ("h5p", "H5P"),
)

_MOST = 80


def tool_of(names: Iterable[str], generator: str) -> str:
    """Name the tool; nothing if nobody can tell."""
    said = next((tool for word, tool in _WORDS if word in generator.lower()), "")
    if said:
        return said
    every = "\n".join(names).lower()
    traced = next((tool for tool, traces in _TRACES if all(trace in every for trace in traces)), "")
    return traced or " ".join(generator.split())[:_MOST]
