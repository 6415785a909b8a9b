"""The service while one of its parts is away: it says so, promises nothing, and goes on by itself when the part is back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.lrs.visitors import Answered, Here, Lesson, ProgramWithKey, Visitor
from tests.parts.installations import Installation, environment
from tests.parts.left_out import leave_out
from tests.parts.program import Program
from tests.parts.served import _HAIDANG, serve
from wsgi import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.parts.postgres import PostgresServer
    from tests.parts.s3 import S3Server
    from tests.parts.served import Served

MACHINE = "127.0.0.1"
START = "/s/haiphong/"
SOON = 5.0


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def assert_away(answer: Answered, within: float = SOON) -> None:
    """Hold an answer to what it is while a part is away: a short break, with when to come back."""
    assert answer.status == 503, answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.seconds < within
    if "html" in answer.headers["Content-Type"]:
        assert "Hệ thống đang tạm nghỉ một lát" in answer.text


# PostgreSQL and S3


@pytest.fixture(scope="module")
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve with PostgreSQL and S3."""
    folder = tmp_path_factory.mktemp("away")
    for environ in environment(request, "production", folder):
        made = serve(environ, folder, HAIDANG_WORKERS="1")  # each starts in a second of its own
        yield made
        made.stop()


@pytest.fixture(scope="module")
def played(service: Served) -> Lesson:
    visitor = Visitor(service)
    visitor.enter("author")
    return Lesson.play(visitor)


@pytest.fixture(scope="module")
def program(service: Served) -> ProgramWithKey:
    return ProgramWithKey(service, service.haidang("key", "create", "--space", "haiphong", "--scope", "all"))


def test_while_the_database_is_away(
    service: Served, played: Lesson, program: ProgramWithKey, postgres: PostgresServer
) -> None:
    visitor = played.visitor
    path = visitor.link("learner")
    word = visitor.word(path)
    assert played.commit(1).json == {"receipt": 1}
    before = len(program.statements().json["statements"])

    postgres.stop()
    try:
        for _ in range(3):  # connections that died in the pool, then none at all
            assert_away(visitor.ask("GET", START))
            assert_away(program.statements())
            assert_away(played.commit(2, "completed"))
            assert_away(visitor.press(path, word))
        ready = visitor.ask("GET", "/readyz", host=MACHINE)
        assert_away(ready)
        assert ready.json["parts"] == {"database": False, "object store": True, "secret": True, "identity keys": True}
        assert visitor.ask("GET", "/healthz", host=MACHINE).status == 200
        assert visitor.ask("GET", "/static/haidang.css").status == 200
        assert visitor.ask("GET", "/").status == 200
    finally:
        postgres.restart()

    wait_until(lambda: service.status("/readyz") == 200)
    assert visitor.ask("GET", START).status == 200
    assert played.commit(2, "completed").json == {"receipt": 2}
    assert played.commit(2, "completed").json == {"receipt": 2}
    assert len(program.statements().json["statements"]) == before + 2  # of the lesson, and of its course
    stranger = Visitor(service)
    assert stranger.press(path, stranger.word(path)).status == 303


def test_while_the_object_store_is_away(service: Served, played: Lesson, s3: S3Server) -> None:
    visitor = played.visitor
    word = visitor.word("/s/haiphong/packages/new")
    assert played.file().status == 200
    lessons = visitor.ask("GET", START).text.count('<li class="lesson')

    s3.stop()
    try:
        for _ in range(3):
            assert_away(played.file())
            assert_away(visitor.upload_without_asking(word))
        ready = visitor.ask("GET", "/readyz", host=MACHINE)
        assert_away(ready)
        assert ready.json["parts"]["object store"] is False
        assert visitor.ask("GET", "/healthz", host=MACHINE).status == 200
        assert visitor.ask("GET", START).status == 200
        assert played.commit(3).json == {"receipt": 3}
    finally:
        s3.restart()

    wait_until(lambda: service.status("/readyz") == 200)
    assert played.file().status == 200
    assert visitor.ask("GET", START).text.count('<li class="lesson') == lessons
    assert visitor.upload().status == 303


def test_nothing_of_it_was_our_mistake(service: Served) -> None:
    events = {json.loads(line)["event"] for line in service.log().splitlines()[1:]}

    assert events <= {"request", "away", "follower waits", "import left", "library"}


# SQLite and a folder


HOLDS = """
import sqlite3
connection = sqlite3.connect("haidang.db", isolation_level=None)
connection.execute("begin immediate")
connection.execute("update spaces set name = 'x'")
print("held")
input()
"""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Let another program write, without an end, for as long as the block lasts."""
    command = [sys.executable, "-u", "-c", HOLDS]
    holder = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
    finally:
        holder.communicate("go\n")


def test_while_another_program_writes_to_the_file(embedded: Installation) -> None:
    visitor = Visitor(Here(embedded))
    path = visitor.link("learner")
    word = visitor.word(path)

    with held(Path(embedded.environ["HAIDANG_DATA"])):
        assert_away(visitor.press(path, word), within=8)
        assert visitor.ask("GET", path).status == 200
        assert visitor.ask("GET", "/readyz", host=MACHINE).status == 200
    assert visitor.press(path, word).status == 303
    assert "Hải Phòng" in visitor.ask("GET", START).text


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of a few megabytes."""
    if os.geteuid() != 0 or not sys.platform.startswith("linux"):
        leave_out("no small disk: mounting one needs root on Linux")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = mount("-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder))
    if done.returncode:
        leave_out(f"no small disk: {done.stderr.strip()}")
    yield folder
    subprocess.run(["/bin/umount", "--lazy", str(folder)], check=True)


def mount(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/mount", *words], capture_output=True, text=True, check=False)


def fill(folder: Path) -> Path:
    """Leave no byte of a disk free."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        size = 1 << 20
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2
    return filler


def test_while_the_disk_is_full(embedded: Installation, small_disk: Path) -> None:
    made = moved(embedded, small_disk)
    visitor = Visitor(Here(made))
    visitor.enter("author")
    lesson = Lesson.play(visitor)
    assert lesson.commit(1).json == {"receipt": 1}
    path = visitor.link("learner")
    word = visitor.word(path)

    filler = fill(small_disk)
    answers = {n: lesson.commit(n) for n in range(2, 40)}  # the first ones may find room in the database's log
    refused = [answer for answer in answers.values() if answer.status != 200]
    assert refused
    for answer in (*refused, visitor.press(path, word)):
        assert_away(answer, within=8)
    brought = visitor.upload()
    assert (brought.status, "Không còn chỗ trống để lưu" in brought.text) == (507, True)
    assert visitor.ask("GET", "/healthz", host=MACHINE).status == 200
    assert visitor.ask("GET", START).status == 200
    last = max([1, *(n for n, answer in answers.items() if answer.status == 200)])

    filler.unlink()
    assert visitor.ask("GET", "/readyz", host=MACHINE).status == 200
    assert lesson.commit(last).json == {"receipt": last}  # sent again: what was acknowledged is there
    assert lesson.commit(50, "completed").json == {"receipt": 50}
    assert visitor.upload().status == 303
    assert visitor.press(path, word).status == 303
    made.services.database.dispose()


def moved(embedded: Installation, disk: Path) -> Installation:
    """Take an installation to another disk."""
    embedded.services.database.dispose()
    shutil.copytree(embedded.environ["HAIDANG_DATA"], disk / "data")
    environ = embedded.environ | {
        "HAIDANG_DATA": f"{disk}/data",
        "HAIDANG_DATABASE_URL": f"sqlite:///{disk}/data/haidang.db",
    }
    return Installation(environ, create_app(environ))


def test_while_the_disk_can_only_be_read(embedded: Installation, small_disk: Path) -> None:
    before = Visitor(Here(embedded))
    before.enter("author")
    path = before.link("learner")
    word = before.word(path)
    made = moved(embedded, small_disk)
    visitor = Visitor(Here(made), before.cookies)

    assert mount("-o", "remount,ro", str(small_disk)).returncode == 0
    assert_away(visitor.press(path, word), within=8)
    assert visitor.ask("GET", START).status in {200, 503}
    assert_away(visitor.upload_without_asking(word), within=8)
    assert visitor.ask("GET", "/healthz", host=MACHINE).status == 200

    assert mount("-o", "remount,rw", str(small_disk)).returncode == 0
    assert visitor.ask("GET", "/readyz", host=MACHINE).status == 200
    assert visitor.ask("GET", START).status == 200
    assert visitor.upload().status == 303
    assert visitor.press(path, word).status == 303
    made.services.database.dispose()


# Commands


def test_following_apart_ends_when_it_is_told_to(embedded: Installation, tmp_path: Path) -> None:
    visitor = Visitor(Here(embedded))
    visitor.enter("author")
    lesson = Lesson.play(visitor)
    assert lesson.commit(1, "completed").json == {"receipt": 1}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HAIDANG_")}
    environ = plain | embedded.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}

    follower = Program([*_HAIDANG, "follow", "--json"], tmp_path, name="follower", env=environ)
    try:
        wait_until(lambda: "✓ Hoàn thành" in visitor.ask("GET", START).text)
        follower.process.terminate()
        assert follower.process.wait(timeout=15) == 0
    finally:
        follower.stop()
    assert follower.log.read_text() == '{"stopped": true}\n'
