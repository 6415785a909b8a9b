"""Whatever a browser, or somebody who is none, sends as a form is a draft or nothing."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as some

from lrs.outcomes.form import flat
from lrs.outcomes.form.draft import Condition, Joined, nodes, written
from lrs.outcomes.rules.problems import WrongRule
from lrs.outcomes.rules.reading import read
from lrs.outcomes.rules.sentence import sentence
from lrs.outcomes.rules.words import words

NAMES = some.builds(
    lambda path, name: f"{path}.{name}",
    some.sampled_from(["r", "r-0", "r-1", "r-0-0", "r-7-7", "r-", "x"]),
    some.sampled_from(["word", "n", "about", "tag", "activities", "atLeast", "by", "grace", "from", "other"]),
)
VALUES = some.one_of(
    some.sampled_from(
        ["all", "any", "atLeast", "9" * 30, "did", "score", "count", "confirmed", "chosen", "tag", "3", "x"]
    ),
    some.text(max_size=5),
    some.integers().map(str),
)


@given(some.lists(some.tuples(NAMES, VALUES), max_size=30))
def test_anything_is_read_and_said_to_be_wrong_in_words(sent: list[tuple[str, str]]) -> None:
    draft = flat.read(sent)
    if draft is not None:
        with suppress(WrongRule):  # which is the only thing that may be said
            sentence(read(written(draft)), words("vi"))


def test_nothing_is_no_draft() -> None:
    assert flat.read([]) is None
    assert flat.read([("r.word", "nothing like it"), ("r-0.word", "did")]) is None


def test_a_part_without_its_group_is_passed_over() -> None:
    assert flat.read([("r.word", "did"), ("r-0.word", "did")]) == Condition("did")


def test_parts_stand_in_the_order_of_their_numbers_whatever_is_missing() -> None:
    sent = [("r.word", "all"), ("r-10.word", "score"), ("r-2.word", "did")]

    assert flat.read(sent) == Joined("all", (Condition("did"), Condition("score")))


def test_too_many_are_not_read() -> None:
    sent = [("r.word", "all"), *((f"r-{number}.word", "did") for number in range(999))]

    draft = flat.read(sent)

    assert draft is not None
    assert len(list(nodes(draft))) == flat.MOST
