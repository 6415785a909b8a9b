"""Packages for programs: a file comes with a key, and what became of it is the answer."""

from __future__ import annotations

import io
import json
import re
import time
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.test import Client, TestResponse

from storage.blobs import StoreFull, open_blobs
from tests.hostile.raw import Line, head
from tests.parts.installations import Installation, environment
from tests.parts.served import Served, serve
from tests.parts.zips import scorm12, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = "/api/packages"
MIB = 1024 * 1024
MACHINE = "http://127.0.0.1:8080"
NAMELESS = zipped({"a.txt": b""})
FORM = "multipart/form-data; boundary=b"


def word(key: dict[str, str]) -> str:
    return "Basic " + b64encode(f"{key['key']}:{key['secret']}".encode()).decode()


def post(
    installation: Installation, key: dict[str, str], body: Any, base: str = MACHINE, **fields: str
) -> TestResponse:
    """Send a body as it is, or a dictionary as a form."""
    headers = {"Authorization": word(key)} | {name.replace("_", "-"): value for name, value in fields.items()}
    return Client(installation.app).post(PATH, base_url=base, data=body, headers=headers, buffered=True)


@pytest.fixture
def key(installation: Installation) -> dict[str, str]:
    return installation.key("packages/write")


def as_form(data: bytes) -> dict[str, Any]:
    return {"package": (io.BytesIO(data), "bai.zip")}


def left(installation: Installation) -> list[str]:
    quarantine = installation.services.config.data / "quarantine"
    waiting = [path.name for path in quarantine.rglob("*") if path.name != "lock"]
    return waiting + [blob.key for blob in installation.services.blobs.list("spaces/")]


@pytest.mark.parametrize("form", [False, True], ids=["body", "form"])
def test_a_file_becomes_a_package_of_the_keys_space(
    installation: Installation, key: dict[str, str], *, form: bool
) -> None:
    installation.haidang("space", "add", "daklak")
    data = scorm12("Bài của máy")

    answer = post(installation, key, as_form(data) if form else data)

    (one,) = (answer.json or {})["files"]
    assert (answer.status_code, one["status"], one["file"]) == (201, "published", "bai.zip" if form else "")
    lesson = installation.person("learner").get(answer.headers["Location"].removeprefix(installation.public_url))
    assert "Bài của máy" in lesson.text
    assert installation.haidang("package", "list", "--space", "daklak") == {"packages": []}


@pytest.mark.parametrize("data", [scorm12(), b"no zip", NAMELESS], ids=["published", "no zip", "no manifest"])
def test_the_answer_is_what_the_command_prints(embedded: Installation, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bai.zip"
    path.write_bytes(data)
    refused = data[:2] != b"PK" or data == NAMELESS
    printed = embedded.haidang("package", "add", str(path), "--space", "haiphong", code=int(refused))

    answer = post(embedded, embedded.key("packages/write"), as_form(data))

    assert answer.status_code == (422 if refused else 201)
    assert _but_for_ids(answer.json or {}) == _but_for_ids(printed)


def _but_for_ids(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {name: each for name, each in one.items() if name not in {"file", "package", "version"}}
        for one in told["files"]
    ]


def test_nothing_of_a_refused_file_stays(installation: Installation, key: dict[str, str]) -> None:
    assert post(installation, key, NAMELESS).status_code == 422
    assert left(installation) == []


@pytest.mark.parametrize(
    ("asked", "text"), [("en", "no lesson of a known standard"), ("vi", "không"), ("", "không"), ("fr", "không")]
)
def test_findings_speak_the_language_that_is_asked_for_or_the_spaces(
    embedded: Installation, asked: str, text: str
) -> None:
    answer = post(embedded, embedded.key("packages/write"), NAMELESS, Accept_Language=asked)

    assert text in (answer.json or {})["files"][0]["findings"][0]["text"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ({"package": "no file"}, "multipart/form-data", 400),
        ({"a": (io.BytesIO(b""), "a"), "b": (io.BytesIO(b""), "b")}, "multipart/form-data", 400),
        ({f"{n}": (io.BytesIO(b""), "a") for n in range(9)}, "multipart/form-data", 413),
        (b"--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\nPK", FORM, 400),
        (b"PK", "application/x-www-form-urlencoded", 415),
    ],
    ids=["no file", "two files", "many files", "no end", "urlencoded"],
)
@pytest.mark.parametrize("base", [MACHINE, "http://haiphong.lms.localhost:8080"])
def test_what_is_no_file_is_answered_with_problem_details(
    embedded: Installation, body: Any, kind: str, status: int, base: str
) -> None:
    if isinstance(body, dict):
        body = {name: (io.BytesIO(b"x"), each[1]) if isinstance(each, tuple) else each for name, each in body.items()}

    answer = post(embedded, embedded.key("packages/write"), body, base, Content_Type=kind)

    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert left(embedded) == []


def test_a_key_that_asks_too_often_is_told_when_to_come_back(embedded: Installation) -> None:
    key = embedded.haidang("key", "create", "--space", "haiphong", "--scope", "packages/write", "--rate", "1")

    answers = [post(embedded, key, NAMELESS) for _ in range(3)]

    assert 429 in {answer.status_code for answer in answers}
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_a_full_store_is_told_from_one_that_is_away(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    key = embedded.key("packages/write")

    def full(*_: object, **__: object) -> None:
        raise StoreFull("full")

    monkeypatch.setattr(type(embedded.services.blobs), "put", full)
    answer = post(embedded, key, scorm12(), Accept_Language="en")
    monkeypatch.undo()

    assert (answer.status_code, (answer.json or {})["title"]) == (507, "There is no room left for this")
    assert "Retry-After" not in answer.headers
    assert left(embedded) == []
    assert post(embedded, key, scorm12()).status_code == 201


def test_a_page_of_another_origin_may_not_ask_whether_it_may_publish(embedded: Installation) -> None:
    origin = "https://school.example"
    embedded.haidang("key", "create", "--space", "haiphong", "--browser", "--origin", origin)
    asks = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    client = Client(embedded.app)

    to_record, to_packages = (
        client.options(path, base_url=MACHINE, headers=asks).headers for path in ("/xapi/statements", PATH)
    )

    assert "Access-Control-Allow-Origin" in to_record  # control
    assert "Access-Control-Allow-Origin" not in to_packages


# A service that is really served


@dataclass
class Uploads:
    """A served service of one worker, with keys, and what it holds in quarantine."""

    service: Served
    keys: dict[str, dict[str, str]]

    def send(self, line: Line, scope: str, **fields: Any) -> None:
        """Send the head of an upload."""
        host = f"127.0.0.1:{self.service.port}"
        line.send(head("POST", PATH, host, Authorization=word(self.keys[scope]), **fields))

    def held(self) -> list[str]:
        """Name what lies in quarantine, with and without a name."""
        assert self.service.program is not None
        master = self.service.program.process.pid
        (worker,) = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        quarantine = self.service.folder / "data" / "quarantine"
        opened = []
        for fd in Path(f"/proc/{worker}/fd").iterdir():
            with suppress(FileNotFoundError):
                opened.append(str(fd.readlink()))
        nameless = [path for path in opened if path.startswith(str(quarantine)) and path.endswith("(deleted)")]
        return nameless + [path.name for path in quarantine.glob("*/")]

    def versions(self) -> set[str]:
        """Name the versions of which anything lies in the object store."""
        blobs = open_blobs(f"file://{self.service.folder}/data/objects").list("spaces/")
        return {re.sub(r"spaces/1/(versions|files)/([0-9a-f]{32}).*", r"\2", blob.key) for blob in blobs}

    def wait_until_held(self, *, held: bool) -> None:
        """Wait until something lies in quarantine, or nothing any more."""
        until = time.monotonic() + 30
        while bool(self.held()) != held:
            assert time.monotonic() < until, self.held()
            time.sleep(0.02)


@pytest.fixture(scope="module")
def uploads(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Uploads]:
    folder = tmp_path_factory.mktemp("api")
    for environ in environment(request, "embedded", folder):
        made = serve(environ, folder, HAIDANG_WORKERS="1", HAIDANG_UPLOAD_LIMIT=str(4 * MIB))
        keys = {
            scope: made.haidang("key", "create", "--space", "haiphong", "--scope", scope)
            for scope in ("packages/write", "all")
        }
        yield Uploads(made, keys | {"none": {"key": "0" * 32, "secret": "x"}})
        made.stop()


BIG = scorm12(more={"a.bin": Random(1).randbytes(MIB)})
PART = b'--b\r\nContent-Disposition: form-data; name="package"; filename="a.zip"\r\n\r\n' + BIG + b"\r\n--b--\r\n"


@pytest.mark.parametrize(("kind", "data"), [("application/zip", BIG), (FORM, PART)], ids=["body", "form"])
@pytest.mark.parametrize("chunked", [False, True], ids=["whole", "chunked"])
def test_a_body_that_is_cut_leaves_nothing_and_comes_again(
    uploads: Uploads, kind: str, data: bytes, *, chunked: bool
) -> None:
    fields = {"Transfer_Encoding": "chunked"} if chunked else {"Content_Length": len(data)}
    half, rest = data[: len(data) // 2], data[len(data) // 2 :]
    size = b"%x\r\n" % len(data) if chunked else b""

    with Line(uploads.service.port) as line:
        uploads.send(line, "packages/write", Content_Type=kind, **fields)
        line.send(size + half)
        uploads.wait_until_held(held=True)
        line.finish()
        cut = line.answer("POST")
    uploads.wait_until_held(held=False)
    with Line(uploads.service.port) as line:
        uploads.send(line, "packages/write", Content_Type=kind, **fields)
        line.send(size + half)
        line.send(rest + (b"\r\n0\r\n\r\n" if chunked else b""))
        whole = line.answer("POST")

    assert (cut.status in {0, 400}, whole.status) == (True, 201)
    assert json.loads(whole.body)["files"][0]["version"].replace("-", "") in uploads.versions()
    uploads.wait_until_held(held=False)


def test_each_whole_body_left_one_version_and_no_cut_one_did(uploads: Uploads) -> None:
    listed = uploads.service.haidang("package", "list", "--space", "haiphong")["packages"]

    assert listed != []
    assert uploads.versions() == {one["version"].replace("-", "") for one in listed}


@pytest.mark.parametrize(
    ("scope", "size", "status"),
    [("packages/write", 5 * MIB, 413), ("all", 3 * MIB, 403), ("none", 3 * MIB, 401)],
)
def test_what_is_refused_by_its_head_is_answered_while_it_is_still_coming(
    uploads: Uploads, scope: str, size: int, status: int
) -> None:
    with Line(uploads.service.port) as line:
        uploads.send(line, scope, Content_Type="application/zip", Content_Length=size)
        answer = line.answer("POST")

    assert (answer.status, json.loads(answer.body)["status"]) == (status, status)
