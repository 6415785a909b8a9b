"""The two tokens open what they were made for, and nothing else."""

from pathlib import Path
from uuid import uuid4

import pytest

from lrs import keys
from lrs.errors import NotFound, SignInNeeded
from lrs.keys import Keys
from player import tokens

DAY = 24 * 3600
NOON = 20_000 * DAY + DAY // 2
VERSION, OTHER = uuid4(), uuid4()
ATTEMPT = tokens.Attempt(7, "haiphong", uuid4(), VERSION)


@pytest.fixture
def ours(tmp_path: Path) -> Keys:
    keys.make(tmp_path / "secret.key")
    return Keys(tmp_path / "secret.key")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [float(NOON)]
    monkeypatch.setattr(tokens.time, "time", lambda: now[0])  # type: ignore[attr-defined]
    return now


def test_a_content_token_is_the_same_all_day_for_one_learner(ours: Keys, clock: list[float]) -> None:
    learner, content = uuid4(), tokens.Content(7, VERSION)
    first = tokens.content_token(ours, content, learner)
    clock[0] += DAY // 3

    assert tokens.content_token(ours, content, learner) == first
    assert tokens.content_token(ours, content, uuid4()) != first
    assert tokens.content_token(ours, tokens.Content(7, OTHER), learner) != first


@pytest.mark.parametrize(
    ("later", "holds"), [(0, True), (DAY // 2, True), (DAY * 3 // 2 - 1, True), (DAY * 3 // 2, False), (-DAY, False)]
)
def test_a_content_token_holds_until_the_end_of_the_next_day(
    ours: Keys,
    clock: list[float],
    later: int,
    holds: bool,  # noqa: FBT001
) -> None:
    token = tokens.content_token(ours, tokens.Content(7, VERSION), uuid4())
    clock[0] += later

    if holds:
        assert tokens.read_content(ours, token, VERSION) == tokens.Content(7, VERSION)
    else:
        with pytest.raises(NotFound):
            tokens.read_content(ours, token, VERSION)


def test_a_content_token_opens_no_other_version(ours: Keys) -> None:
    token = tokens.content_token(ours, tokens.Content(7, VERSION), uuid4())

    with pytest.raises(NotFound):
        tokens.read_content(ours, token, OTHER)


@pytest.mark.parametrize(("later", "holds"), [(0, True), (4 * 3600 - 1, True), (4 * 3600 + 1, False)])
def test_an_attempt_token_holds_four_hours(ours: Keys, clock: list[float], later: int, holds: bool) -> None:  # noqa: FBT001
    token = tokens.attempt_token(ours, ATTEMPT)
    clock[0] += later

    if holds:
        assert tokens.read_attempt(ours, token, VERSION) == ATTEMPT
    else:
        with pytest.raises(SignInNeeded):
            tokens.read_attempt(ours, token, VERSION)


def test_an_attempt_token_is_for_one_version(ours: Keys) -> None:
    with pytest.raises(SignInNeeded):
        tokens.read_attempt(ours, tokens.attempt_token(ours, ATTEMPT), OTHER)


def test_one_kind_of_token_is_not_the_other(ours: Keys) -> None:
    content = tokens.content_token(ours, tokens.Content(7, VERSION), uuid4())

    with pytest.raises(SignInNeeded):
        tokens.read_attempt(ours, content, VERSION)
    with pytest.raises(NotFound):
        tokens.read_content(ours, tokens.attempt_token(ours, ATTEMPT), VERSION)


def test_no_altered_letter_goes_unnoticed(ours: Keys) -> None:
    token = tokens.attempt_token(ours, ATTEMPT)
    accepted = []
    for place, letter in enumerate(token):
        altered = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        try:
            accepted.append(tokens.read_attempt(ours, altered, VERSION))
        except SignInNeeded:
            continue

    # base64 leaves a few bits of the last letter unused: another letter there can mean the same bytes, and says the same
    assert set(accepted) <= {ATTEMPT}
    assert len(accepted) <= 1


def test_another_secret_opens_nothing(ours: Keys, tmp_path: Path) -> None:
    keys.make(tmp_path / "other.key")

    with pytest.raises(SignInNeeded):
        tokens.read_attempt(Keys(tmp_path / "other.key"), tokens.attempt_token(ours, ATTEMPT), VERSION)


def test_a_content_token_does_not_name_its_learner(ours: Keys) -> None:
    learner = uuid4()
    token = tokens.content_token(ours, tokens.Content(7, VERSION), learner)

    assert learner.hex not in str(ours.signer("content").loads(token))


@pytest.mark.parametrize("value", [None, 1, "text", [], [1], {"a": 1}])
def test_a_signed_value_of_another_shape_opens_nothing(ours: Keys, value: object) -> None:
    with pytest.raises(NotFound):
        tokens.read_content(ours, ours.signer("content").dumps(value), VERSION)
    with pytest.raises(SignInNeeded):
        tokens.read_attempt(ours, ours.signer("attempt").dumps(value), VERSION)


@pytest.mark.parametrize("token", ["", ".", "é", "\ud800", "a.b.c", "x" * 100_000])
def test_what_is_no_token_opens_nothing(ours: Keys, token: str) -> None:
    with pytest.raises(NotFound):
        tokens.read_content(ours, token, VERSION)
    with pytest.raises(SignInNeeded):
        tokens.read_attempt(ours, token, VERSION)
