"""Each button changes the draft, and says where one looks next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrs.outcomes.form.changes import blank, changed, settled, with_all
from lrs.outcomes.form.draft import Condition, Draft, Joined, nodes
from lrs.outcomes.rules.language import COMPLETED
from tests.lrs.outcomes.rules.made import FINAL, LESSONS

DID, SCORE, COUNT = (Condition(word, {"about": ("any",)}) for word in ("did", "score", "count"))
TWO = Joined("all", (DID, SCORE))
NESTED = Joined("all", (DID, Joined("any", (SCORE, COUNT))))


@pytest.mark.parametrize(
    ("draft", "deed", "becomes", "looks_at"),
    [
        (None, "add r score", blank("score"), "r"),
        (DID, "add r score", Joined("all", (DID, blank("score"))), "r-1"),
        (TWO, "add r did", Joined("all", (DID, SCORE, blank("did"))), "r-2"),
        (NESTED, "add r-1 did", Joined("all", (DID, Joined("any", (SCORE, COUNT, blank("did"))))), "r-1-2"),
        (DID, "remove r", None, "r"),
        (TWO, "remove r-0", SCORE, "r"),
        (NESTED, "remove r-1-0", Joined("all", (DID, COUNT)), "r-1"),
        (NESTED, "remove r-1", DID, "r"),
        (NESTED, "apart r-1", Joined("all", (DID, SCORE, COUNT)), "r-1"),
        (TWO, "split r-0", Joined("all", (Joined("any", (DID, blank("did"))), SCORE)), "r-0-1"),
        (
            NESTED,
            "split r-1-0",
            Joined("all", (DID, Joined("any", (Joined("all", (SCORE, blank("score"))), COUNT)))),
            "r-1-0-1",
        ),
        (DID, "split r", Joined("any", (DID, blank("did"))), "r-1"),
    ],
)
def test_a_button_does_what_it_says(draft: Draft | None, deed: str, becomes: Draft | None, looks_at: str) -> None:
    assert changed(draft, deed) == (becomes, looks_at)


@given(
    some.sampled_from([None, DID, TWO, NESTED]),
    some.sampled_from(["add", "remove", "split", "apart", "burn", ""]),
    some.sampled_from(["r", "r-0", "r-1-1", "r-9", "x", "", "r-0-0-0", "r--1"]),
    some.sampled_from(["", "did", "confirmed", "all"]),
)
def test_no_deed_breaks_a_draft(draft: Draft | None, what: str, path: str, kind: str) -> None:
    done = changed(draft, f"{what} {path} {kind}".strip())
    if done is not None and done[0] is not None:
        assert all(node.parts for _, node in nodes(done[0]) if isinstance(node, Joined))
        assert done[1] in dict(nodes(done[0]))


def test_what_was_written_as_one_more_is_taken_in_if_it_is_one() -> None:
    titles = {"Bài một": LESSONS[0]}
    draft = Joined(
        "all",
        (
            Condition("did", {"activities": (FINAL,), "moreActivities": ("Bài một",)}),
            Condition("did", {"moreActivities": ("Bài không có",), "moreVerbs": (COMPLETED,)}),
        ),
    )

    assert settled(draft, titles) == Joined(
        "all",
        (
            Condition("did", {"activities": (FINAL, LESSONS[0]), "moreActivities": ()}),
            Condition("did", {"moreActivities": ("Bài không có",), "moreVerbs": (), "verbs": (COMPLETED,)}),
        ),
    )


def test_every_lesson_is_chosen_at_once() -> None:
    draft = with_all(TWO, "r-0", (FINAL, LESSONS[0]))

    assert draft == Joined("all", (DID.saying(about=("chosen",), activities=(FINAL, LESSONS[0])), SCORE))
    assert with_all(TWO, "r", (FINAL,)) == TWO
