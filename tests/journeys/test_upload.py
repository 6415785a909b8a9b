"""An author's upload as it is seen in Chromium: how much has gone up, what is being done with it, and what went wrong."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import TimeoutError as TooLate

from tests.journeys.walking import Eye, enter, eventually, serving
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

pytestmark = pytest.mark.browser

MIB = 1024 * 1024
MOST = 3 * MIB
SIZE = 600 * 1024
PHONE = {"viewport": {"width": 360, "height": 740}}
WATCH = """
() => {
  const seen = [];
  const [step, progress, amount] = ["step", "progress", "amount"].map((id) => document.getElementById(id));
  new MutationObserver(() => {
    seen.push([step.textContent, progress.position, amount.textContent]);
    sessionStorage.setItem("seen", JSON.stringify(seen));
  }).observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true, characterData: true });
}
"""
"""Writes down what the page shows at each change of it, for the page that follows."""


@pytest.fixture(scope="module")
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("upload")
    with serving(request, folder, "embedded", "sibling", HAIDANG_UPLOAD_LIMIT=str(MOST)) as made:
        yield made


def package(title: str, size: int = SIZE) -> bytes:
    return scorm12(title, more={"film.mp4": Random(title).randbytes(size)})


def open_form(page: Page, service: Service) -> None:
    """Sign in as an author and open the page for uploads."""
    enter(page, service, "author")
    page.goto(page.url + "packages/new")


def choose(page: Page, data: bytes, name: str = "bài 1.zip") -> None:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/zip", "buffer": data})


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").last.click()


class Network:
    """The line of one page."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")

    def carry(self, a_second: int, *, offline: bool = False) -> None:
        """Carry no more than so many bytes a second; -1 for as many as come."""
        conditions = {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": a_second}
        self._session.send("Network.emulateNetworkConditions", conditions)


def until(page: Page, what: str) -> None:
    """Wait until the bar stands so; what is not the page's own script may not wait inside the page (its policy forbids `eval`)."""
    assert eventually(lambda: bool(page.evaluate(f"(({{ position }}) => {what})(document.getElementById('progress'))")))


def worker_of(service: Service) -> int:
    """Name the process that answers."""
    assert service.program is not None
    master = service.program.process.pid
    (worker,) = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return int(worker)


def kill(service: Service) -> None:
    """End the service with kill -9, all of it."""
    assert service.program is not None
    worker = worker_of(service)
    for process in (service.program.process.pid, worker):
        os.kill(process, signal.SIGKILL)
    service.stop()


def lessons(service: Service) -> list[str]:
    listed = service.haidang("package", "list", "--space", "haiphong")["packages"]
    return [one["title"] for one in listed]


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_an_author_sees_how_much_has_gone_up_and_then_that_it_is_read(
    service: Service, screen: Screens, size: Any
) -> None:
    page = screen.open(size, **(PHONE if size == "phone" else {}))
    eye = Eye(page.context)
    open_form(page, service)
    choose(page, package(f"Đi chậm {size}"))
    screen.save(page, f"upload-{size}-1-chosen")
    Network(page).carry(600 * 1024)

    send(page)
    until(page, "position > 0.3")
    screen.save(page, f"upload-{size}-2-going")
    os.kill(worker_of(service), signal.SIGSTOP)  # what is sent from now on waits in the system
    until(page, "position === -1")
    screen.save(page, f"upload-{size}-3-arrived")
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    os.kill(worker_of(service), signal.SIGCONT)
    page.wait_for_url("**/report")

    assert f"Đi chậm {size}" in lessons(service)
    assert wide <= room
    assert eye.seen == []


def test_what_is_said_aloud_is_each_step_once_and_the_bar_only_grows(service: Service, screen: Screens) -> None:
    page = screen.open()
    open_form(page, service)
    choose(page, package("Nói ít"))
    Network(page).carry(600 * 1024)
    page.evaluate(WATCH)

    send(page)
    page.wait_for_url("**/report")
    seen = page.evaluate("JSON.parse(sessionStorage.getItem('seen'))")

    steps = list(dict.fromkeys(step for step, _, _ in seen))
    assert [step[:12] for step in steps] == ["Đang tải lên", "Đã nhận đủ t"]
    grown = [position for step, position, _ in seen if step == steps[0]]
    assert grown == sorted(grown)
    assert len(set(grown)) > 3
    assert {amount.partition(" trên ")[2] for step, _, amount in seen if step == steps[0] and amount} >= {"0,6 MB"}


def test_a_line_that_breaks_is_told_and_the_same_file_can_be_sent_again(service: Service, screen: Screens) -> None:
    page = screen.open("phone", **PHONE)
    open_form(page, service)
    choose(page, package("Đứt giữa chừng"))
    network = Network(page)
    network.carry(400 * 1024)

    send(page)
    until(page, "position > 0.2")
    kill(service)  # all of it: to a worker that comes back Chromium sends the file again by itself
    page.locator("#trouble").get_by_text("Mất kết nối trước khi gửi xong").wait_for()
    screen.save(page, "upload-phone-4-cut")
    assert page.locator("#going").is_hidden()
    assert "Đứt giữa chừng" not in lessons(service)
    service.start()
    network.carry(-1)
    send(page)
    page.wait_for_url("**/report")

    assert lessons(service).count("Đứt giữa chừng") == 1


def test_a_line_on_which_nothing_passes_any_more_is_taken_for_broken(service: Service, screen: Screens) -> None:
    page = screen.open()
    page.clock.install()
    open_form(page, service)
    choose(page, package("Lặng im"))
    network = Network(page)
    network.carry(400 * 1024)

    send(page)
    until(page, "position > 0.2")
    network.carry(0, offline=True)
    page.clock.fast_forward(55_000)
    assert page.locator("#going").is_visible()
    trouble = page.locator("#trouble").get_by_text("Mất kết nối trước khi gửi xong")
    for _ in range(10):  # a last piece may have been told of meanwhile, and on a busy machine late
        page.clock.fast_forward(60_000)
        with suppress(TooLate):
            trouble.wait_for(timeout=3_000)
            break

    assert trouble.is_visible()


def test_an_upload_can_be_stopped_and_begun_again(service: Service, screen: Screens) -> None:
    page = screen.open()
    open_form(page, service)
    choose(page, package("Dừng lại"))
    network = Network(page)
    network.carry(400 * 1024)

    send(page)
    until(page, "position > 0.1")
    page.locator("#stop").click()
    page.locator("#upload").wait_for()

    assert page.locator("#trouble").is_hidden()
    assert "Dừng lại" not in lessons(service)
    network.carry(-1)
    send(page)
    page.wait_for_url("**/report")


def test_a_file_that_is_too_large_is_told_before_anything_is_sent(service: Service, screen: Screens) -> None:
    page = screen.open("phone", **PHONE)
    open_form(page, service)
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)

    choose(page, package("Quá lớn", MOST))
    send(page)

    assert "Tệp này quá lớn: 3,1 MB. Chỉ tải lên được tối đa 3,0 MB" in page.locator("#trouble").inner_text()
    screen.save(page, "upload-phone-5-large")
    assert posted == []
    choose(page, package("Vừa đủ", MOST - 8192))
    assert page.locator("#trouble").is_hidden()
    send(page)
    page.wait_for_url("**/report")
    assert [address for address in posted if address.endswith("/packages/new")] == posted[:1]


def test_a_refused_file_is_explained_and_the_next_one_is_a_click_away(service: Service, screen: Screens) -> None:
    page = screen.open("phone", **PHONE)
    open_form(page, service)
    choose(page, b"no zip", "ghi chú.zip")

    send(page)
    page.get_by_text("Không dùng được tệp này").wait_for()
    screen.save(page, "upload-phone-6-refused")
    page.get_by_role("link", name="Tải lên lại").click()
    choose(page, package("Tệp đúng", 1000))
    send(page)

    page.wait_for_url("**/report")
    assert "Tệp đúng" in lessons(service)


def test_what_the_service_says_is_shown_beside_the_form(service: Service, screen: Screens) -> None:
    page = screen.open()
    open_form(page, service)
    choose(page, package("Hết phiên", 1000))
    page.context.clear_cookies()

    send(page)
    page.locator("#trouble p").first.wait_for()

    assert page.locator("#trouble p").first.inner_text() == "Mời bạn đăng nhập"
    assert page.locator("#upload").is_visible()


def test_a_service_that_dies_before_it_answers_leaves_the_author_no_false_promise(
    service: Service, screen: Screens
) -> None:
    page = screen.open()
    open_form(page, service)
    choose(page, package("Dịch vụ chết", 1000))
    os.kill(worker_of(service), signal.SIGSTOP)

    send(page)
    page.get_by_text("Đã nhận đủ tệp").wait_for()
    kill(service)
    page.locator("#trouble").get_by_text("Hãy xem danh sách bài học trước").wait_for()
    service.start()

    assert "Dịch vụ chết" not in lessons(service)
    send(page)
    page.wait_for_url("**/report")


def test_without_a_script_the_form_works_by_itself(service: Service, screen: Screens) -> None:
    page = screen.open("phone", java_script_enabled=False, **PHONE)
    open_form(page, service)
    choose(page, package("Không có mã", 1000))

    send(page)

    page.wait_for_url("**/report")
    assert "Không có mã" in lessons(service)
