"""`haidang serve`: what it says, what its workers share, and how it ends."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import socket
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from packages.lessons.lesson import SHELF, read
from tests.hostile.raw import Line, head
from tests.lrs.test_metrics import figure
from tests.parts.installations import environment
from tests.parts.ports import free_port
from tests.parts.program import Program
from tests.parts.programs import partner
from tests.parts.served import _HAIDANG, Served, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.parts.installations import Installation

APP = "app.lms.localhost"
FIGURES = ("haidang_requests_total", "haidang_request_seconds_count")


def started(request: pytest.FixtureRequest, folder: Path) -> Iterator[Served]:
    """Serve the embedded make-up, with temporary files in a folder of its own."""
    (folder / "tmp").mkdir()
    for environ in environment(request, "embedded", folder):
        made = serve(environ, folder, TMPDIR=str(folder / "tmp"))
        yield made
        made.stop()


@pytest.fixture
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """Give a service that a test may end."""
    yield from started(request, tmp_path)


@pytest.fixture(scope="module")
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a service that goes on."""
    yield from started(request, tmp_path_factory.mktemp("running"))


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def master(service: Served) -> subprocess.Popen[bytes]:
    assert service.program is not None
    return service.program.process


def workers(service: Served) -> list[int]:
    """List the processes under the master."""
    assert service.program is not None
    return service.program.children()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def listens(service: Served) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", service.port)) == 0


def open_form(service: Served) -> bytes:
    """Make a link, look at it, and write the head and the body of its form."""
    url = service.haidang("account", "link", "--space", "haiphong", "--role", "learner")["url"]
    path = "/s/" + url.partition("/s/")[2]
    host = f"{APP}:{service.port}"
    _, headers, page = service.ask("GET", path, host=host)
    word = re.search(rb'name="csrf" value="(\w+)"', page)
    assert word is not None
    body = b"csrf=" + word[1]
    return (
        head(
            "POST",
            path,
            host,
            Cookie=headers["Set-Cookie"].partition(";")[0],
            Sec_Fetch_Site="same-origin",
            Expect="100-continue",
            Content_Type="application/x-www-form-urlencoded",
            Content_Length=len(body),
        )
        + body
    )


def test_a_request_in_flight_is_answered_and_kept_before_the_service_ends(service: Served) -> None:
    children, temporary = workers(service), Path(service.environ["TMPDIR"])
    assert len(children) == 2
    assert list(temporary.glob("haidang-metrics-*")) != []
    form = open_form(service)

    with Line(service.port) as line:
        line.send(form[:-10])
        line.receive(b"HTTP/1.1 100 Continue\r\n\r\n")  # a worker is waiting for the rest
        begun = time.monotonic()
        master(service).send_signal(signal.SIGTERM)
        wait_until(lambda: not listens(service))
        line.send(form[-10:])
        answer = line.answer("POST")

    assert (answer.status, answer.headers["Location"]) == (303, "/s/haiphong/")
    assert master(service).wait(timeout=30) == 0
    assert time.monotonic() - begun < 30
    wait_until(lambda: not any(is_there(pid) for pid in children))
    assert list(temporary.glob("haidang-metrics-*")) == []
    greeting, *lines = service.log().splitlines()
    assert greeting == f"Hải Đăng: {service.public_url}/"
    assert {json.loads(line)["event"] for line in lines} == {"request"}
    service.start()
    assert service.status(form.split(b" ", 2)[1].decode(), host=f"{APP}:{service.port}") == 410


def test_a_thread_that_listens_for_more_keeps_nobody_waiting_and_nothing_back(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    for environ in environment(request, "embedded", tmp_path):
        made = serve(environ, tmp_path, HAIDANG_WORKERS="1", HAIDANG_THREADS="1")
        ask = head("GET", "/healthz", f"127.0.0.1:{made.port}")

        with Line(made.port) as first, Line(made.port) as second, Line(made.port) as third:
            lines = [first, second, third]
            for _ in range(30):
                for line in lines:
                    line.send(ask)
                assert [line.answer().status for line in reversed(lines)] == [200] * 3
            first.send(ask + ask)  # the second is there before the first is answered
            assert [first.answer().status for _ in range(2)] == [200] * 2

        made.stop()


def test_the_figures_are_those_of_all_workers(running: Served) -> None:
    folder = next(Path(running.environ["TMPDIR"]).glob("haidang-metrics-*"))

    def said() -> str:
        return running.ask("GET", "/metrics")[2].decode()

    def all_have_counted() -> bool:
        # A connection of its own each time: whichever worker is free takes it.
        assert running.status("/healthz") == 200
        writers = {path.stem.rpartition("_")[2] for path in folder.glob("counter_*.db")}
        return writers >= {str(pid) for pid in workers(running)}  # what has no label is begun before they are

    wait_until(all_have_counted)
    time.sleep(0.5)  # a request is counted once its answer is out
    before = figure(said(), "haidang_requests_total", host="machine")
    for _ in range(20):
        running.status("/healthz")
    asked = iter(range(21, 1000))  # each look counts too, once its answer is out: a moment after we have it

    def all_are_counted() -> bool:
        after, expected = said(), before + next(asked)
        return {figure(after, name, host="machine") for name in FIGURES} == {expected}

    wait_until(all_are_counted)


def ask_with(service: Served, key: dict[str, str]) -> int:
    """Ask for statements with a key."""
    word = base64.b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    headers = {"Authorization": f"Basic {word}", "X-Experience-API-Version": "1.0.3"}
    return service.ask("GET", "/xapi/statements", headers=headers)[0]


def test_a_rate_holds_over_all_workers(running: Served) -> None:
    key = running.haidang("key", "create", "--space", "haiphong", "--scope", "all", "--rate", "10")
    minute = time.time() // 60

    with ThreadPoolExecutor(8) as threads:
        answers = Counter(threads.map(lambda _: ask_with(running, key), range(60)))

    minutes = 1 + int(time.time() // 60 - minute)
    assert answers.keys() == {200, 429}
    assert 10 <= answers[200] <= 10 * minutes


def test_a_worker_that_ends_has_written_when_keys_were_used(embedded: Installation) -> None:
    from lrs import serving

    partner(embedded).get()

    serving.worker_exit(None, SimpleNamespace(application=embedded.app))

    (listed,) = embedded.haidang("key", "list", "--space", "haiphong")["keys"]
    assert listed["last_used"] is not None


def test_a_worker_that_is_killed_is_replaced(running: Served) -> None:
    first = workers(running)

    os.kill(first[0], signal.SIGKILL)
    wait_until(lambda: len(set(workers(running)) - set(first)) == 1)
    assert {running.status("/readyz") for _ in range(20)} == {200}
    said = [json.loads(line) for line in running.log().splitlines() if '"event":"library"' in line]
    assert [line["says"] for line in said] == [f"Worker (pid:{first[0]}) was sent ...! Perhaps out of memory?"]


@pytest.fixture
def fresh(tmp_path: Path) -> dict[str, str]:
    """Name an installation that nobody has made yet."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HAIDANG_")}
    root = str(Path(__file__).parents[2])
    more = {"PYTHONPATH": root, "HAIDANG_DATA": str(tmp_path / "data"), "HAIDANG_PORT": str(free_port())}
    return plain | more


def test_the_demo_prints_its_address_and_a_link_that_works(fresh: dict[str, str], tmp_path: Path) -> None:
    service = Served(fresh, int(fresh["HAIDANG_PORT"]), tmp_path)
    service.program = Program([*_HAIDANG, "serve", "--demo", "--json"], tmp_path, name="haidang", env=fresh)
    try:
        service.program.wait_until(lambda: service.status("/readyz") == 200)
        told = json.loads(service.log().splitlines()[0])
        app = f"http://{APP}:{service.port}"
        link = told["administrator"].removeprefix(app)
        page = service.ask("GET", link, host=f"{APP}:{service.port}")
        lessons = service.haidang("package", "list", "--space", "haiphong")["packages"]
    finally:
        service.stop()

    assert told == {"url": f"{app}/", "administrator": f"{app}{link}"}
    assert re.fullmatch(r"/s/haiphong/link/[\w-]{43}", link)
    assert page[0] == 200
    assert "Chào mừng bạn đến với Hải Phòng" in page[2].decode()
    assert [lesson["title"] for lesson in lessons] == [read(slug).title for slug in SHELF]


def test_a_taken_port_is_one_clear_line(fresh: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(fresh["HAIDANG_PORT"])))
        taken.listen()
        done = subprocess.run(
            [*_HAIDANG, "serve"], env=fresh, cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False
        )

    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert f"cannot listen on 127.0.0.1:{fresh['HAIDANG_PORT']}: Address already in use. Set HAIDANG_PORT" in line
