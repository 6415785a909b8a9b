"""A library that we did not write, @xapi/xapi, finds in our record what it put there; and so do we."""

from __future__ import annotations

import json
import subprocess
import threading
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.parts import clients
from tests.parts.clients import find_clients
from tests.parts.left_out import MissingPartError, or_left_out
from tests.parts.programs import partner
from tests.player.node import node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from tests.parts.installations import Installation
    from tests.parts.programs import Partner

ADAPTERS = ("axios", "fetch")
"""The library's ways to speak HTTP."""


class _Silent(WSGIRequestHandler):
    def log_request(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def listening(app: Flask) -> Iterator[int]:
    """Let an application listen on a port."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def use(program: Partner, adapter: str) -> dict[str, Any]:
    """Let the library do its work; give back what it saw."""
    with or_left_out():
        folder = find_clients()
    with listening(program.installation.app) as port:
        words = [f"http://127.0.0.1:{port}/xapi", program.key["key"], program.key["secret"], adapter]
        done = subprocess.run(
            [node(), "xapi.js", *words], cwd=folder, capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_a_library_of_other_people_writes_and_reads(installation: Installation, adapter: str) -> None:
    program = partner(installation)

    saw = use(program, adapter)

    one, batch = saw["one"], [each["id"] for each in saw["batch"]]
    assert "1.0.3" in saw["about"]["version"]
    assert (saw["sent"], saw["again"], saw["sentBatch"]) == ([one["id"]], [one["id"]], batch)
    assert one.items() <= saw["byId"].items()
    assert [len(page) for page in saw["pages"]] == [2, 2, 1]
    assert sorted(chain(*saw["pages"])) == sorted(batch)
    assert saw["gone"]
    assert saw["voided"]["id"] == batch[0]
    assert saw["first"] == {"page": 1, "note": "ghi chú"}
    assert saw["late"]
    assert saw["merged"] == {"page": 2, "score": 7}
    assert saw["left"] == ["kept"]

    assert sorted(program.found()) == sorted([one["id"], *batch[1:], *saw["voiding"]])
    assert program.get(voidedStatementId=batch[0]).status_code == 200
    place = {"activityId": one["object"]["id"], "agent": one["actor"]}
    assert program.get("/activities/state", **place, stateId="kept").json == {"page": 9}
    assert program.get("/activities/state", **place, stateId="bookmark").status_code == 404


def test_libraries_that_are_not_there_as_they_are_locked_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "node_modules" / ".package-lock.json"
    there.parent.mkdir()
    monkeypatch.setattr(clients, "FOLDER", tmp_path)

    with pytest.raises(MissingPartError, match="client libraries"):
        find_clients()
    there.write_text('{"packages": {"node_modules/@xapi/xapi": {"integrity": "another"}}}')
    with pytest.raises(MissingPartError, match="client libraries"):
        find_clients()
