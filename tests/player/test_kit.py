"""What the player's pages are made of, and how it is sent."""

import gzip
from pathlib import Path

import pytest

from player import kit
from tests.parts.installations import Installation
from tests.parts.lessons import Playing, play, publish
from tests.player.node import ROOT

BROWSER = ROOT / "player" / "browser"


@pytest.fixture
def playing(embedded: Installation) -> Playing:
    return play(embedded.person("learner"), publish(embedded))


def test_a_file_is_sent_compressed_to_who_takes_it_so(playing: Playing) -> None:
    plain = playing.person.get("/_hd/shell.js", base=playing.origin)
    packed = playing.person.get("/_hd/shell.js", base=playing.origin, headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.data) == plain.data == (BROWSER / "shell.js").read_bytes()
    assert packed.content_type == plain.content_type == "text/javascript; charset=utf-8"


def test_a_file_that_the_browser_has_is_not_sent_again(playing: Playing) -> None:
    first = playing.person.get("/_hd/shell.css", base=playing.origin)
    headers = {"If-None-Match": first.headers["ETag"]}

    assert playing.person.get("/_hd/shell.css", base=playing.origin, headers=headers).status_code == 304


@pytest.mark.parametrize("name", ["none.js", "package.json", "../content.py", "%2e%2e/content.py"])
def test_nothing_else_is_sent(playing: Playing, name: str) -> None:
    assert playing.person.get(f"/_hd/{name}", base=playing.origin).status_code == 404


def test_a_module_needs_what_it_imports_and_what_that_imports_once(tmp_path: Path) -> None:
    files = {
        "a.js": 'import { b } from "./b.js";\nimport { c } from "./c.js";\n',
        "b.js": '/** import { x } from "./x.js"; */\nimport { c } from "./c.js";\nimport "./a.js";\n',
        "c.js": 'export { d } from "./d.js";\n',
        "d.js": "",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    assert kit.needed("a.js", tmp_path) == ["b.js", "c.js", "d.js"]


def test_the_shell_names_all_that_it_is_made_of() -> None:
    lines = [line for path in BROWSER.glob("*.js") for line in path.read_text("utf-8").splitlines()]
    imports = [line for line in lines if line.startswith(("import ", "} from"))]

    assert len(imports) >= 20
    assert all(line.startswith("import {") and line.endswith('.js";') for line in imports)
