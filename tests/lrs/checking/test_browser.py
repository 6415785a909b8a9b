"""The page's modules, by their own tests, and held against lrs/seals/: what one side writes the other reads, and nothing else."""

from __future__ import annotations

import json
import subprocess

import pytest

from lrs.seals.letters import to_letters
from lrs.seals.seal import Forged, NotASeal, name_of, read
from tests.lrs.checking.altering_codes import altered, genuine
from tests.lrs.seals.given import KEY, LONGEST, PUBLIC, seal
from tests.player.node import ROOT, node

FEW, MANY = 500, 10_000
NAMES = ("Nguyễn Thị Hoà", "Nguyễn " * 30, "محمد بن سلمان", "👩‍👩‍👧‍👦" * 7, "", "q\u0323\u0307" * 20, "O'Hara <b>")
KNOWN = {
    "key": name_of(PUBLIC).hex(),
    "public": PUBLIC.hex(),
    "space": "haiphong",
    "name": "Hải Phòng",
    "until": None,
    "withdrawn": False,
}
_JUDGES = """
    import { judge } from "./lrs/checking/browser/verdict.js";
    const { texts, keys, plain } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    if (plain) Object.defineProperty(crypto, "subtle", { value: undefined });
    const found = [];
    for (const text of texts) {
      const { answer, seal } = await judge(text, keys, 0);
      found.push(seal ? [answer, seal.number.text, seal.name.text, seal.name.cut, seal.completed.text, seal.code] : [answer]);
    }
    console.log(JSON.stringify(found));
"""
_HEAD = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);'


def judged(texts: list[str], *, plain: bool = False) -> list[list[object]]:
    """Let the page's modules judge; `plain`: without the signatures of the browser."""
    done = subprocess.run(
        [node(), "--input-type=module", "-e", _HEAD + _JUDGES],
        cwd=ROOT,
        input=json.dumps({"texts": texts, "keys": [KNOWN], "plain": plain}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[list[object]] = json.loads(done.stdout)
    return found


def test_the_browsers_modules_pass_their_tests() -> None:
    done = subprocess.run(
        [node(), "--test", "tests/lrs/checking/browser/"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "pass 0" not in done.stdout


@pytest.mark.parametrize("plain", [False, True])
def test_what_is_signed_here_is_read_there(*, plain: bool) -> None:
    seals = [seal(name=name, until=None) for name in NAMES] + [seal(**LONGEST, until=None)]

    found = judged([each.write(KEY) for each in seals], plain=plain)

    for each, told in zip(seals, found, strict=True):
        name = each.name
        said = [each.number.text, name.text, bool(name.rest), each.completed.text, to_letters(each.code)]
        assert told == ["genuine", *said]


def said_here(text: str) -> str:
    """Say what the page should."""
    try:
        found = read(text)
    except NotASeal:
        return "unreadable"
    if found.seal.key != name_of(PUBLIC):
        return "unknown"
    try:
        found.verify(PUBLIC)
    except Forged:
        return "forged"
    return "genuine"


@pytest.mark.parametrize("many", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_both_sides_say_the_same_of_altered_ones_and_accept_none(many: int) -> None:
    texts = altered(many)

    found = [str(answer) for answer, *_ in judged(texts)]

    assert [answer for answer, *_ in judged(genuine())] == ["genuine"] * 3
    assert found == [said_here(each) for each in texts]
    assert "genuine" not in found
    assert {"forged", "unreadable", "unknown"} <= set(found)
