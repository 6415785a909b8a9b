"""The tool is told by what it leaves behind, or by what its first page says."""

import pytest

from packages.doctor.tools import tool_of


@pytest.mark.parametrize(
    ("names", "generator", "tool"),
    [
        (["story.html", "story_content/user.js"], "", "Articulate Storyline"),
        (["scormcontent/lib/main.js", "scormdriver/driver.js"], "", "Articulate Rise"),
        (["assets/js/CPM.js"], "", "Adobe Captivate"),
        (["course/template.xml", "course/xenith.js"], "", "Xerte Online Toolkits"),
        (["exe_jquery.js"], "", "eXeLearning"),
        (["adapt/js/adapt.min.js"], "", "Adapt"),
        (["index.html"], "iSpring Suite 11", "iSpring"),
        (["index.html"], "  A tool of \n our own ", "A tool of our own"),
        (["index.html"], "", ""),
        (["template.xml"], "", ""),
    ],
)
def test_traces_and_words_name_a_tool(names: list[str], generator: str, tool: str) -> None:
    assert tool_of(names, generator) == tool


def test_what_a_page_says_of_itself_is_cut() -> None:
    assert len(tool_of([], "x" * 5000)) == 80
