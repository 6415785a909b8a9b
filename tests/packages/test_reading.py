"""Reading in a process apart: what it says comes back, and whatever happens to it, this process goes on."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from bench import processes
from packages import reading, unpacked
from packages.findings import PackageRefused
from packages.reader import TOLD
from packages.reading import Reader
from tests.parts.zips import scorm12, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
MANY = zipped({"imsmanifest.xml": b"<manifest/>"} | {f"{n}.txt": b"" for n in range(15_000)})
"""What takes long to read, wherever that is done."""


@contextmanager
def sent(data: bytes) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        yield file


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def test_a_package_comes_back_as_it_is_read_here(tmp_path: Path) -> None:
    data = scorm12("Bài", {"ảnh.png": b"x" * 100_000})
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()

    with sent(data) as file:
        found = reading.read(file, tmp_path / "there")

    assert found == unpacked.unpack(io.BytesIO(data), tmp_path / "here")
    for number in range(len(found.files)):
        assert (tmp_path / "there" / str(number)).read_bytes() == (tmp_path / "here" / str(number)).read_bytes()


def test_a_refusal_comes_back_with_its_finding(tmp_path: Path) -> None:
    with sent(zipped({"../a": b"x"})) as file, pytest.raises(PackageRefused) as refused:
        reading.read(file, tmp_path)

    assert (refused.value.finding.code, refused.value.finding.file) == ("bad-name", "../a")
    assert refused.value.report is None


def test_what_the_doctor_saw_of_a_refused_package_comes_back_with_the_refusal(tmp_path: Path) -> None:
    with sent(zipped({"h5p.json": b"{}"})) as file, pytest.raises(PackageRefused) as refused:
        reading.read(file, tmp_path)

    assert refused.value.report is not None
    assert refused.value.report["tool"] == "H5P"


def test_several_are_read_at_once(tmp_path: Path) -> None:
    def read(number: int) -> str:
        folder = tmp_path / str(number)
        folder.mkdir()
        with sent(scorm12(f"Bài {number}")) as file:
            return reading.read(file, folder).package.title

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(read, range(12))) == [f"Bài {number}" for number in range(12)]


def test_a_reading_that_takes_too_long_is_stopped(reader: Reader, tmp_path: Path) -> None:
    with sent(MANY) as file:
        ended = reader.read(file.fileno(), tmp_path, 0.0001)

    assert (ended.ended, ended.late) == (-signal.SIGKILL, True)


def test_what_took_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.0001)
    monkeypatch.setattr(reading, "BYTES_A_SECOND", 10**15)

    with sent(MANY) as file, pytest.raises(PackageRefused) as refused:
        reading.read(file, tmp_path)

    assert refused.value.finding.code == "too-slow"


@pytest.mark.long
def test_a_reading_that_makes_no_progress_is_refused_after_ten_seconds(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_reader", reader)

    with sent(MANY) as file, ThreadPoolExecutor(1) as threads:
        begun = time.monotonic()
        going = threads.submit(reading.read, file, tmp_path)
        os.kill(_reads_now(reader), signal.SIGSTOP)
        with pytest.raises(PackageRefused) as refused:
            going.result()
        seconds = time.monotonic() - begun

    most = reading.SECONDS + len(MANY) / reading.BYTES_A_SECOND
    assert refused.value.finding.code == "too-slow"
    assert most <= seconds < most + 2


def _reads_now(reader: Reader) -> int:
    """Wait for the process that reads, below the reader and the one who watches."""
    until = time.monotonic() + 10
    while True:
        assert time.monotonic() < until
        family = [] if reader._process is None else processes.family(reader._process.pid)
        if len(family) == 3:
            return family[-1]


def test_a_full_disk_is_no_fault_of_the_package(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_reader", reader)
    (tmp_path / TOLD).symlink_to("/dev/full")

    with sent(scorm12()) as file, pytest.raises(OSError, match="No space left"):
        reading.read(file, tmp_path)


def test_a_reading_is_told_with_the_memory_it_had(reader: Reader, tmp_path: Path) -> None:
    with sent(scorm12()) as file:
        ended = reader.read(file.fileno(), tmp_path, 10)

    assert (ended.ended, ended.late) == (0, False)
    assert 10 < ended.memory / 2**20 < 100


def test_a_reader_that_died_is_started_anew(reader: Reader, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        with sent(scorm12()) as file:
            assert reader.read(file.fileno(), tmp_path / name, 10).ended == 0
        assert reader._process is not None
        reader._process.kill()
        reader._process.wait()


def test_a_child_that_says_nothing_refuses_the_upload_and_leaves_a_line_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with sent(scorm12()) as file, pytest.raises(PackageRefused) as refused:
        reading.read(file, tmp_path / "not there")

    assert refused.value.finding.code == "unreadable"
    assert [record.message for record in caplog.records] == ["package unread"]


def test_the_reader_knows_no_secret(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAIDANG_DATABASE_URL", "postgresql://u:secret@h/d")
    with sent(scorm12()) as file:
        reader.read(file.fileno(), tmp_path, 10)

    assert reader._process is not None
    assert b"secret" not in Path(f"/proc/{reader._process.pid}/environ").read_bytes()


def test_the_reader_goes_when_its_process_is_killed() -> None:
    program = (
        "import os, signal, tempfile; from pathlib import Path; from packages import reading\n"
        "from packages.findings import PackageRefused\n"
        "try: reading.read(tempfile.TemporaryFile(), Path(tempfile.gettempdir()))\n"
        "except PackageRefused: print(reading._reader._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    pid = int(done.stdout)
    until = time.monotonic() + 10
    while _lives(pid):
        assert time.monotonic() < until
        time.sleep(0.02)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False
