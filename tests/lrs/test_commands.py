"""What all commands share: each has a help worth reading, and two ways to say what was done."""

from collections.abc import Iterator

import click
import pytest

from wsgi import create_app


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
        "space",
        "account",
        "key",
        "package",
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
