"""What the shell says to learners."""

import re

import pytest

from player import words
from tests.parts.installations import Installation
from tests.player.node import ROOT

SAID = re.compile(r"\bwords\.(\w+)")
SAYING = ("shell.js", "bar.js", "menu.js", "prerequisites.js")
STATES = ("saved", "sending", "device", "unsaved", "waiting", "signin", "superseded", "refused", "closed")
BROWSER = ROOT / "player" / "browser"


def known(installation: Installation) -> dict[str, str]:
    with installation.app.test_request_context():
        return words.shell()


@pytest.mark.parametrize("name", SAYING)
def test_the_shell_has_each_word_that_it_says(embedded: Installation, name: str) -> None:
    said = set(SAID.findall((BROWSER / name).read_text("utf-8")))

    assert said
    assert said - set(known(embedded)) == set()


def test_every_state_of_the_outbox_has_an_honest_word(embedded: Installation) -> None:
    told = set(re.findall(r'"(\w+)"', (BROWSER / "outbox.js").read_text("utf-8").split("#word() {")[1]))

    assert {"saved", "device"} <= told <= set(STATES)
    assert [state for state in STATES if not known(embedded).get(state)] == []


@pytest.mark.parametrize("kind", re.findall(r'give\("(\w+)"', (BROWSER / "shell.js").read_text("utf-8")))
def test_every_card_has_a_title_and_a_text(embedded: Installation, kind: str) -> None:
    assert {f"{kind}Title", f"{kind}Text"} <= set(known(embedded))
