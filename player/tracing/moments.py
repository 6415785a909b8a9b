"""The moments of an attempt, in order: what lessons said, and what was asked of the sequencer; one of them is looked at. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from player.tracing.calls import Call
from storage.sequences import RequestRow

AROUND = 12
"""Moments on either side of the chosen one that the list shows."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of an attempt, numbered from 1."""

    n: int
    what: Call | RequestRow

    @property
    def call(self) -> Call | None:
        """What a lesson said, if that is what happened."""
        return self.what if isinstance(self.what, Call) else None

    @property
    def request(self) -> RequestRow | None:
        """What was asked, if that is what happened."""
        return self.what if isinstance(self.what, RequestRow) else None


@dataclass(frozen=True, slots=True)
class Walk:
    """All moments of an attempt, and the one that is looked at."""

    moments: tuple[Moment, ...]
    at: int

    @property
    def now(self) -> Moment:
        """The one that is looked at."""
        return self.moments[self.at - 1]

    @property
    def shown(self) -> tuple[Moment, ...]:
        """Those around it."""
        return self.moments[max(0, self.at - 1 - AROUND) : self.at + AROUND]

    @property
    def previous(self) -> int | None:
        """The number of the one before."""
        return self.at - 1 if self.at > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the one after."""
        return self.at + 1 if self.at < len(self.moments) else None

    @property
    def request(self) -> RequestRow | None:
        """What was asked last by then: it says where the course stands."""
        return next((one.request for one in reversed(self.moments[: self.at]) if one.request), None)

    def after(self, request: RequestRow) -> RequestRow | None:
        """Find what was asked next."""
        return next(
            (one.request for one in self.moments if one.request and one.request.revision > request.revision), None
        )


def walk(calls: Sequence[Call], requests: Sequence[RequestRow], asked: str) -> Walk | None:
    """Lay both side by side; what is asked for is a number, or else the last moment is shown. None where nothing has happened."""
    happened: list[Call | RequestRow] = [*calls, *requests]
    # What a lesson says when it ends comes with the request that follows: at the same time, the words were first.
    happened.sort(key=lambda one: (one.at, isinstance(one, RequestRow)))
    moments = tuple(Moment(n, one) for n, one in enumerate(happened, 1))
    if not moments:
        return None
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else len(moments)  # noqa: PLR2004
    return Walk(moments, min(max(1, number), len(moments)))
