"""Whoever leads does the chores, and those who follow do not wait for them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

from lrs import chores as module
from lrs.followers import Followers
from tests.lrs.noting import Noting, make_notes, noted
from tests.lrs.test_followers import append, running, wait_until

if TYPE_CHECKING:
    import pytest

    from storage.database import Database
    from tests.parts.databases import Ground


def test_whoever_leads_does_the_chores_and_tries_again_what_failed(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BACK_OFF", 0.01)
    done: list[str] = []

    def unlucky(_database: Database) -> None:
        done.append("unlucky")
        if done.count("unlucky") < 3:
            raise ValueError

    def sweep(database: Database) -> None:
        assert database is ground.app
        done.append("sweep")

    with running(*(Followers(ground.app, [], chores=[unlucky, sweep]) for _ in range(2))):
        wait_until(lambda: done.count("unlucky") == 3)
        time.sleep(0.1)  # a chore that is done is not done again, by either of them

    assert Counter(done) == {"unlucky": 3, "sweep": 1}


def test_a_chore_that_takes_long_keeps_no_follower_waiting(ground: Ground) -> None:
    make_notes(ground)
    space, begun, enough = ground.space(), threading.Event(), threading.Event()

    def remind(_database: Database) -> None:
        begun.set()
        enough.wait()

    with running(Followers(ground.app, [Noting()], chores=[remind])):
        assert begun.wait(20)
        said = append(ground, space)
        wait_until(lambda: noted(ground) == said)
        enough.set()


def test_who_does_not_lead_does_no_chores(ground: Ground) -> None:
    done: list[str] = []

    def chore(who: str) -> module.Chore:
        def sweep(_database: Database) -> None:
            done.append(who)

        return sweep

    with running(Followers(ground.app, [], chores=[chore("first")])):
        wait_until(lambda: done == ["first"])
        with running(Followers(ground.app, [], chores=[chore("second")])):
            time.sleep(0.6)
        assert done == ["first"]
