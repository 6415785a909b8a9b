"""Opening: from the click on a lesson to its first screen, in Chromium, beside the same lesson served plain by nginx.

The first screen is what the browser itself calls the first contentful paint of the lesson's own page; whatever the shell shows before does
not count.
"""

from __future__ import annotations

import time
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Error, Page, sync_playwright

from bench.figures import Figure, Round
from bench.lines import LoadFailed
from packages.lessons.lesson import SHELF, read
from packages.lessons.zipper import package
from tests.parts.chromium import arguments, find_chromium
from tests.parts.nginx import start_nginx
from tests.parts.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.service import Service

TIMES = ("for the first time", "again")
"""With an empty cache, and with what the browser has kept from the first time."""

_PATIENCE = 30.0
_CLICK = """selector => {
    const now = performance.timeOrigin + performance.now();
    document.querySelector(selector).click();
    return now;
}"""
_PAINTED = """() => {
    const [first] = performance.getEntriesByName("first-contentful-paint");
    return first ? performance.timeOrigin + first.startTime : null;
}"""
_PLAIN = '<!doctype html><meta charset="utf-8"><p><a href="{page}">Mở bài học</a></p>'
_NGINX = """
    include /etc/nginx/mime.types;
    access_log off;
    gzip on;
    gzip_types text/css application/javascript application/json image/svg+xml;
    server {{
        listen 127.0.0.1:{port};
        location / {{ root {files}; expires max; }}
    }}
"""


def measure(service: Service, rounds: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Open each lesson of our shelf in both places, in turns, each time in a browser that has never seen it, and once more."""
    folder = service.ground.folder / "opening"
    with sync_playwright() as playwright, _plain(folder) as plain:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments())
        for slug in SHELF:
            version, page = _publish(service, folder, slug)
            figures = [Figure(f"{slug}, {when}", "openings/s", limit_name="served plain by nginx") for when in TIMES]
            for _ in range(rounds):
                ours = _opened(browser, f"a[href$='{version}']", "/c/", *_signed_in(service))
                theirs = _opened(browser, "a", page, f"{plain}/{slug}/plain.html")
                for figure, here, there in zip(figures, ours, theirs, strict=True):
                    found = Round.of([here], 1 / here)
                    found.limit = 1 / there
                    figure.rounds.append(found)
                    say(figure)
            yield from figures
        browser.close()


def _publish(service: Service, folder: Path, slug: str) -> tuple[str, str]:
    """Publish a lesson, and lay its files beside a plain page; give its version, and its own page."""
    path = folder / f"{slug}.zip"
    path.write_bytes(package(read(slug)))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / slug)
    (page,) = (name.name for name in (folder / slug).glob("*.html"))
    (folder / slug / "plain.html").write_text(_PLAIN.format(page=page), "utf-8")
    (told,) = service.haidang("package", "add", str(path), "--space", service.space)["files"]
    return str(told["version"]), page


def _signed_in(service: Service) -> tuple[str, str]:
    """Name the page with the lessons on it, and the link by which somebody new comes there."""
    link = service.haidang("account", "link", "--space", service.space, "--role", "learner")["url"]
    return f"{link.split('/s/')[0]}/s/{service.space}/", str(link)


def _opened(browser: Browser, selector: str, place: str, start: str, link: str = "") -> list[float]:
    """Open a lesson twice, as somebody new; tell how many seconds each took."""
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    if link:
        page.goto(link)
        page.locator("main button").click()
        page.wait_for_url(start)
    taken = []
    for _ in TIMES:
        page.goto(start, wait_until="networkidle")
        clicked = page.evaluate(_CLICK, selector)
        taken.append((_painted(page, place) - clicked) / 1000)
    context.close()
    return taken


def _painted(page: Page, place: str) -> float:
    """Wait for the first screen of the lesson's own page."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        for frame in page.frames:
            try:
                if place in frame.url and (moment := frame.evaluate(_PAINTED)) is not None:
                    return float(moment)
            except Error:  # it is on its way elsewhere
                continue
        page.wait_for_timeout(20)
    raise LoadFailed(f"no first screen at {page.url}")


@contextmanager
def _plain(folder: Path) -> Iterator[str]:
    """Serve a folder by nginx, and nothing else."""
    folder.mkdir()
    port = free_port()
    program = start_nginx(folder, port, _NGINX.format(port=port, files=folder))
    try:
        yield f"http://plain.localhost:{port}"
    finally:
        program.stop()
