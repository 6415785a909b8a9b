"""The Chromium that the tests drive: the system's own."""

import os
import shutil
from pathlib import Path

from tests.parts.left_out import MissingPartError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


def arguments() -> list[str]:
    """Give the arguments that Chromium needs here: its sandbox refuses to run as root."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []
