"""A page's modules are joined into one script, which does what they do."""

import subprocess
from pathlib import Path

import pytest

from lrs import joining
from player import kit
from tests.player.node import node

MODULES = {
    "a": 'import { two as zwei, Three } from "./b.js";\nimport { one } from "./c.js";\nconsole.log(one, zwei(), new Three().n, KEPT);\n',
    "b": (
        'import { one } from "./c.js";\n\n/** Adds.\n * import nothing */\nconst KEPT = 1;\n'
        "export function two() {\n  // one more\n  return one + KEPT; // two\n}\nexport class Three {\n  n = 3;\n}\n"
    ),
    "c": 'export const one = 1;\nconst TEXT = "export const no = 1; // no comment";\nconsole.log(TEXT);\n',
}


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder


def said(path: Path) -> str:
    return subprocess.run([node(), str(path)], capture_output=True, text=True, check=True).stdout


def test_what_is_joined_does_what_its_modules_do_and_runs_each_once(tmp_path: Path) -> None:
    modules = MODULES | {"a": "const KEPT = 7;\n".join(["", MODULES["a"]])}
    write(tmp_path, **modules)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "joined.mjs").write_text(joining.join(tmp_path, "a"))

    assert joining.order(tmp_path, "a") == ["c", "b", "a"]
    assert said(tmp_path / "joined.mjs") == said(tmp_path / "a.js") == "export const no = 1; // no comment\n1 2 3 7\n"


def test_comments_stay_here(tmp_path: Path) -> None:
    joined = joining.join(write(tmp_path, **MODULES), "b")

    assert "Adds" not in joined
    assert "one more" not in joined


@pytest.mark.parametrize(
    "text",
    [
        'import "./c.js";',
        'import * as c from "./c.js";',
        'export { one } from "./c.js";',
        "export default 1;",
        "export let n = 1;",
    ],
)
def test_what_is_not_understood_is_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, a=f"{text}\n", c="export const one = 1;\n")

    with pytest.raises(joining.NotJoinedError, match=r"^a\.js: (import|export) "):
        joining.join(tmp_path, "a")


def test_modules_that_wait_for_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, a='import { b } from "./b.js";\n', b='import { a } from "./a.js";\n')

    with pytest.raises(joining.NotJoinedError, match="a needs b needs a"):
        joining.join(tmp_path, "a")


@pytest.mark.parametrize("name", ["shell", "drain", "renewed"])
def test_our_pages_scripts_are_whole_and_can_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "joined.mjs").write_text(joining.join(kit.FOLDER, name))

    subprocess.run([node(), "--check", str(tmp_path / "joined.mjs")], check=True)
