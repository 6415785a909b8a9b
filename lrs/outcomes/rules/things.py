"""What a condition is about, in the words of a sentence: each of some activities, all of them together, or any one of them."""

from collections.abc import Mapping

from lrs.outcomes.rules.language import Selection
from lrs.outcomes.rules.words import AND, OR, Words, quoted

FEW = 3
"""So many are called by their names; more are counted."""

Named = Mapping[str, str]


def each(selection: Selection, words: Words, names: Named) -> str:
    """Name each of the activities: what is asked is asked of every one."""
    activities = selection.activities
    if selection.tag is not None:
        tag = quoted(selection.tag)
        if activities is None:
            return words.gettext("all lessons of %(tag)s", tag=tag)
        if len(activities) == 1:
            return words.gettext("the one lesson of %(tag)s", tag=tag)
        return words.ngettext("%(num)s lesson of %(tag)s", "all %(num)s lessons of %(tag)s", len(activities), tag=tag)
    if activities is None:
        return words.gettext("any lesson")
    if len(activities) > FEW:
        return words.ngettext("%(num)s lesson", "all %(num)s lessons", len(activities))
    return _called(activities, words, names, AND)


def together(selection: Selection, words: Words, names: Named) -> str | None:
    """Name the activities as those that are added up or counted; None if there is nothing to name."""
    activities = selection.activities
    if selection.tag is not None:
        tag = quoted(selection.tag)
        if activities is None:
            return words.gettext("the lessons of %(tag)s", tag=tag)
        return words.ngettext(
            "the %(num)s lesson of %(tag)s", "the %(num)s lessons of %(tag)s", len(activities), tag=tag
        )
    if activities is None:
        return None
    if len(activities) > FEW:
        return words.ngettext("the %(num)s chosen lesson", "the %(num)s chosen lessons", len(activities))
    return _called(activities, words, names, AND)


def some(selection: Selection, words: Words, names: Named) -> str:
    """Name the activities as those of which any will do."""
    activities = selection.activities
    if selection.tag is not None:
        return words.gettext("a lesson of %(tag)s", tag=quoted(selection.tag))
    if activities is None:
        return words.gettext("any lesson")
    if len(activities) > FEW:
        return words.ngettext("%(num)s chosen lesson", "one of %(num)s chosen lessons", len(activities))
    return _called(activities, words, names, OR)


def _called(activities: tuple[str, ...], words: Words, names: Named, style: str) -> str:
    return words.listed([quoted(names.get(each, each)) for each in activities], style)
