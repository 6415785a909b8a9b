"""Quarantine: what is in it goes with the import, whichever way that ends, or is found by the next sweep."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lrs.quarantine import Quarantine

DIES_IN_A_STAY = """
import os, signal, sys
from pathlib import Path
from lrs.quarantine import Quarantine
quarantine = Quarantine(Path(sys.argv[1]))
file = quarantine.file()
file.write(b"an upload")
file.flush()
with quarantine.stay("1-killed") as stay:
    (stay.folder / "0").write_bytes(b"a file")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "quarantine"


def left(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.name != "lock")


def swept(root: Path, *, done: bool = True) -> list[str]:
    found: list[str] = []

    def settle(name: str) -> bool:
        found.append(name)
        return done

    Quarantine(root).sweep(settle)
    return found


def test_a_stay_goes_with_everything_in_it(root: Path) -> None:
    with Quarantine(root).stay("a") as stay:
        (stay.folder / "0").write_bytes(b"x")
        (stay.folder / "inner").mkdir()
        assert left(root) == ["a", "a/0", "a/inner"]

    assert left(root) == []


def test_a_stay_goes_when_the_import_fails(root: Path) -> None:
    with pytest.raises(KeyError), Quarantine(root).stay("a"):
        raise KeyError

    assert left(root) == []


def test_an_import_that_owes_something_leaves_its_name_alone(root: Path) -> None:
    with Quarantine(root).stay("a") as stay:
        (stay.folder / "0").write_bytes(b"x")
        stay.owing = True

    assert left(root) == ["a"]
    assert (swept(root, done=False), left(root)) == (["a"], ["a"])
    assert (swept(root), left(root)) == (["a"], [])


def test_a_stay_with_somebody_in_it_is_not_swept(root: Path) -> None:
    with Quarantine(root).stay("a"):
        assert swept(root) == []


def test_a_sweep_of_nothing_finds_nothing(root: Path) -> None:
    assert swept(root) == []


def test_what_a_killed_process_left_is_swept(root: Path) -> None:
    done = subprocess.run([sys.executable, "-c", DIES_IN_A_STAY, str(root)], env=_environ(), check=False)

    assert done.returncode == -signal.SIGKILL
    assert left(root) == ["1-killed", "1-killed/0"]
    assert (swept(root), left(root)) == (["1-killed"], [])


def test_a_file_without_a_name_can_be_written_and_read(root: Path) -> None:
    with Quarantine(root).file() as file:
        file.write(b"words")
        file.seek(0)

        assert (file.read(), left(root)) == (b"words", [])


def _environ() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
