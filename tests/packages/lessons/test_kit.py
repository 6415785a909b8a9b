"""What the kit computes, by its own tests: `node --test`. What it shows is in tests/journeys/test_own_lessons.py."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.player.node import ROOT, node

KIT = sorted((ROOT / "packages/lessons/kit").glob("*.js"))
NEWER = re.compile(
    r"\?\.(?!\d)|\?\?|catch \{|^\s*#|\bthis\.#|\bstatic \{|\.(?:at|flat|flatMap|replaceAll|replaceChildren)\(|fromEntries"
)
"""What is younger than ES2018, or than the browsers that know no more."""


def test_the_kits_modules_pass_their_tests() -> None:
    done = subprocess.run(
        [node(), "--test", "tests/packages/lessons/kit/"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "pass 0" not in done.stdout


@pytest.mark.parametrize("module", KIT, ids=lambda path: path.name)
def test_a_module_asks_for_no_newer_browser(module: Path) -> None:
    assert NEWER.findall(module.read_text("utf-8")) == []


@pytest.mark.parametrize("line", ["a?.b", "a ?? b", "} catch {", "  #kept = 1;", "list.at(-1)"])
def test_what_is_newer_would_be_found(line: str) -> None:
    assert NEWER.search(line)
