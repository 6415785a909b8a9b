"""Joins a module with all that it imports into one script: on a line that loses things, one request arrives where thirty do not.

Our modules are written in the plainest way, which makes this short: each imports by name from its neighbours, exports what it declares, and
none waits for another that waits for it. The rest is refused. In the joined script each module is a function that runs once.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{ (.+) \} from "\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^ */\*\*(?s:.*?)\*/\n|^ *// .*\n", re.MULTILINE)
"""Whole lines of comment: a third of what would be sent."""

_UNJOINED = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class NotJoinedError(ValueError):
    """A module is written in a way that is not understood here."""


def join(folder: Path, name: str) -> str:
    """Write a module and all that it needs as one script, what is needed first."""
    return "\n".join(_module(folder, each) for each in order(folder, name))


def order(folder: Path, name: str) -> list[str]:
    """List a module and those it needs, so that each comes after what it needs itself."""
    found: list[str] = []
    _visit(folder, name, (), found)
    return found


def _visit(folder: Path, name: str, above: tuple[str, ...], found: list[str]) -> None:
    if name in above:
        raise NotJoinedError(f"{' needs '.join([*above, name])}")
    if name in found:
        return
    for _, needed in _IMPORT.findall(_text(folder, name)):
        _visit(folder, needed, (*above, name), found)
    found.append(name)


def _module(folder: Path, name: str) -> str:
    text = _COMMENT.sub("", _text(folder, name))
    exported = _EXPORT.findall(text)
    body = _IMPORT.sub(lambda found: f"const {{ {found[1].replace(' as ', ': ')} }} = {_place(found[2])};", text)
    body = _EXPORT.sub("", body)
    if strange := _UNJOINED.search(body):
        raise NotJoinedError(f"{name}.js: {strange[0]}")
    return f"const {_place(name)} = (() => {{\n{body.strip()}\nreturn {{ {', '.join(exported)} }};\n}})();\n"


def _place(name: str) -> str:
    """Name the constant that holds what a module exports."""
    return f"${name.replace('-', '_')}"


def _text(folder: Path, name: str) -> str:
    return (folder / f"{name}.js").read_text("utf-8")
