"""The documents say the same as the code."""

import re
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from tests.parts.url_table import tables
from wsgi import create_app

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FILE = re.compile(r"`((?:lrs|packages|player|schemas|storage|tests|docs)/[\w./-]*\.(?:py|json|js|md|css|po))`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_links_to_what_is_there(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_names_files_that_are_there(page: Path) -> None:
    files = FILE.findall(page.read_text("utf-8"))

    assert [file for file in files if not (ROOT / file).exists()] == []


def commands() -> set[str]:
    return set(create_app({}).cli.commands)


def test_operation_describes_every_command() -> None:
    page = (ROOT / "docs/operation.md").read_text("utf-8")

    assert [command for command in commands() if not re.search(rf"`(haidang )?{command}\b", page)] == []


def test_operation_describes_every_figure() -> None:
    page = (ROOT / "docs/operation.md").read_text("utf-8")
    ours = {metric.name for metric in REGISTRY.collect() if metric.name.startswith("haidang_")}

    assert len(ours) >= 5
    assert [figure for figure in ours if figure not in page] == []


def test_the_map_names_every_room() -> None:
    rooms = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}

    page = (ROOT / "docs/map.md").read_text("utf-8")
    assert [room for room in rooms if f"`{room}/`" not in page] == []


def test_the_table_of_addresses_is_the_url_map() -> None:
    page = (ROOT / "docs/urls.md").read_text("utf-8")
    shown = [line for line in page.splitlines() if line.startswith("| ") and "`/" in line]

    app, content = tables()
    assert shown == [*app, *content]
