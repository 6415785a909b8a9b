"""scorm-again, a runtime that we did not write: what any lesson calls is answered alike by both, but where the book is with us."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, Self

import pytest

from player.cmi.element import general
from tests.clients.accepted import ACCEPTED, reason
from tests.parts.clients import find_clients
from tests.parts.left_out import or_left_out
from tests.player.cmi.calls import Calls
from tests.player.cmi.playing import Browser, Visit
from tests.player.node import node

if TYPE_CHECKING:
    from types import TracebackType

    from tests.player.cmi.playing import Answers

LENGTH = 40
SHORT, LONG = 250, 5_000
"""Sessions of each edition, of LENGTH calls."""
ASKING = ("LastError", "ErrorString")


class ScormAgain:
    """Their runtime, in a process of its own."""

    def __enter__(self) -> Self:
        with or_left_out():
            folder = find_clients()
        self._process = subprocess.Popen(
            [node(), "scorm_again.js"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def answer(self, edition: str, calls: list[list[str]]) -> Answers:
        """Play a session."""
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None
        assert answering is not None
        asking.write(json.dumps({"edition": edition, "calls": calls}) + "\n")
        asking.flush()
        return [(answer, error) for answer, error in json.loads(answering.readline())["answers"]]


class Comparison:
    """What was compared, and how it came out."""

    def __init__(self, edition: str) -> None:
        self.edition = edition
        self.alike = 0
        self.accepted: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()

    def take(self, calls: list[list[str]], ours: Answers, theirs: Answers) -> None:
        """Compare a session: where both go apart, what follows of the same elements says nothing more."""
        apart: set[str] = set()
        errors_apart = False
        for call, mine, other in zip(calls, ours, theirs, strict=True):
            asks = call[0].endswith(ASKING)
            root = "" if asks or len(call) < 2 else ".".join(call[1].split(".")[:2])
            passed_over = root in apart or (asks and errors_apart)
            errors_apart = mine is None or other is None or mine[1] != other[1]
            if passed_over:
                continue
            if mine == other:
                self.alike += 1
                continue
            apart |= {root} - {""}
            line = described(call, mine, other)
            why = reason(self.edition, line)
            (self.accepted if why else self.wrong)[why or line] += 1


def described(call: list[str], *answers: tuple[str, str] | None) -> str:
    """Write a difference on one line."""
    name, element, value = [*call, "", ""][:3]
    said = " | ".join(f"{answer[0]!r} {answer[1]}" for answer in answers if answer)
    shown = element if element.startswith("cmi.objectives.-") or not element else general(element)
    return f"{name} {shown} {value!r} | {said}"


def compare(edition: str, seed: int, runs: int) -> Comparison:
    """Let both answer the same sessions."""
    found = Comparison(edition)
    with ScormAgain() as theirs, Browser(edition) as ours:
        for calls in Calls(edition).runs(seed, runs, LENGTH):
            answers, _ = ours.play(Visit(edition, calls))
            found.take(calls, answers, theirs.answer(edition, calls))
    return found


@pytest.mark.parametrize("edition", sorted(ACCEPTED))
def test_what_a_lesson_calls_is_answered_as_by_scorm_again_but_where_the_book_is_with_us(edition: str) -> None:
    found = compare(edition, 1, SHORT)

    assert dict(found.wrong.most_common(10)) == {}
    assert found.alike > SHORT * LENGTH / 2


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("edition", sorted(ACCEPTED))
def test_many_more_calls_are_answered_alike_and_each_accepted_difference_occurs(edition: str) -> None:
    found = compare(edition, 2, LONG)

    assert dict(found.wrong.most_common(10)) == {}
    assert set(ACCEPTED[edition]) - set(found.accepted) == set()


def test_a_difference_that_nobody_has_accepted_is_none_that_passes() -> None:
    wrong = Comparison("1.2")
    wrong.take([["LMSSetValue", "cmi.core.lesson_status", "done"]], [("true", "0")], [("false", "405")])

    assert list(wrong.wrong) == ["LMSSetValue cmi.core.lesson_status 'done' | 'true' 0 | 'false' 405"]
