"""How a lesson of a sequenced course is opened; the browser's twin is held by tests/player/browser/opening.test.js."""

import json

from player.cmi.tables import table
from player.cmi.visit import Kept
from player.opening import Opening, listened

TABLE = table("4th")
MEASURE = "cmi.objectives.0.score.scaled"
KEPT = Kept({"cmi.location": "3", "cmi.objectives.0.id": "o", MEASURE: "0.1", "cmi.exit": "normal"}, ended=True)
LAID = Opening("a", given={"cmi.objectives.0.id": "o", MEASURE: "0.9"})


def test_a_lesson_that_is_begun_anew_finds_nothing_of_what_it_said() -> None:
    found = LAID.found(TABLE, Kept(KEPT.values, ended=False), {"cmi.launch_data": "x"})

    assert "cmi.location" not in found
    assert (found["cmi.entry"], found["cmi.launch_data"], found[MEASURE]) == ("ab-initio", "x", "0.9")


def test_a_lesson_that_is_resumed_finds_it_and_what_objectives_know_by_now() -> None:
    found = Opening("a", resumed=True, given=LAID.given).found(TABLE, KEPT, {})

    assert (found["cmi.entry"], found["cmi.location"], found[MEASURE]) == ("resume", "3", "0.9")


def test_a_lesson_that_never_said_anything_cannot_be_resumed() -> None:
    assert Opening("a", resumed=True).found(TABLE, None, {})["cmi.entry"] == "ab-initio"


def test_a_page_that_is_loaded_anew_finds_what_it_has_left() -> None:
    taken = Opening("a", taken=(1, 2))

    assert "cmi.location" not in taken.found(TABLE, KEPT, {})
    assert taken.found(TABLE, Kept(KEPT.values, ended=False), {})["cmi.location"] == "3"


def test_it_comes_back_from_json() -> None:
    for one in (Opening(), LAID, Opening("a", resumed=True, access={"adl.data.0.store": "r"}, taken=(3, 4))):
        assert Opening.from_json(json.loads(json.dumps(one.to_json()))) == one


def test_the_sequencer_listens_to_what_it_knows() -> None:
    said = {"cmi.location": "3", "cmi.score.raw": "3", "cmi.exit": "suspend", "adl.data.0.store": "x", **LAID.given}

    assert listened(said) == {name: value for name, value in said.items() if name != "cmi.location"}
