"""The names that the data model was known under before `player.cmi`."""

from __future__ import annotations

import pytest

from player import datamodel
from player.datamodel import ValueRefused


def test_the_first_refused_element_is_named_whatever_else_there_is() -> None:
    with pytest.raises(ValueRefused, match=r"cmi\.core\.score\.raw"):
        datamodel.check("1.2", {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "much"})


def test_values_that_can_be_kept_are() -> None:
    assert datamodel.check("1.2", {"cmi.core.exit": ""}) == {"cmi.core.exit": ""}


def test_defaults_are_those_of_elements_that_always_exist() -> None:
    defaults = datamodel.defaults("1.2")

    assert defaults["cmi.core.lesson_status"] == "not attempted"
    assert not [name for name in defaults if ".n." in name]


def test_a_new_session_begins_without_how_the_one_before_ended() -> None:
    kept = {"cmi.suspend_data": "trang=7", "cmi.interactions.0.id": "q1"}
    ended = {"cmi.core.exit": "suspend", "cmi.core.session_time": "00:05:00"}

    assert datamodel.carried("1.2", kept | ended) == kept
