"""The parts are put together without touching anything, and what a person can mend is said in one line."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import wsgi

ROOT = Path(__file__).parents[1]
HAIDANG = "import wsgi; wsgi.main()"
SETTINGS = {
    "embedded": {},
    "production": {
        "HAIDANG_DATABASE_URL": "postgresql://service:pw@127.0.0.1:1/haidang",
        "HAIDANG_OBJECT_STORE_URL": "s3+http://key:secret@127.0.0.1:1/bucket",
    },
}

WATCHED = """
import json, sys, threading
seen = []
def watch(event, arguments):
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if event in ("socket.connect", "sqlite3.connect", "os.mkdir") or writes:
        seen.append([event, str(arguments[0])])
sys.addaudithook(watch)
import wsgi
from wsgi import create_app
app = create_app(json.loads(sys.argv[1]))
{more}
print(json.dumps([threading.active_count(), seen]))
"""


def python(folder: Path, script: str, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, as little of this run's environment with it as possible."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HAIDANG_")}
    more = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"} | environ
    return subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=folder,
        env=plain | more,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def build(folder: Path, settings: dict[str, str], more: str = "") -> tuple[int, list[list[str]]]:
    """Build the application; tell how many threads there are and what was touched."""
    done = python(folder, WATCHED.format(more=more), json.dumps(settings))
    assert done.returncode == 0, done.stderr
    threads, seen = json.loads(done.stdout)
    return threads, seen


@pytest.mark.parametrize("make_up", SETTINGS)
def test_building_the_application_touches_nothing(tmp_path: Path, make_up: str) -> None:
    assert build(tmp_path, SETTINGS[make_up]) == (1, [])
    assert list(tmp_path.iterdir()) == []


def test_touching_something_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    touching = (
        "app.extensions['haidang'].database.connect()",
        "open('here', 'w').close()",
        "import socket; socket.socket().connect_ex(('127.0.0.1', 1))",
        "threading.Thread(target=threading.Event().wait, daemon=True).start()",
    )

    threads, seen = build(tmp_path, {}, "\n".join(touching))
    assert threads == 2
    assert [event for event, _ in seen] == ["sqlite3.connect", "open", "socket.connect"]


def test_a_server_finds_the_application_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    answer = wsgi.app.test_client().get("/healthz", headers={"Host": "127.0.0.1"})
    assert answer.json == {"status": "alive"}
    assert list(tmp_path.iterdir()) == []


def test_nothing_else_is_made_up() -> None:
    with pytest.raises(AttributeError):
        _ = wsgi.application


def test_gunicorn_accepts_the_application(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv = ['gunicorn', '--check-config', 'wsgi:app']; from gunicorn.app.wsgiapp import run; run()"
    )

    done = python(tmp_path, script)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert list(tmp_path.iterdir()) == []


@dataclass
class Main:
    """The program `haidang` in this process: its exit code and what it said."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, words: str, settings: dict[str, str]) -> tuple[int, str, str]:
        for name in [name for name in os.environ if name.startswith("HAIDANG_")]:
            self.monkeypatch.delenv(name)
        for name, value in settings.items():
            self.monkeypatch.setenv(name, value)
        self.monkeypatch.setattr(wsgi, "program", wsgi.Program("haidang"))
        self.monkeypatch.setattr(sys, "argv", ["haidang", *words.split()])
        with pytest.raises(SystemExit) as end:
            wsgi.main()
        said = self.capsys.readouterr()
        return int(str(end.value.code)), said.out, said.err


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Main:
    monkeypatch.chdir(tmp_path)
    return Main(monkeypatch, capsys)


@pytest.mark.parametrize(
    ("words", "settings", "says"),
    [
        ("space list", {"HAIDANG_PORT": "eighty"}, "HAIDANG_PORT should be a whole number from 1 to 65535"),
        ("space list", {}, "unable to open database file"),
        ("space list", SETTINGS["production"], "port 1 failed: Connection refused"),
        ("migrate", {"HAIDANG_OBJECT_STORE_URL": "s3+http://key:secret@127.0.0.1:1/bucket"}, "does not answer"),
        ("migrate", {"HAIDANG_DATA": "/dev/null/data"}, "/dev/null/data: Not a directory"),
        ("serve", {"HAIDANG_BIND": "192.0.2.1"}, "cannot listen on 192.0.2.1:8080"),
        ("serve", {"HAIDANG_BIND": "2001:db8::1"}, "cannot listen on [2001:db8::1]:8080"),
    ],
)
def test_what_a_person_can_mend_is_said_in_one_line(
    main: Main, words: str, settings: dict[str, str], says: str
) -> None:
    code, out, error = main(words, settings)

    assert (code, out.replace("\n", "")) == (1, "")
    assert says in error
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize("words", ["space list", "key create --space haiphong --scope all", "account list --space a"])
def test_a_database_without_a_schema_says_what_to_do(main: Main, tmp_path: Path, words: str) -> None:
    (tmp_path / "data").mkdir()

    code, _, error = main(words, {})
    assert (code, len(error.splitlines())) == (1, 1)
    assert "run `haidang migrate`" in error


def test_the_program_says_it_so_from_a_terminal(tmp_path: Path) -> None:
    done = python(tmp_path, HAIDANG, "space", "list", HAIDANG_LANGUAGE="de")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "haidang: HAIDANG_LANGUAGE should be one of vi, en\n"


def test_a_mistake_of_ours_shows_where_it_is(main: Main, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert main("migrate", {})[0] == 0
    monkeypatch.setattr(wsgi.Program, "get_command", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        main("space list", {})
