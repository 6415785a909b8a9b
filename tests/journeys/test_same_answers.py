"""The same package hears the same answers in the player and on a plain page of one origin, with the same API and nothing around it."""

from __future__ import annotations

import functools
import json
import threading
import zipfile
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.test_real_packages import GOLF_ON, QUIZ
from tests.journeys.walking import Service, enter, open_lesson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Frame, Page

    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("service", ["sibling"], indirect=True)]

BROWSER = Path(__file__).parents[2] / "player" / "browser"
PLAIN = """<!doctype html><meta charset="utf-8"><main></main><script type="module">
import { Api12 } from "./hd/api12.js";
import { Api2004 } from "./hd/api2004.js";
import { DataModel } from "./hd/datamodel.js";
import { opened } from "./hd/visit.js";
const { edition, table, items } = LAUNCH;
const [item] = items.filter(({ address }) => address !== null);
const nobody = { begin() {}, put() {}, commit() {}, finish() {} };
const model = new DataModel(table, opened(table, null, item.given));
if (edition === "1.2") window.API = new Api12(model, nobody);
else window.API_1484_11 = new Api2004(model, nobody);
const frame = document.createElement("iframe");
Object.assign(frame, { id: "lesson", src: item.address });
document.querySelector("main").append(frame);
</script>"""

LISTEN = """if (document) new MutationObserver(() => {
    const api = window.API ?? window.API_1484_11;
    if (!api || window.heard || !document.getElementById("lesson")) return;
    window.heard = [];
    for (const name of Object.keys(api)) {
        const call = api[name];
        if (typeof call === "function") api[name] = (...words) => {
            const answer = call(...words);
            const timed = /time/.test(words[0]) && words.length > 1;
            window.heard.push([name, ...(timed ? words.slice(0, 1) : words.map(String)), answer]);
            return answer;
        };
    }
}).observe(document, { childList: true, subtree: true })"""
"""Writes down every call and its answer; how long something took is another matter."""


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Serve a folder, and nothing else."""
    (tmp_path / "hd").symlink_to(BROWSER)
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path, f"http://127.0.0.1:{server.server_address[1]}/plain.html"
        server.shutdown()


def learn(page: Page, frame: Frame) -> list[Any]:
    """Learn a golf course to its end; give back what was heard."""
    frame.evaluate(GOLF_ON, 99)
    assert frame.evaluate(QUIZ)
    frame.evaluate("doUnload(true)")
    shell = frame.parent_frame or page.main_frame
    heard: list[Any] = shell.evaluate("heard")
    return heard


@dataclass(frozen=True)
class Both:
    """Where a package is learned: in the player, and alone."""

    service: Service
    screen: Screens
    folder: Path
    address: str

    def here(self, package: Path) -> tuple[list[Any], dict[str, Any]]:
        """Learn it in the player; give back what was heard, and what the shell was given."""
        (told,) = self.service.haidang("package", "add", str(package), "--space", "haiphong")["files"]
        page = self.screen.open()
        page.context.add_init_script(LISTEN)
        enter(page, self.service, "learner")
        lesson = open_lesson(page, f"{page.url.split('/s/')[0]}/s/haiphong/lessons/{told['version']}")
        shell = lesson.frame.parent_frame
        assert shell is not None
        launch = shell.evaluate("JSON.parse(document.getElementById('launch').textContent)")
        return learn(page, lesson.frame), launch

    def alone(self, package: Path, launch: dict[str, Any]) -> list[Any]:
        """Learn it on a page of its own origin, to which the same was given."""
        with zipfile.ZipFile(package) as archive:
            archive.extractall(self.folder)
        (self.folder / "plain.html").write_text(PLAIN.replace("LAUNCH", json.dumps(launch)), "utf-8")
        page = self.screen.open()
        page.context.add_init_script(LISTEN)
        page.goto(self.address)
        element = page.locator("#lesson").element_handle()
        assert element is not None
        frame = element.content_frame()
        assert frame is not None
        frame.wait_for_load_state()
        return learn(page, frame)


@pytest.fixture
def both(service: Service, screen: Screens, plain: tuple[Path, str]) -> Both:
    """Give both places."""
    return Both(service, screen, *plain)


@pytest.mark.parametrize("name", ["RuntimeBasicCalls_SCORM12", "RunTimeAdvancedCalls_SCORM20043rdEdition"])
def test_a_package_hears_the_same(both: Both, cases: Path, name: str) -> None:
    package = cases / "golf" / f"{name}.zip"

    here, launch = both.here(package)
    there = both.alone(package, launch)

    assert len(here) >= 20
    assert here == there


def test_it_would_hear_something_else_where_one_value_differs(both: Both, cases: Path) -> None:
    package = cases / "golf" / "RuntimeBasicCalls_SCORM12.zip"

    here, launch = both.here(package)
    (item,) = [item for item in launch["items"] if item["address"] is not None]
    item["given"]["cmi.core.lesson_status"] = "incomplete"
    there = both.alone(package, launch)

    assert here != there
