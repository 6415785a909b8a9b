"""The real parts that the other tests stand on."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import subprocess
import sys
import textwrap
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
import urllib3
from minio.commonconfig import CopySource
from minio.error import S3Error

from tests.parts import scratch
from tests.parts.chromium import find_chromium, find_windowless
from tests.parts.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from minio import Minio

    from tests.parts.postgres import PostgresServer
    from tests.parts.s3 import S3Server
    from tests.parts.screens import Screens

ROOT = Path(__file__).parents[1]
# PostgreSQL


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[str]:
    postgres.create_database("parts")
    yield postgres.url("parts").replace("+psycopg", "")
    postgres.drop_database("parts")


def shown(url: str, setting: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
    assert row is not None
    return row[0]


def test_the_server_writes_as_safely_as_a_real_one(database: str) -> None:
    assert [shown(database, name) for name in ("fsync", "full_page_writes", "synchronous_commit")] == ["on", "on", "on"]


def test_the_server_speaks_vietnamese(database: str) -> None:
    assert shown(database, "server_encoding") == "UTF8"
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT lower('ĐÀ NẴNG')").fetchone() == ("đà nẵng",)


@pytest.mark.parametrize("hard", [False, True])
def test_the_database_goes_away_and_comes_back(postgres: PostgresServer, database: str, *, hard: bool) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'còn đây' AS word")
    postgres.stop(hard=hard)
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(database)
    postgres.restart()
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("còn đây",)


def test_a_database_is_copied_from_a_template(postgres: PostgresServer, database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    postgres.create_database("parts_copy", template="parts")
    copy = psycopg.connect(postgres.url("parts_copy").replace("+psycopg", ""))
    assert copy.execute("SELECT number FROM kept").fetchone() == (1,)
    postgres.drop_database("parts_copy")  # with somebody connected
    with pytest.raises(psycopg.OperationalError):
        copy.execute("SELECT 1")
    copy.close()


# S3

BUCKET = "parts"


@pytest.fixture
def store(s3: S3Server) -> Iterator[Minio]:
    client = s3.client()
    bucket = s3.bucket(BUCKET)
    client.make_bucket(bucket)
    yield client
    for found in client.list_objects(bucket, recursive=True):
        client.remove_object(bucket, str(found.object_name))
    client.remove_bucket(bucket)


@pytest.fixture
def bucket(s3: S3Server, store: Minio) -> str:
    return s3.bucket(BUCKET)


def put(store: Minio, bucket: str, name: str, content: bytes) -> str:
    return str(store.put_object(bucket, name, io.BytesIO(content), len(content)).etag)


def get(store: Minio, bucket: str, name: str) -> bytes:
    response = store.get_object(bucket, name)
    try:
        return response.read()
    finally:
        response.close()
        response.release_conn()


def fetch(store: Minio, bucket: str, name: str, **headers: str) -> urllib3.BaseHTTPResponse:
    """Ask with headers that the client has no words for, through a link it signed."""
    return urllib3.request(
        "GET", store.presigned_get_object(bucket, name), headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def test_an_object_comes_back_as_it_was(store: Minio, bucket: str) -> None:
    put(store, bucket, "bài học/một.txt", b"1")
    assert get(store, bucket, "bài học/một.txt") == b"1"


def test_a_wrong_secret_is_refused(s3: S3Server, store: Minio, bucket: str) -> None:
    put(store, bucket, "one", b"1")
    stranger = s3.client(secret_key="not-the-secret")
    with pytest.raises(S3Error) as refusal:
        get(stranger, bucket, "one")
    assert refusal.value.code == "SignatureDoesNotMatch"
    with pytest.raises(S3Error) as refusal:
        put(stranger, bucket, "two", b"2")
    assert refusal.value.code == "SignatureDoesNotMatch"


def test_nobody_is_refused(s3: S3Server, store: Minio, bucket: str) -> None:
    put(store, bucket, "one", b"1")
    signed = store.presigned_get_object(bucket, "one")
    assert urllib3.request("GET", signed).status == 200
    assert urllib3.request("GET", signed.partition("?")[0]).status in {400, 401, 403}


def test_a_link_expires(store: Minio, bucket: str) -> None:
    put(store, bucket, "one", b"1")
    link = store.presigned_get_object(bucket, "one", expires=timedelta(seconds=1))
    time.sleep(2.1)
    assert urllib3.request("GET", link).status == 403


def test_ranges(store: Minio, bucket: str) -> None:
    put(store, bucket, "letters", b"abcdefghij")
    part = fetch(store, bucket, "letters", Range="bytes=2-4")
    assert (part.status, part.data, part.headers["Content-Range"]) == (206, b"cde", "bytes 2-4/10")
    end = fetch(store, bucket, "letters", Range="bytes=-3")
    assert (end.status, end.data) == (206, b"hij")
    assert fetch(store, bucket, "letters", Range="bytes=10-").status == 416


def test_what_is_known_already_is_not_sent_again(store: Minio, bucket: str) -> None:
    etag = put(store, bucket, "one", b"1")
    assert fetch(store, bucket, "one", If_None_Match=f'"{etag}"').status == 304
    assert fetch(store, bucket, "one", If_None_Match='"another"').status == 200


def test_a_stream_of_unknown_length(store: Minio, bucket: str) -> None:
    content = os.urandom(12_000_000)
    store.put_object(bucket, "video", io.BytesIO(content), length=-1, part_size=5 * 2**20)
    assert store.stat_object(bucket, "video").size == len(content)
    assert get(store, bucket, "video") == content
    across = fetch(store, bucket, "video", Range=f"bytes={5 * 2**20 - 2}-{5 * 2**20 + 1}")
    assert (across.status, across.data) == (206, content[5 * 2**20 - 2 : 5 * 2**20 + 2])


def test_copy_list_and_delete(store: Minio, bucket: str) -> None:
    put(store, bucket, "a/one", b"1")
    put(store, bucket, "b/two", b"2")
    store.copy_object(bucket, "a/copy", CopySource(bucket, "b/two"))
    assert get(store, bucket, "a/copy") == b"2"
    assert [found.object_name for found in store.list_objects(bucket, prefix="a/")] == ["a/copy", "a/one"]
    assert [found.object_name for found in store.list_objects(bucket)] == ["a/", "b/"]
    store.remove_object(bucket, "a/one")
    with pytest.raises(S3Error) as gone:
        get(store, bucket, "a/one")
    assert gone.value.code == "NoSuchKey"


def test_the_address_holds_the_key(s3: S3Server) -> None:
    url = s3.url(BUCKET)
    assert urllib3.util.parse_url(url).path == f"/{s3.bucket(BUCKET)}"
    assert url.count(":") == 3  # the scheme's, the secret's and the port's: the key's own is quoted


def test_the_store_goes_away_and_comes_back(s3: S3Server, store: Minio, bucket: str) -> None:
    put(store, bucket, "one", b"1")
    host, _, port = s3.netloc.rpartition(":")
    s3.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=5)
    s3.restart()
    assert get(store, bucket, "one") == b"1"


def test_the_store_hangs_and_goes_on(s3: S3Server, store: Minio, bucket: str) -> None:
    put(store, bucket, "one", b"1")
    link = store.presigned_get_object(bucket, "one")
    s3.pause()
    try:
        with pytest.raises(urllib3.exceptions.ReadTimeoutError):
            urllib3.request("GET", link, timeout=0.5, retries=False)
    finally:
        s3.resume()
    assert urllib3.request("GET", link, timeout=10, retries=False).status == 200


# The end of a run


def test_a_killed_run_leaves_nothing_behind(postgres: PostgresServer, s3: S3Server) -> None:
    assert s3.swift.port  # a Swift of ours is to be had
    script = """
        import os, signal
        from tests.parts.postgres import PostgresServer
        from tests.parts.s3 import S3Server
        database, store = PostgresServer.start(), S3Server.start()
        print(database.port, store.swift.port, database.folder, store.swift.folder, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    database, store, *folders = done.stdout.split()
    assert done.returncode == -9
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and left_behind([database, store], folders):
        time.sleep(0.1)
    assert left_behind([database, store], folders) == []


def left_behind(ports: list[str], folders: list[str]) -> list[str]:
    return [port for port in ports if listening(int(port))] + [folder for folder in folders if Path(folder).exists()]


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


# Chromium

LETTERS = "aăâdđeêioôơuưyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
DRAWN = """letters => [...letters].map(letter => {
    const canvas = document.createElement("canvas")
    canvas.width = canvas.height = 64
    const pen = canvas.getContext("2d")
    pen.font = "40px sans-serif"
    pen.fillText(letter, 8, 48)
    return canvas.toDataURL()
})"""


@pytest.mark.browser
def test_chromium_has_every_vietnamese_letter(screen: Screens) -> None:
    page = screen.open("desktop")
    page.set_content("<title>Chữ</title><p>Trường học Hải Đăng")
    # A letter that no font has is drawn as the same box as any other such letter.
    assert len(set(page.evaluate(DRAWN, LETTERS))) == len(LETTERS)
    assert screen.save(page, "parts-desktop").stat().st_size > 1000


def test_an_everyday_run_drives_chromium_without_its_window_where_there_is_such_a_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HAIDANG_TEST_CHROMIUM", raising=False)
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [found.name for found in (find_chromium(), find_windowless())] == ["chromium", "chromium-headless-shell"]

    (tmp_path / "chromium-headless-shell").unlink()
    assert find_windowless() == tmp_path / "chromium"
    (tmp_path / "chromium-headless-shell").symlink_to(tmp_path / "chromium")
    monkeypatch.setenv("HAIDANG_TEST_CHROMIUM", str(tmp_path / "chromium"))
    assert find_windowless() == tmp_path / "chromium"  # who names one is obeyed


@pytest.mark.browser
@pytest.mark.in_a_window
def test_what_is_marked_so_has_a_window(screen: Screens) -> None:
    page = screen.open("desktop")
    page.set_content("<button onclick='document.documentElement.requestFullscreen()'>Cả màn hình</button>")
    page.get_by_role("button").click()
    page.wait_for_function("document.fullscreenElement !== null")


@pytest.mark.browser
def test_screens_are_a_phone_and_a_desktop(screen: Screens) -> None:
    look = "[innerWidth, innerHeight, navigator.maxTouchPoints > 0, navigator.language]"
    found = {}
    for size in ("phone", "desktop"):
        page = screen.open(size)
        page.set_content("<meta name=viewport content='width=device-width'><p>Xin chào")
        found[size] = page.evaluate(look)
    assert found == {"phone": [390, 844, True, "vi-VN"], "desktop": [1280, 800, False, "vi-VN"]}


@pytest.mark.browser
def test_screens_share_no_cookies(screen: Screens) -> None:
    one, other = screen.open("phone"), screen.open("phone", locale="en-GB")
    one.context.add_cookies([{"name": "who", "value": "one", "url": "http://lms.localhost/"}])
    assert [cookie.get("value") for cookie in one.context.cookies()] == ["one"]
    assert other.context.cookies() == []
    assert other.evaluate("navigator.language") == "en-GB"


def test_a_line_that_is_cut_lets_nothing_through_until_it_is_mended() -> None:
    def speaks(line: Line) -> bytes:
        with socket.create_connection(("127.0.0.1", line.port), timeout=5) as near:
            return near.recv(5)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = Line(listening.getsockname()[1])
        threading.Thread(target=_greet, args=(listening,), daemon=True).start()
        whole = speaks(line)
        line.cut()
        cut = speaks(line)
        line.mend()
        mended = speaks(line)
        line.close()

    assert (whole, cut, mended) == (b"hello", b"", b"hello")


def _greet(listening: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            near, _ = listening.accept()
            with near:
                near.sendall(b"hello")


# Where the tests write


def where(**environ: str) -> str:
    """Ask a fresh process where it writes."""
    asking = "import tempfile; from tests.parts import scratch; scratch.settle(); print(tempfile.gettempdir())"
    if "short" in environ:
        asking = asking.replace("scratch.settle()", "scratch.ENOUGH = 1 << 60; scratch.settle()")
    plain = {name: value for name, value in os.environ.items() if name != "TMPDIR"} | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", asking], env=plain | environ, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_who_names_a_folder_is_obeyed(tmp_path: Path) -> None:
    assert where(TMPDIR=str(tmp_path)) == str(tmp_path)


def test_where_memory_is_short_the_tests_write_where_everybody_does() -> None:
    assert where(short="yes") == where(short="yes", TMPDIR="")
    assert where(short="yes") != "/dev/shm"  # noqa: S108 -- nothing is made there


def test_what_the_system_does_not_say_is_nothing(tmp_path: Path) -> None:
    assert scratch._available(tmp_path / "meminfo") == 0
    (tmp_path / "meminfo").write_text("MemTotal: 9 kB\nMemAvailable:       2 kB\n")
    assert scratch._available(tmp_path / "meminfo") == 2048
    assert scratch._free(tmp_path / "nowhere") == 0
