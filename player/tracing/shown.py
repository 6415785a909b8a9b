"""The moments of an attempt in words: what each is called, what was decided in it, and where each activity stands after it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_datetime, gettext, ngettext

from player.course import Course
from player.sequencing.contents import Entry
from player.tracing import sentences
from player.tracing.again import Again, Standing
from player.tracing.calls import Call
from player.tracing.moments import Moment
from player.tracing.sentences import Line
from player.tracing.words import ASKED, DIFFERENCES, OUTCOMES
from storage.sequences import RequestRow

_: Callable[..., str] = gettext


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page says of the attempts at a course."""

    course: Course

    @property
    def titles(self) -> dict[str, str]:
        """Everything that can be named, as its author calls it."""
        named = {part.id: part.title for part in self.course.parts}
        tree = self.course.tree
        return named | {one.id: one.title for one in tree.activities} if tree else named

    def heading(self, moment: Moment) -> str:
        """Call a moment by what happened in it."""
        return self._asked(moment.request) if moment.request else self._said(moment.call) if moment.call else ""

    @staticmethod
    def time(at: datetime) -> str:
        """Say when, to the second: much happens in a minute."""
        return str(format_datetime(at, "dd/MM/yyyy HH:mm:ss"))

    def outcome(self, request: RequestRow) -> str:
        """Say what came of a request."""
        says = str(OUTCOMES.get(request.outcome, request.outcome))
        if request.outcome == "refused":
            return f"{says}: {sentences.reason(request.exception)}"
        return says.replace("%(activity)s", self.titles.get(request.delivered, request.delivered))

    def lines(self, then: Again) -> list[Line]:
        """Say the decisions."""
        titles = self.titles
        return [sentences.told(step, titles) for step in then.steps]

    def differences(self, then: Again) -> list[str]:
        """Say what came out otherwise than it was recorded."""
        return [str(DIFFERENCES[one]) for one in then.differs]

    def rows(self, tree: Sequence[Standing]) -> Iterator[tuple[Standing, str]]:
        """Say where each activity stands."""
        return ((one, ", ".join(_standing(one))) for one in tree)

    def _asked(self, request: RequestRow) -> str:
        says = str(ASKED.get(request.request, request.request))
        return f"{says}: {self.titles.get(request.target, request.target)}" if request.target else says

    def _said(self, call: Call) -> str:
        title = self.titles.get(call.item, call.item)
        return (
            _("“%(lesson)s” said its last words", lesson=title)
            if call.finished
            else _("“%(lesson)s” said something", lesson=title)
        )


def _standing(one: Standing) -> Iterator[str]:
    entry = one.entry
    if one.current:
        yield _("open")
    elif one.suspended:
        yield _("paused")
    elif one.active:
        yield _("under way")
    yield from _known(entry)
    if entry.attempts:
        yield ngettext("%(num)s attempt", "%(num)s attempts", entry.attempts)
    if not entry.shown:
        yield _("not shown to the learner")
    elif not entry.choice and not one.current:
        yield _("cannot be chosen now")


def _known(entry: Entry) -> Iterator[str]:
    words = {True: _("completed"), False: _("not completed")}, {True: _("passed"), False: _("not passed")}
    for known, said in zip((entry.completed, entry.satisfied), words, strict=True):
        if known is not None:
            yield said[known]
    if entry.measure is not None:
        yield _("score %(number)s", number=sentences.number(str(entry.measure)))
