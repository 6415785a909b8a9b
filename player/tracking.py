"""What a commit makes of a track, pure: values checked, visits opened and closed, late words put where they belong."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from player import standing
from player.cmi import received, visit
from player.cmi.tables import table
from player.cmi.visit import Kept
from player.commit import Commit
from player.course import Course, Part
from player.opening import Opening
from player.standing import COMPLETED, Standing

PLAINLY = Opening(taken=(0, 0))
"""Of a course without a sequencer: each visit finds what the one before has left."""


@dataclass(frozen=True, slots=True)
class Track:
    """What stands of an item: its values, its newest visit, and whether that has ended."""

    values: dict[str, str]
    session: int = 0
    visit: int = 0
    ended: bool = False
    opening: Opening = PLAINLY
    """How its next visit is opened."""

    @property
    def there(self) -> bool:
        """Tell whether the item was ever opened."""
        return self.session > 0


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit makes of a track."""

    before: Track
    """As the visit found it, or as it stood."""
    after: Track
    first: bool
    """Whether the visit begins with it."""
    finished: bool
    """Whether the visit ends with it."""
    refused: tuple[str, ...]

    @property
    def afresh(self) -> bool:
        """Tell whether the visit begins without anything of an earlier one."""
        return self.first and not any(name.startswith("cmi.interactions.") for name in self.before.values)


def change(course: Course, part: Part, was: Track, said: Commit, overtaken: Iterable[str] = ()) -> Change:
    """Apply a commit; what a later one has said already (`overtaken`) stays as that one said it."""
    kept, refused = received.check(course.edition, said.values, was.values, was.opening.access)
    if not part.speaks:
        kept, refused = {}, list(said.values)
    news = {element: value for element, value in kept.items() if element not in set(overtaken)}
    now, newest = (said.session, said.visit), (was.session, was.visit)
    if now < newest:
        return _late(course, was, news, refused)
    first = now > newest
    before = (
        replace(was, session=said.session, visit=said.visit, ended=False, values=opened(course, part, was))
        if first
        else was
    )
    values, too_much = _bounded(course.edition, before.values, news)
    finished = said.finished and not before.ended
    if finished:
        values = _closed(course, part, values, silence=course.tree is None)
    after = replace(before, values=values, ended=before.ended or finished)
    return Change(before, after, first, finished, (*refused, *too_much))


def standing_in(course: Course, part: Part, track: Track) -> Standing:
    """Tell where a learner stands in an item; a page that says nothing is done when it was open."""
    if not part.speaks:
        return Standing(COMPLETED if track.there else "")
    # What a lesson leaves unsaid is for the sequencer to judge, once it knows what comes next: in its track it stays unsaid.
    values = _closed(course, part, track.values) if course.tree and track.ended else track.values
    return standing.lesson(values, course.edition)


def opened(course: Course, part: Part, was: Track) -> dict[str, str]:
    """Say what a visit finds."""
    kept = Kept(was.values, was.ended) if was.there else None
    return was.opening.found(table(course.edition), kept, part.given)


def _closed(course: Course, part: Part, values: dict[str, str], *, silence: bool = True) -> dict[str, str]:
    """End a visit. Silence about completion counts as completion, unless the manifest says that the lesson speaks for itself."""
    speaks = table(course.edition)
    closed = visit.closed(speaks, values, part.given)
    if silence and part.silence_completes:
        assumed = visit.assumed(speaks, closed, part.given)
        closed |= {name: value for name, value in assumed.items() if name == standing.COMPLETION_2004}
    return closed


def _late(course: Course, was: Track, news: dict[str, str], refused: list[str]) -> Change:
    """Take what an earlier visit said last: nothing of its end, and nothing at all where the newest one began afresh."""
    if standing.is_resumed(was.values, course.edition) or course.edition == "1.2":
        of_visits = table(course.edition)["elements"]
        lasting = {
            name: value
            for name, value in news.items()
            if name not in was.values and not of_visits.get(name, {}).get("session")
        }
        values, too_much = _bounded(course.edition, was.values, lasting)
        return Change(was, replace(was, values=values), first=False, finished=False, refused=(*refused, *too_much))
    return Change(was, was, first=False, finished=False, refused=tuple(refused))


def _bounded(edition: str, values: dict[str, str], news: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Take news in as far as there is room, the shortest first: a lesson that writes without end harms nobody but itself."""
    bounds = table(edition)["bounds"]
    merged = values | news
    if len(merged) <= bounds["elements"] and _size(merged) <= bounds["characters"]:
        return merged, []
    merged, size, left = dict(values), _size(values), []
    for element, value in sorted(news.items(), key=lambda one: len(one[1])):
        growth = len(value) + (-len(merged[element]) if element in merged else len(element))
        fits = element in merged or len(merged) < bounds["elements"]
        if fits and size + growth <= bounds["characters"]:
            merged[element] = value
            size += growth
        else:
            left.append(element)
    return merged, left


def _size(values: dict[str, Any]) -> int:
    return sum(len(element) + len(value) for element, value in values.items())
