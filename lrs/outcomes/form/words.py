"""What the form calls the parts of a rule: messages, translated where they are shown."""

from collections.abc import Mapping

from lrs.outcomes.rules.language import (
    ACTIVITY,
    ADL,
    ALL,
    ANY,
    AT_LEAST,
    BEST,
    COMPLETED,
    CONFIRM,
    DAY,
    FIRST,
    LAST,
    PASSED,
    REGISTRATION,
    TERMINATED,
)
from lrs.outcomes.rules.words import marked as _

KINDS: Mapping[str, str] = {
    "did": _("Complete lessons"),
    "score": _("Reach a score"),
    "duration": _("Learn long enough"),
    "count": _("Do it often enough"),
    "confirmed": _("Somebody else confirms it"),
}

JOINS: Mapping[str, str] = {
    ALL: _("all of these conditions"),
    ANY: _("any one of these conditions"),
    AT_LEAST: _("at least some of these conditions"),
}

ABOUT: Mapping[str, str] = {
    "chosen": _("the lessons that I choose"),
    "tag": _("all lessons with one tag"),
    "any": _("any lesson"),
}

WHICH: Mapping[str, str] = {BEST: _("the best result"), LAST: _("the last result"), FIRST: _("the first result")}

DISTINCT: Mapping[str, str] = {
    ACTIVITY: _("different lessons"),
    REGISTRATION: _("different attempts"),
    DAY: _("different days"),
}

VERBS: Mapping[str, str] = {
    COMPLETED: _("completed"),
    PASSED: _("passed"),
    ADL + "failed": _("failed"),
    ADL + "answered": _("answered"),
    ADL + "attempted": _("tried"),
    ADL + "attended": _("attended"),
    ADL + "experienced": _("looked at"),
    ADL + "initialized": _("began"),
    ADL + "launched": _("opened"),
    TERMINATED: _("ended"),
    ADL + "suspended": _("interrupted"),
    CONFIRM: _("confirmed"),
}
"""What a statement says that somebody did."""

USUAL: Mapping[str, str] = {
    "did": _("If nothing is chosen: completed or passed."),
    "score": _("If nothing is chosen: whatever has a score."),
    "duration": _("If nothing is chosen: ended. For lessons of this service choose ended and interrupted."),
    "count": _("If nothing is chosen: completed or passed."),
    "confirmed": _("If nothing is chosen: confirmed."),
}
"""What counts for a condition that names no verb."""

PROVENANCE: Mapping[str, str] = {
    "client-asserted": _("lessons and pages in a browser"),
    "partner-asserted": _("other systems, with a server’s key"),
    "staff-asserted": _("somebody here, by hand"),
}
