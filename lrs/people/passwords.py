"""Passwords: argon2id, as many at once as there are cores; and what is too easily guessed."""

import os
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type
from flask_babel import lazy_gettext as _

from lrs.errors import Trouble
from lrs.people.folding import fold, words
from lrs.people.identity import NotUnderstood
from storage.waiting import about_to_wait

LEAST = 10
_DIFFERENT = 5
"""So many different signs are left of a password when what everybody tries first is taken out."""
MOST = 200
FIELD = "new"

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1, type=Type.ID)
"""The second choice of RFC 9106, on one lane: our processes have several requests to think of, and a core each."""

_AT_ONCE, _QUEUE = 4, 4
"""So many are computed at most, and so many wait; whoever comes then is told to come back: the threads have others to answer, too."""


class Busy(Trouble):
    """Too many passwords are being computed at once."""

    status = 503
    title = _("Many people are signing in right now")
    advice = _("Please try again in a moment. Nothing is wrong with your password.")
    retry_after = 3


class Turns:
    """Lets as many compute at once as there are cores, but for a few: each takes 64 MiB meanwhile. Who has a turn already keeps it."""

    def __init__(self, at_once: int, queue: int) -> None:
        self._free = threading.BoundedSemaphore(at_once)
        self._places = threading.BoundedSemaphore(at_once + queue)
        self._mine = threading.local()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn, or raise Busy where too many wait."""
        if getattr(self._mine, "has", False):
            yield
            return
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            about_to_wait()
            with self._free:
                self._mine.has = True
                try:
                    yield
                finally:
                    self._mine.has = False
        finally:
            self._places.release()


_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

TURNS = Turns(min(_CORES, _AT_ONCE), _QUEUE)

_EASY = (
    "password",
    "matkhau",
    "qwerty",
    "asdfgh",
    "iloveyou",
    "anhyeuem",
    "admin",
    "abc",
    "haidang",
    "haiphong",
    "vietnam",
)


def check(password: str, *about: str) -> str:
    """Refuse a password that would be guessed soon; `about` is what everybody knows of its owner."""
    told = unicodedata.normalize("NFC", password)
    if len(told) < LEAST:
        raise NotUnderstood(
            FIELD, _("A password has at least %(least)s characters. A short sentence is easy to remember.", least=LEAST)
        )
    if len(told) > MOST:
        raise NotUnderstood(FIELD, _("This is longer than %(most)s characters.", most=MOST))
    if _is_easy(told, about):
        raise NotUnderstood(FIELD, _("This would be guessed soon. Take a few words that nobody would think of."))
    return told


def _is_easy(password: str, about: tuple[str, ...]) -> bool:
    """Tell whether little is left without what everybody tries first: one sign again and again, counting, common words, the own name."""
    folded = "".join(letter for letter in fold(password) if letter.isalnum())
    known = {part for each in about for part in words(each)}
    for easy in sorted({*_EASY, *(part for part in known if len(part) > 2)}, key=len, reverse=True):  # noqa: PLR2004
        folded = folded.replace(easy, "")
    steps = [abs(ord(after) - ord(before)) for before, after in pairwise(folded)]
    counted = sum(step <= 1 for step in steps)
    return len(set(folded)) < _DIFFERENT or 2 * counted > len(steps)


def make(password: str) -> str:
    """Hash a password."""
    with TURNS.take():
        return _HASHER.hash(unicodedata.normalize("NFC", password))


def verify(hashed: str | None, password: str) -> bool:
    """Compare a password with a hash; with none it takes as long, and is wrong."""
    with TURNS.take():
        try:
            _HASHER.verify(hashed or _nobodys(), unicodedata.normalize("NFC", password)[:MOST])
        except (VerificationError, InvalidHashError):
            return False
    return hashed is not None


def is_outdated(hashed: str) -> bool:
    """Tell whether a hash was made with less than is asked today."""
    return _HASHER.check_needs_rehash(hashed)


_made: list[str] = []


def _nobodys() -> str:
    if not _made:
        _made.append(_HASHER.hash(os.urandom(16).hex()))
    return _made[0]
