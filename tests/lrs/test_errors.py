"""Each trouble says what happened and what to do about it."""

import pytest

from lrs import errors
from lrs.errors import Trouble

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, Trouble) and kind is not Trouble
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_trouble_has_a_status_a_title_and_advice(kind: type[Trouble]) -> None:
    assert 400 <= kind.status < 600
    assert kind.title != Trouble.title
    assert kind.advice


def test_only_what_passes_by_itself_says_when_to_come_back() -> None:
    assert {kind for kind in KINDS if kind.retry_after} == {errors.Away}
