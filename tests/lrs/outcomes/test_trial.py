"""A trial goes on where the form that brings it back says, and ends with the same figures however often it was interrupted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

from lrs.outcomes import trial as trials
from lrs.outcomes import trying
from lrs.outcomes.trial import Trial, begun, gone_on
from lrs.outcomes.trying import Ground
from tests.lrs.outcomes.studies import FINAL, learn, somebody, teach

if TYPE_CHECKING:
    import pytest

    from tests.parts.installations import Installation

BODY = {"score": {"activity": FINAL, "atLeast": 0.8}}
TEXT = json.dumps(BODY)


def brought_back(trial: Trial) -> dict[str, list[str]]:
    """Send a trial as a form does."""
    form: dict[str, list[str]] = {}
    for name, value in trial.fields():
        form.setdefault(f"trial.{name}", []).append(value)
    return form


def test_it_comes_back_with_the_form() -> None:
    trial = Trial(trials.mark(TEXT), 50, 7, 3, 1, (uuid4(), uuid4()), (uuid4(),), uuid4())

    assert begun(TEXT, brought_back(trial)) == trial


def test_what_was_found_for_another_rule_says_nothing() -> None:
    trial = Trial(trials.mark("another"), 50, 7, 3, 1, after=uuid4())

    assert begun(TEXT, brought_back(trial)) == Trial(trials.mark(TEXT))


def test_what_nobody_can_have_sent_begins_anew() -> None:
    form = brought_back(Trial(trials.mark(TEXT), 50, after=uuid4()))

    wrongs: list[dict[str, list[str]]]
    wrongs = [{"trial.looked": ["many"]}, {"trial.looked": []}, {"trial.gained": ["x"]}, {"trial.met": ["1", "2"]}]
    for wrong in wrongs:
        assert begun(TEXT, form | wrong) == Trial(trials.mark(TEXT))


def test_in_slices_it_finds_what_it_finds_at_once(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "SLICE", 0)
    monkeypatch.setattr(trying, "TOGETHER", 2)
    teach(embedded)
    for number in range(5):
        learn(embedded, somebody(embedded, f"Người {number}"), 0, 0.5 + number / 10)
    embedded.follow()
    ground = Ground(embedded.services.identity_keys, embedded.services.config.public_url)

    trial, turns = begun(TEXT, {}), 0
    with embedded.services.database.read(1) as tx:
        whole = trying.dry_run(tx, ground, None, BODY)
        while not trial.done:
            trial = gone_on(tx, ground, None, BODY, begun(TEXT, brought_back(trial)))
            turns += 1

    assert turns == 4  # three slices, and one that finds nobody left
    assert (trial.looked, trial.met, trial.gain, trial.lose) == (5, 2, 2, 0)
    assert set(trial.gained) == set(whole.gain)
