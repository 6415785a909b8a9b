"""`haidang serve`: what it says, what its workers share, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.hostile.raw import Line, head
from tests.lrs.test_metrics import figure
from tests.parts.installations import environment
from tests.parts.ports import free_port
from tests.parts.program import Program
from tests.parts.served import _HAIDANG, Served, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

APP = "app.lms.localhost"


@pytest.fixture
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """Serve the embedded make-up, with temporary files in a folder of its own."""
    (tmp_path / "tmp").mkdir()
    for environ in environment(request, "embedded", tmp_path):
        made = serve(environ, tmp_path, TMPDIR=str(tmp_path / "tmp"))
        yield made
        made.stop()


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
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(master(service).pid)], capture_output=True, text=True, check=False
    )
    return [int(pid) for pid in found.stdout.split()]


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
            Content_Type="application/x-www-form-urlencoded",
            Content_Length=len(body),
        )
        + body
    )


def test_a_request_in_flight_is_answered_before_the_service_ends(service: Served) -> None:
    running, temporary = workers(service), Path(service.environ["TMPDIR"])
    assert len(running) == 2
    assert [path.name for path in temporary.glob("haidang-metrics-*")] != []
    form = open_form(service)

    with Line(service.port) as line:
        line.send(form[:-10])
        time.sleep(0.3)  # the worker has to have it: nothing outside shows when
        begun = time.monotonic()
        master(service).send_signal(signal.SIGTERM)
        wait_until(lambda: not listens(service))
        line.send(form[-10:])
        answer = line.answer("POST")

    assert (answer.status, answer.headers["Location"]) == (303, "/s/haiphong/")
    assert answer.headers["Connection"] == "close"
    assert master(service).wait(timeout=30) == 0
    assert time.monotonic() - begun < 30
    wait_until(lambda: not any(is_there(pid) for pid in running))
    assert list(temporary.glob("haidang-metrics-*")) == []


def test_what_was_acknowledged_while_ending_is_kept(service: Served) -> None:
    form = open_form(service)
    path = form.split(b" ", 2)[1].decode()
    with Line(service.port) as line:
        line.send(form[:-10])
        time.sleep(0.3)
        master(service).send_signal(signal.SIGTERM)
        wait_until(lambda: not listens(service))
        line.send(form[-10:])
        assert line.answer("POST").status == 303
    master(service).wait(timeout=30)

    service.start()
    assert service.status(path, host=f"{APP}:{service.port}") == 410


def test_a_worker_that_is_killed_is_replaced(service: Served) -> None:
    first = workers(service)

    os.kill(first[0], signal.SIGKILL)
    wait_until(lambda: len(set(workers(service)) - set(first)) == 1)
    assert {service.status("/readyz") for _ in range(20)} == {200}
    killed = [json.loads(line) for line in service.log().splitlines() if '"event": "library"' in line]
    assert [line["says"] for line in killed if "SIGKILL" in line["says"]] == [
        f"Worker (pid:{first[0]}) was sent SIGKILL! Perhaps out of memory?"
    ]


def test_the_figures_are_those_of_all_workers(service: Served) -> None:
    before = service.ask("GET", "/metrics")[2].decode()
    seen = set()

    def ask() -> bool:
        # A connection of its own each time: whichever worker is free takes it.
        assert service.status("/healthz") == 200
        seen.add(figure(service.ask("GET", "/metrics")[2].decode(), "haidang_requests_total", method="GET"))
        return len(seen) >= 30

    wait_until(ask)
    after = service.ask("GET", "/metrics")[2].decode()
    asked = figure(after, "haidang_requests_total") - figure(before, "haidang_requests_total")
    assert asked == 2 * len(seen) + 1
    assert figure(after, "haidang_request_seconds_count", host="machine") == figure(after, "haidang_requests_total")
    folder = next(Path(service.environ["TMPDIR"]).glob("haidang-metrics-*"))
    writers = {path.stem.rpartition("_")[2] for path in folder.glob("counter_*.db")}
    assert writers == {str(pid) for pid in workers(service)}


def test_every_line_of_the_log_is_json(service: Served) -> None:
    service.status("/healthz")
    service.stop()

    greeting, *lines = service.log().splitlines()
    assert greeting == f"Hải Đăng: {service.public_url}/"
    assert [line for line in lines if not line.startswith("{")] == []
    assert {json.loads(line)["event"] for line in lines} == {"request"}


@pytest.fixture
def fresh(tmp_path: Path) -> dict[str, str]:
    """Name an installation that nobody has made yet."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HAIDANG_")}
    root = str(Path(__file__).parents[2])
    more = {"PYTHONPATH": root, "HAIDANG_DATA": str(tmp_path / "data"), "HAIDANG_PORT": str(free_port())}
    return plain | more


@pytest.mark.parametrize("as_json", [False, True])
def test_the_demo_prints_one_address_and_one_link_that_works(
    fresh: dict[str, str],
    tmp_path: Path,
    as_json: bool,  # noqa: FBT001 - a column of the table
) -> None:
    service = Served(fresh, int(fresh["HAIDANG_PORT"]), tmp_path)
    command = [*_HAIDANG, "serve", "--demo", *(["--json"] if as_json else [])]
    service.program = Program(command, tmp_path, name="haidang", env=fresh)
    try:
        service.program.wait_until(lambda: service.status("/readyz") == 200)
        said = service.log().partition('{"time"')[0]
    finally:
        service.stop()

    app = f"http://{APP}:{service.port}"
    if as_json:
        told = json.loads(said)
        assert set(told) == {"url", "administrator"}
        url, link = told["url"], told["administrator"]
    else:
        found = re.fullmatch(r"Hải Đăng: (.*)\nAdministrator, opens once: (.*)\n", said)
        assert found is not None
        url, link = found[1], found[2]
    assert url == f"{app}/"
    assert re.fullmatch(rf"{re.escape(app)}/s/haiphong/link/[\w-]{{43}}", link)


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
