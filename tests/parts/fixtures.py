"""The real parts as pytest's fixtures; a missing one leaves out the tests that ask for it.

Each fixture imports its part when it is first asked for: a run of a few pure tests then starts a second earlier.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.parts.left_out import leave_out, or_left_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from tests.parts.firefox import Firefox
    from tests.parts.postgres import PostgresServer
    from tests.parts.s3 import S3Server
    from tests.parts.screens import Screens
    from tests.parts.tabs import Engine
    from tests.parts.webkit import WebKit


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start a PostgreSQL server without any database of ours."""
    from tests.parts.postgres import PostgresServer

    with or_left_out():
        server = PostgresServer.start()
    with server:
        yield server


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    """Start an S3 endpoint without any bucket of ours."""
    from tests.parts.s3 import S3Server

    with or_left_out():
        server = S3Server.start()
    with server:
        yield server


@pytest.fixture(scope="session")
def cases() -> Path:
    """Name the folder of packages and statements from elsewhere."""
    named = os.environ.get("HAIDANG_CASES")
    if not named:
        leave_out("no cases: HAIDANG_CASES names no folder")
    if not Path(named).is_dir():
        leave_out(f"no cases: HAIDANG_CASES names {named}, which is no folder")
    return Path(named)


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[Path], Browser]]:
    """Start a Chromium when it is first asked for, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    from tests.parts.chromium import arguments, check_driver

    with or_left_out():
        check_driver()
    with sync_playwright() as playwright:
        started: dict[Path, Browser] = {}

        def launched(program: Path) -> Browser:
            if program not in started:
                started[program] = playwright.chromium.launch(executable_path=program, args=arguments())
            return started[program]

        yield launched
        for one in started.values():
            one.close()


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Browser:
    """Give the system's Chromium: with its window to tests marked so, and in a long run."""
    from tests.parts.chromium import find_chromium, find_windowless

    whole = request.config.getoption("--long") or request.node.get_closest_marker("in_a_window")
    with or_left_out():
        program = find_chromium() if whole else find_windowless()
    launch: Callable[[Path], Browser] = request.getfixturevalue("launch")
    return launch(program)


@pytest.fixture
def screen(browser: Browser) -> Iterator[Screens]:
    """Screens for one test: `screen.open("phone")`."""
    from tests.parts.screens import Screens

    screens = Screens(browser)
    yield screens
    screens.close()


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    """Start the system's Firefox, driven by puppeteer-core."""
    from tests.parts.firefox import Firefox, find_firefox
    from tests.player.node import node

    with or_left_out():
        started = Firefox(node(), find_firefox())
    with started:
        yield started


@pytest.fixture(scope="session")
def webkit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebKit]:
    """Start WebKitGTK, driven by its own driver."""
    from tests.parts.webkit import WebKit

    with or_left_out():
        started = WebKit(tmp_path_factory.mktemp("webkit"))
    with started:
        yield started


@pytest.fixture(params=("chromium", "firefox"))
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give the two engines that everything about isolation is tried in."""
    from tests.parts.tabs import Chromium

    found: Engine = (
        Chromium(request.getfixturevalue("browser"))
        if request.param == "chromium"
        else request.getfixturevalue("firefox")
    )
    return found
