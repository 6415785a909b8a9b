"""What is known of one learner and one version: how far it is, and when it is regained."""

from __future__ import annotations

import pytest

from lrs.outcomes.entry import done
from lrs.outcomes.rules import reading
from lrs.outcomes.rules.evaluate import Finding

NODE = reading.read({"did": {"activity": "https://example.org/1"}})


def leaf(need: float, have: float) -> Finding:
    return Finding("", NODE, need, have, ())


@pytest.mark.parametrize(
    ("need", "parts", "expected"),
    [
        (1, [leaf(1, 1)], 1000),
        (2, [leaf(1, 1), leaf(1, 0)], 500),
        (2, [leaf(1, 1), leaf(0.8, 0.4)], 750),
        (1, [leaf(1, 0.2), leaf(1, 0.9)], 900),  # any: the nearest counts
        (2, [leaf(3_600_000, 3_599_999), leaf(1, 1)], 999),  # never whole before it is
    ],
)
def test_how_far_it_is(need: int, parts: list[Finding], expected: int) -> None:
    whole = Finding("", NODE, need, sum(part.met for part in parts), (), tuple(parts))

    assert done(whole) == expected
