"""What one process remembers of keys and sessions: which it has just verified, how often they may still ask, when they were used."""

from dataclasses import dataclass, field

from flask import Flask, current_app

from lrs.people.known import KnownKeys
from lrs.people.rates import Rates
from lrs.people.seen import Seen
from lrs.people.uses import Uses
from storage.database import Database

_NAME = "haidang.keeper"


@dataclass(frozen=True)
class Keeper:
    """The memory of one process."""

    uses: Uses
    known: KnownKeys = field(default_factory=KnownKeys)
    rates: Rates = field(default_factory=Rates)
    seen: Seen = field(default_factory=Seen)


def attach(app: Flask, database: Database) -> None:
    """Give an application its memory."""
    app.extensions[_NAME] = Keeper(Uses(database))


def keeper() -> Keeper:
    """Reach the memory of the current application."""
    return keeper_of(current_app)


def keeper_of(app: Flask) -> Keeper:
    """Reach the memory of an application."""
    found: Keeper = app.extensions[_NAME]
    return found
