"""What all commands share: each has a help worth reading, and two ways to say what was done."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import click
import pytest
from click.testing import Result

from tests.parts.installations import Installation
from tests.parts.zips import scorm12
from wsgi import create_app

VERSION = {"X-Experience-API-Version": "1.0.3"}


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = dict(commands(create_app({}).cli))


def test_the_program_has_the_commands_that_operators_expect() -> None:
    assert {path[0] for path in ALL} == {
        "serve",
        "migrate",
        "doctor",
        "platform",
        "space",
        "account",
        "key",
        "identity",
        "rule",
        "issuing",
        "webhook",
        "mail",
        "package",
        "certificates",
        "follow",
        "backup",
        "restore",
    }


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_command_explains_itself(path: tuple[str, ...]) -> None:
    command = ALL[path]

    assert command.help
    assert len(command.help.split()) >= 4
    assert command.help.rstrip().endswith(".")


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_command_can_speak_to_a_program(path: tuple[str, ...]) -> None:
    assert any("--json" in parameter.opts for parameter in ALL[path].params)


@dataclass
class Terminal:
    """Somebody at a terminal beside an installation."""

    installation: Installation
    known: dict[str, str]

    def run(self, *words: str) -> Result:
        """Run a command as it would be typed."""
        with self.installation.app.app_context():
            return self.installation.app.test_cli_runner().invoke(args=[word.format(**self.known) for word in words])


@pytest.fixture
def terminal(embedded: Installation, tmp_path: Path) -> Terminal:
    (tmp_path / "bai.zip").write_bytes(scorm12())
    (tmp_path / "rule.json").write_text('{"count": {"atLeast": 3, "distinct": "activity"}}', "utf-8")
    rule = embedded.haidang("rule", "add", "--space", "haiphong", str(tmp_path / "rule.json"))["rule"]
    account = embedded.haidang("account", "add", "--space", "haiphong", "--role", "mentor")["account"]
    hook = ("webhook", "add", "--space", "haiphong", "--event", "award.given", "https://lms.example.org/")
    known = {
        "account": account,
        "key": embedded.key()["key"],
        "rule": rule,
        "webhook": embedded.haidang(*hook)["webhook"],
    }
    return Terminal(embedded, {"folder": str(tmp_path)} | known)


RIGHT = (
    "migrate",
    "doctor",
    "issuing rotate --space haiphong",
    "issuing list --space haiphong",
    "platform link",
    "space add daklak",
    "space list",
    "space set --space haiphong --name Cảng --language en --speaks en --zone Asia/Tokyo --quota 20GB",
    "account add --space haiphong --role learner",
    "account list --space haiphong",
    "account link --space haiphong --role administrator",
    "account link --space haiphong --account {account}",
    "key create --space haiphong --scope all",
    "key create --space haiphong --scope state --scope define --days 30",
    "key list --space haiphong",
    "key revoke --space haiphong {key}",
    "package add {folder}/bai.zip --space haiphong",
    "package list --space haiphong",
    "certificates key",
    "rule try --space haiphong {folder}/rule.json",
    "rule add --space haiphong {folder}/rule.json --name Ba --rule {rule}",
    "rule list --space haiphong --lessons",
    "rule history --space haiphong {rule}",
    "rule tag --space haiphong kỹ-năng https://example.org/1",
    "webhook add --space haiphong --event reminder.due --event award.given --with-contact https://sms.example.org/in",
    "webhook list --space haiphong",
    "webhook show --space haiphong {webhook}",
    "webhook pause --space haiphong {webhook}",
    "webhook resume --space haiphong {webhook}",
    "webhook retry --space haiphong {webhook}",
    "webhook rotate --space haiphong {webhook}",
    "webhook remove --space haiphong {webhook}",
    "follow --once",
    "backup {folder}/haidang.backup",
)

ELSEWHERE = {
    ("mail", "test"),
    ("webhook", "test"),
    ("serve",),
    ("restore",),
    ("identity", "rotate"),
    ("issuing", "withdraw"),
}
"""What needs an installation of its own: test_serving.py, test_backup.py, people/test_identity_commands.py,
issuing/test_commands.py, webhooks/test_commands.py."""


def path_of(words: str) -> tuple[str, ...]:
    return next(path for path in ALL if words.split()[: len(path)] == list(path))


def test_every_command_is_tried_here_or_elsewhere() -> None:
    assert {path_of(words) for words in RIGHT} | ELSEWHERE == set(ALL)


@pytest.mark.parametrize("words", RIGHT)
def test_a_command_says_in_words_what_it_did(terminal: Terminal, words: str) -> None:
    result = terminal.run(*words.split())

    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.split()) > 1
    assert not result.stdout.startswith("{")


@pytest.mark.parametrize("words", RIGHT)
def test_with_json_a_command_prints_one_object_and_nothing_else(terminal: Terminal, words: str) -> None:
    result = terminal.run(*words.split(), "--json")

    assert (result.exit_code, result.stderr) == (0, "")
    assert isinstance(json.loads(result.stdout), dict)
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_command_prints_its_help(terminal: Terminal, path: tuple[str, ...]) -> None:
    result = terminal.run(*path, "--help")

    assert result.exit_code == 0
    assert " ".join(str(ALL[path].help).split()[:4]) in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("account list --space nowhere", "there is no space called nowhere; `haidang space list` names them"),
        ("account add --space nowhere --role owner", "there is no space called nowhere"),
        ("account link --space nowhere --role owner", "there is no space called nowhere"),
        ("key create --space nowhere --scope all", "there is no space called nowhere"),
        ("package list --space nowhere", "there is no space called nowhere"),
        ("space add haiphong", "there is a space called haiphong already"),
        ("space set --space haiphong --zone Asia/Nowhere", "--zone: Không có múi giờ này"),
        ("space set --space haiphong --language en --speaks vi", "--language: Chọn một trong các ngôn ngữ"),
        ("space set --space haiphong --quota much", "--quota: Hãy viết như 500 MB"),
        ("space add www", "www cannot stand in a host name, or is reserved"),
        (f"account link --space haiphong --account {UUID(int=1)}", "this space has no such account"),
        ("key revoke --space haiphong nothing", "this space has no such key"),
        ("backup /nowhere/at/all", "cannot write /nowhere/at/all"),
        ("restore {folder}/bai.zip", ""),
    ],
)
@pytest.mark.parametrize("json_too", [False, True])
def test_what_cannot_be_done_is_said_in_one_line(terminal: Terminal, words: str, says: str, json_too: bool) -> None:  # noqa: FBT001
    result = terminal.run(*words.split(), *(["--json"] if json_too else []))

    said = result.stderr or str(result.exception)  # wsgi.main writes the ones that are no click's
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(said.strip().splitlines()) == 1
    assert says in said


@pytest.mark.parametrize(
    "words",
    [
        "nothing",
        "space",
        "space add",
        "account add --space haiphong --role emperor",
        "account add --role owner",
        "key create --space haiphong",
        "key create --space haiphong --scope everything",
        "key create --space haiphong --scope all --days 0",
        "account link --space haiphong",
        "account link --space haiphong --account no-uuid",
        "package add /nowhere.zip --space haiphong",
        "follow --twice",
    ],
)
def test_a_wrong_use_of_a_command_is_explained(terminal: Terminal, words: str) -> None:
    result = terminal.run(*words.split())

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage:" in result.stderr


def test_a_key_for_a_program_is_one_object_with_where_to_use_it(terminal: Terminal) -> None:
    result = terminal.run(*["key", "create", "--space", "haiphong", "--scope", "all", "--json"])

    made = json.loads(result.stdout)
    assert made["endpoint"] == "http://127.0.0.1:8080/xapi"
    client = terminal.installation.visitor().client
    answer = client.get(f"{made['endpoint']}/statements", auth=(made["key"], made["secret"]), headers=VERSION)
    assert (answer.status_code, answer.json) == (200, {"statements": [], "more": ""})
    assert made["secret"] not in terminal.run(*["key", "list", "--space", "haiphong", "--json"]).stdout
    assert made["secret"] not in str(terminal.run("doctor").stdout)


def test_a_link_for_an_administrator_is_one_object_with_its_address(terminal: Terminal) -> None:
    result = terminal.run(*["account", "link", "--space", "haiphong", "--role", "administrator", "--json"])

    told = json.loads(result.stdout)
    assert told["url"].startswith("http://app.lms.localhost:8080/s/haiphong/link/")
    assert set(told) == {"url", "account", "role", "days"}
