"""The reader: a process apart in which foreign bytes are read, one child for each upload, with limits on time, memory and disk.

It is started once and forks for each upload: starting Python and lxml anew took half a second. It knows no secret and has no connection but
the one to the service. A child writes what it read into the folder of its upload; whoever watches it says how it ended.
"""

import errno
import gc
import json
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any, NoReturn

from lrs.logs import place
from packages import archive, unpacked
from packages.findings import PackageRefused, refused

TOLD = "told.json"
"""The file in an upload's folder that says what was read."""

MEMORY = 192 * 1024 * 1024
"""Bytes that a child may have of its own; the program itself, some 40 MiB, comes on top where it is shared."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What a child ends with if what was read could not be written."""

_REQUEST = 4096


def main() -> None:
    """Read one upload after the other, as they are sent, until nobody can send any more."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the watchers need no burial
    gc.freeze()
    while True:
        asked, fds, *_ = socket.recv_fds(requests, _REQUEST, 2)
        if not asked:
            return
        if not os.fork():
            requests.close()
            told = json.loads(asked)
            _watch(*fds, folder=told["folder"], seconds=told["seconds"])
        for fd in fds:
            os.close(fd)


def _watch(upload: int, answer: int, *, folder: str, seconds: float) -> NoReturn:
    """Let a child read, no longer than it may; say how it ended and how much memory it had."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if not child:
        _be_child(upload, Path(folder), seconds)
    late = []

    def end(*_: object) -> None:
        late.append(True)
        os.kill(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _, status, usage = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    told = {"ended": code, "late": bool(late) or code == -signal.SIGXCPU, "memory": usage.ru_maxrss * 1024}
    with suppress(BrokenPipeError):
        os.write(answer, json.dumps(told).encode())
    os._exit(0)


def _be_child(upload: int, folder: Path, seconds: float) -> NoReturn:
    try:
        _limit(seconds)
        told = _read(upload, folder)
        (folder / TOLD).write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    except OSError as error:  # there is no room even for saying so
        os._exit(error.errno if error.errno in FULL else 1)
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as its parent's double
        os._exit(1)
    os._exit(0)


def _limit(seconds: float) -> None:
    limits = {
        resource.RLIMIT_CPU: int(seconds) + 1,
        resource.RLIMIT_DATA: MEMORY,
        resource.RLIMIT_FSIZE: archive.MOST_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for what, most in limits.items():
        hard = resource.getrlimit(what)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))


def _read(upload: int, folder: Path) -> dict[str, Any]:
    """Read and unpack; say what came of it as JSON."""
    try:
        with os.fdopen(upload, "rb") as source:
            return unpacked.unpack(source, folder).to_json()
    except PackageRefused as refusal:
        return _refusal(refusal)
    except MemoryError:
        return _refusal(refused("too-heavy"))
    except OSError as error:
        return {"failed": [error.errno, error.strerror]}  # a disk that is full is no fault of the author's
    except Exception as error:  # noqa: BLE001 - a mistake of ours, which the service writes into its log
        return {"bug": place(error)}


def _refusal(refusal: PackageRefused) -> dict[str, Any]:
    return {"refused": [astuple(one) for one in refusal.findings], "report": refusal.report}


if __name__ == "__main__":
    main()
