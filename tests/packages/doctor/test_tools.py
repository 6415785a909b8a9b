"""Tools are known by what they leave behind and by what they sign."""

from __future__ import annotations

import pytest

from packages.doctor.page import read
from packages.doctor.tools import Tool, tell


@pytest.mark.parametrize(
    ("page", "tool"),
    [
        (
            "<html><!-- Created using Storyline 360 - x.example --><!-- version: 3.43 -->",
            ("Articulate Storyline", "360"),
        ),
        ("<html><!-- Creado con Storyline 360 - x.example --><!-- version: 3.75 -->", ("Articulate Storyline", "360")),
        ("<!-- Created with iSpring --><!-- 984 664 --><!--version 9.7.5.15043 --><html>", ("iSpring", "9.7.5.15043")),
        ('<meta name="generator" content="eXeLearning 2.6 - exelearning.net">', ("eXeLearning", "2.6")),
        ('<meta name="generator" content="eXeLearning v4.0.0-beta1">', ("eXeLearning", "4.0.0-beta1")),
        ('<meta name="generator" content="ActivePresenter">', ("ActivePresenter", "")),
        ('<meta name="generator" content="Microsoft FrontPage 4.0">', ("Microsoft FrontPage 4.0", "")),
        ("<p>I was made using Storyline 360 and iSpring.", ("", "")),
    ],
)
def test_a_tool_is_known_by_what_it_signs(page: str, tool: tuple[str, str]) -> None:
    assert tell([], [read(page.encode())[0]]) == Tool(*tool)


@pytest.mark.parametrize(
    ("names", "tool"),
    [
        (["story.html", "story_content/user.js"], "Articulate Storyline"),
        (
            ["scormcontent/index.html", "scormcontent/lib/main.bundle.js", "scormdriver/indexAPI.html"],
            "Articulate Rise",
        ),
        (["scormdriver/indexAPI.html", "index.html"], ""),
        (["index.html", "assets/js/CPM.js"], "Adobe Captivate"),
        (["res/index.html", "res/data/player.js", "res/data/slide1.js"], "iSpring"),
        (["res/data/player.js", "other/data/slide1.js"], ""),
        (["template.xml", "common_html5/css/mainStyles.css"], "Xerte Online Toolkits"),
        (["template.xml", "index.html"], ""),
        (["common_html5/js/xenith.js", "template.xml"], "Xerte Online Toolkits"),
        (["assets/js/CPXHRLoader.js"], "Adobe Captivate"),
        (["h5p.json", "content/content.json"], "H5P"),
        (["bai/adapt/js/adapt.min.js"], "Adapt"),
        (["trivantis.js"], "Lectora"),
        (["not-trivantis.js"], ""),
        (["bai_player.html", "scripts/techsmith-smart-player.min.js"], "Camtasia"),
    ],
)
def test_a_tool_is_known_by_what_it_leaves_behind(names: list[str], tool: str) -> None:
    assert tell(names, []) == Tool(tool)


def test_what_is_signed_counts_before_what_is_left() -> None:
    assert tell(["h5p.json"], [read(b"<!-- Created with iSpring --><p>")[0]]) == Tool("iSpring")


def test_what_a_page_says_of_itself_is_cut() -> None:
    assert len(tell([], [read(b'<meta name="generator" content="%s">' % (b"x" * 5000))[0]]).name) == 60
