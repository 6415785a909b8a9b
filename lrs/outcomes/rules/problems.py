"""What can be wrong with a rule: where, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lrs.outcomes.rules.words import Words
from lrs.outcomes.rules.words import marked as _


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong at a place, which is a JSON pointer into the text of the rule."""

    place: str
    code: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)

    @property
    def hint(self) -> bool:
        """Whether the rule works all the same."""
        return self.code in HINTS

    def says(self, words: Words) -> str:
        """Say it to whoever writes the rule."""
        return words.gettext(SAYS[self.code], **{name: words.shown(value) for name, value in self.values.items()})


class WrongRule(ValueError):
    """A text that is no rule."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{each.place}: {each.code}" for each in problems))
        self.problems = problems


HINTS = frozenset({"twice"})

SAYS: Mapping[str, str] = {
    "not-json": _("This is no JSON text."),
    "wrong-kind": _("Another kind of value belongs here."),
    "missing": _("“%(name)s” is missing here."),
    "unknown-word": _("Rules do not know the word “%(name)s” here."),
    "empty": _("Something has to stand here."),
    "one-word": _("Only one condition can stand here. Join several with “all” or “any”."),
    "too-much": _("At most %(most)s may stand here."),
    "again": _("The same stands here twice."),
    "one-of": _("One of these belongs here: %(choices)s."),
    "too-small": _("This must be at least %(least)s."),
    "not-positive": _("This must be more than %(least)s."),
    "too-large": _("This must be at most %(most)s."),
    "no-date": _("This is no day. Write year, month and day, such as 2026-01-31."),
    "no-id": _("This is no id of a key."),
    "no-iri": _("This is no identifier. An address such as https://example.org/lesson belongs here."),
    "beside": _("“activity”, “activities” and “tag” exclude each other: only one of them can stand here."),
    "which-activity": _("It has to be said in which activity: by “activity”, “activities” or “tag”."),
    "too-deep": _("Conditions are nested too deep: at most %(most)s are possible."),
    "too-many": _("The rule has too many conditions: at most %(most)s are possible."),
    "so-few-parts": _("This cannot be met: %(need)s conditions are asked for, and there are only %(there)s."),
    "so-few-activities": _("This cannot be met: %(need)s activities are asked for, and there are only %(there)s."),
    "so-few-days": _("This cannot be met: %(need)s days are asked for, and the window has only %(there)s."),
    "so-little-time": _("This cannot be met: the window has only %(there)s minutes."),
    "tag-of-nothing": _("This cannot be met: nothing carries this tag yet."),
    "upside-down": _("The window ends before it begins."),
    "grace-of-nothing": _("A grace says how late something may come. Without “through” nothing is late."),
    "verb-never": _("No statement with such a verb can count here."),
    "unknown-activity": _("There is no such activity here."),
    "unknown-tag": _("There is no such tag here."),
    "unknown-key": _("There is no such key here."),
    "twice": _("The same condition stands here twice."),
}
