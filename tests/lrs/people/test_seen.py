"""Whether a session is in use is noted now and then."""

from __future__ import annotations

from lrs.people.seen import EVERY, Seen


def test_a_session_is_noted_once_in_a_while() -> None:
    now = [0.0]
    seen = Seen(lambda: now[0])

    assert seen.is_due(b"one")
    assert not seen.is_due(b"one")
    assert seen.is_due(b"other")
    now[0] = EVERY
    assert seen.is_due(b"one")


def test_it_remembers_no_more_than_it_should() -> None:
    seen = Seen(lambda: 0.0)
    for number in range(60_000):
        seen.is_due(number.to_bytes(4))

    assert seen.is_due((0).to_bytes(4))  # forgotten, and noted once more
    assert not seen.is_due((59_999).to_bytes(4))
