"""The words of ADL's suite are read for what they ask of the person who tests."""

import pytest

from tests.player.sequencing.instructions import Instruction, control, read

TEXTS = {
    "Continue": "This SCO is done. To proceed, please trigger a <b>Continue</b> Navigation Event.",
    "Pause": "Please trigger a <b>Suspend All</b> Navigation Event and <b>relaunch</b> LMS Test Content Package <b>%s</b>.",
    "Choice": "This SCO is done. To proceed, please target <b>%s</b> for a Choice Navigation Event.",
    "Exit": "Please exit the package/course and refer to the instructions.",
    "Ended": "The current learner attempt should have ended.",
    "Open": "After all, please launch <b>Test 2</b>.",
    "Again": "The attempt should end. Please <b>relaunch</b> LMS Test Content Package <b>%s</b> and then choose <b>%s</b> to continue.",
    "Root": "The attempt should end, but the Sequencing Session will remain active. Please choose <b>the root</b> to continue.",
}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", Instruction()),
        ("Continue", Instruction(request="continue")),
        ("Pause~X", Instruction(request="suspendAll", over=True)),
        ("Choice~Activity 3", Instruction(request="choice", target="Activity 3")),
        ("Exit", Instruction(request="exitAll", over=True)),
        ("Ended", Instruction(over=True)),
        ("Open", Instruction(opened="Test 2")),
        ("Again~X~Activity 4", Instruction(opened="Activity 4", over=True)),
        ("Root", Instruction(opened="the root")),
    ],
)
def test_an_instruction_is_read(words: str, expected: Instruction) -> None:
    found = read(words, TEXTS)

    assert (found.request, found.target, found.opened, found.over) == (
        expected.request,
        expected.target,
        expected.opened,
        expected.over,
    )


@pytest.mark.parametrize(("title", "name"), [("Continue", "continue"), ("Suspend All", "suspendAll")])
def test_a_control_is_called_as_the_data_model_calls_its_request(title: str, name: str) -> None:
    assert control(title) == name
