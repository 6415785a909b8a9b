"""Two processes follow what comes in, and whoever leads is killed again and again: each award is given once, and all is summed up."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from lrs.outcomes.rules.language import COMPLETED
from storage import cursors, enrolments, order, remakings
from storage.enrolments import CHOSEN, Enrolling
from tests.drills.following import following
from tests.drills.test_killed_follower import Story
from tests.lrs.outcomes.school import lesson
from tests.lrs.test_followers import wait_until
from tests.storage.samples import now

if TYPE_CHECKING:
    from storage.order import Position
    from tests.parts.databases import Ground

ROOT = Path(__file__).parents[2]
LEARNERS, KILLS = 40, 6


class Town:
    """A course, people in it, and what they say; who follows, the oldest first, since that one leads."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.story = Story(ground, folder)
        self.school, self._keys = self.story.school, folder / "identity.keys"
        self.learners = [self.school.account() for _ in range(LEARNERS)]
        self.story.people += self.learners
        with ground.app.write(self.school.space) as tx:
            enrolments.enrol(tx, Enrolling(self.story.course, CHOSEN, now()), self.learners)
        self.processes: list[subprocess.Popen[str]] = []
        self.enough = threading.Event()

    def begin(self) -> None:
        """Let one more process follow."""
        words = [sys.executable, "-m", "tests.drills.following", self.story.ground.url, str(self._keys)]
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        self.processes.append(process)

    def kill(self) -> None:
        """Kill whoever leads."""
        self.processes[0].kill()
        self.processes.pop(0).communicate()

    def talk(self) -> int:
        """Let everybody complete both lessons, some more than once and in any order; ask for all to be made anew now and then."""
        chance, said = Random(40), 0
        while not self.enough.is_set():
            who = self.learners[said % LEARNERS]
            self.school.say(who, COMPLETED, lesson(chance.choice((1, 2))))
            said += 1
            if said % 50 == 0:
                with self.story.ground.app.write(self.school.space) as tx:
                    remakings.ask(tx, now(), version_id=self.story.rules[0].id)
        for who in self.learners:
            self.school.say(who, COMPLETED, lesson(1))
            self.school.say(who, COMPLETED, lesson(2))
        return said

    def cursor(self) -> Position:
        """Tell how far all this has been followed."""
        with self.story.ground.app.read(self.school.space) as tx:
            return cursors.read_cursor(tx, "outcomes")

    def is_quiet(self) -> bool:
        """Tell whether everything has been followed, and nothing is to be made anew."""
        with self.story.ground.app.read(self.school.space) as tx:
            return not order.after(tx, cursors.read_cursor(tx, "outcomes"), 1) and not remakings.count(tx)


@pytest.mark.long
def test_whoever_leads_is_killed_and_each_award_is_given_once(ground: Ground, tmp_path: Path) -> None:
    town = Town(ground, tmp_path)

    with ThreadPoolExecutor(1) as threads:
        talking = threads.submit(town.talk)
        try:
            for _ in range(2):
                town.begin()
            for _ in range(KILLS):
                town.kill()
                before = town.cursor()
                wait_until(lambda: town.cursor() > before)  # noqa: B023 - called before the next round
                town.begin()
        finally:
            town.enough.set()
        talking.result()
        try:
            wait_until(town.is_quiet)
        finally:
            while town.processes:
                town.kill()

    whole = town.story.found()
    assert [each.done for each in whole[-2][-LEARNERS:]] == [2] * LEARNERS
    assert town.story.is_summed_up()
    town.story.rewind()  # what one process says of the same record that nobody kills
    following(ground.app, town.school.keys).catch_up()
    assert town.story.found() == whole
