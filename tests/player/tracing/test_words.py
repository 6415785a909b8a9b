"""Every request, action, condition and outcome that there is has its words."""

from __future__ import annotations

import pytest

from player.sequencing import conditions, navigation, termination
from player.tracing import again, words
from tests.player.sequencing.chance import AFTER, BEFORE, CONDITIONS, SETS


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (navigation._CHECKS, words.REQUESTS),
        ({*termination._AFTER, *BEFORE, *AFTER, "exit"}, words.ACTIONS),
        ({*conditions._OF_ACTIVITY, *conditions._OF_OBJECTIVE, *CONDITIONS}, words.CONDITIONS),
        (SETS, words.SETS),
        ((again.STEPS, again.DELIVERED, again.STATE), words.DIFFERENCES),
        (("delivered", "ended", "refused", "nothing"), words.OUTCOMES),
    ],
)
def test_each_has_its_words(there: set[str], said: dict[str, object]) -> None:
    assert set(there) - set(said) == set()


def test_whatever_can_be_asked_of_the_player_has_a_name() -> None:
    asked = set(navigation._CHECKS) - {"start", "resumeAll"}

    assert asked | {"", "begin", "resume", "look"} == set(words.ASKED)
