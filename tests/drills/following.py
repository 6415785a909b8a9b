"""A process that follows as a worker of the service does, one candidate among others: `python -m tests.drills.following URL KEYS`."""

from __future__ import annotations

import sys
from pathlib import Path

from lrs.followers import Followers, Together
from lrs.outcomes.follower import Awards
from lrs.outcomes.remaking import Remaking
from lrs.sealing import KeyRing
from packages.courses.follower import Courses
from storage.database import Database
from tests.lrs.outcomes.school import HOME


def following(database: Database, keys: KeyRing) -> Followers:
    """Put those who follow together as the service does."""
    courses = Courses(HOME, keys)
    return Followers(database, [Together(Awards(HOME, keys), courses)], jobs=[Remaking(HOME, keys, courses.settle)])


def main(url: str, keys: str) -> None:
    """Follow until killed."""
    followers = following(Database(url), KeyRing(Path(keys)))
    print("here", flush=True)
    followers.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
