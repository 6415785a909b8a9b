"""The Chromium that the tests drive: the system's own, with its window or without.

The same engine, built without a window to show it in, takes a third of the processor's time: what is drawn around a page, and kept about
it, is for somebody who sits before it. So an everyday run drives that one, where the system has it, but for tests marked `in_a_window`; a
long run drives the whole browser everywhere.
"""

import os
import shutil
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

from tests.parts.left_out import MissingPartError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WINDOWLESS = "chromium-headless-shell"
ELSEWHERE = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)


def find_chromium() -> Path:
    """Find the browser's program."""
    if named := os.environ.get("HAIDANG_TEST_CHROMIUM"):
        if os.access(named, os.X_OK) and Path(named).is_file():
            return Path(named)
        raise MissingPartError(f"no Chromium: HAIDANG_TEST_CHROMIUM names {named}, which is no program")
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    for path in ELSEWHERE:
        if path.is_file():
            return path
    raise MissingPartError("no Chromium: install Debian's package chromium, or name one in HAIDANG_TEST_CHROMIUM")


def find_windowless() -> Path:
    """Find the same engine without its window: the whole browser, where that is named or there is no other."""
    found = None if os.environ.get("HAIDANG_TEST_CHROMIUM") else shutil.which(WINDOWLESS)
    return Path(found) if found else find_chromium()


def check_driver() -> None:
    """Try the Node.js inside Playwright's wheel, which may lack a library of the system's."""
    node, _ = compute_driver_executable()
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingPartError(
            f"no Chromium: Playwright's driver doesn't run; on Debian install libatomic1: {' '.join(done.stderr.split())}"
        )


def arguments() -> list[str]:
    """Give the arguments that Chromium needs here: its sandbox refuses to run as root."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []
