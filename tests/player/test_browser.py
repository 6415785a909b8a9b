"""The browser's modules, by their own tests: `node --test`."""

import subprocess

from tests.player.node import ROOT, node


def test_the_browsers_modules_pass_their_tests() -> None:
    done = subprocess.run(
        [node(), "--test", "tests/player/browser/"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "pass 0" not in done.stdout
