"""A rule as one sentence, in the language of whoever reads it: told to learners and beside the form of whoever writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from lrs.outcomes.rules import things
from lrs.outcomes.rules.language import (
    ACTIVITY,
    ADL,
    ALL,
    AT_LEAST,
    COMPLETED,
    DAY,
    DEFAULT_VERBS,
    FIRST,
    LAST,
    PASSED,
    REGISTRATION,
    TERMINATED,
    Confirmed,
    Count,
    Did,
    Duration,
    Group,
    Leaf,
    Rule,
    Score,
)
from lrs.outcomes.rules.words import AND, OR, Words, capital, quoted
from lrs.outcomes.rules.words import marked as _


@dataclass(frozen=True, slots=True)
class Names:
    """What people call what a rule names; without a name it is called by its identifier."""

    activities: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[UUID, str] = field(default_factory=dict)


NO_NAMES = Names()

VERBS: Mapping[str, str] = {
    COMPLETED: _("complete"),
    PASSED: _("pass"),
    ADL + "answered": _("answer"),
    ADL + "attempted": _("try"),
    ADL + "attended": _("attend"),
    ADL + "experienced": _("look at"),
    ADL + "initialized": _("begin"),
    ADL + "launched": _("begin"),
}

ROLES: Mapping[str, str] = {
    "mentor": _("mentor"),
    "author": _("author"),
    "auditor": _("auditor"),
    "administrator": _("administrator"),
    "owner": _("owner"),
}

PROVENANCE: Mapping[str, str] = {
    "client-asserted": _("lessons and pages report"),
    "partner-asserted": _("other systems report"),
    "staff-asserted": _("somebody here confirms by hand"),
}

WHICH: Mapping[str, str] = {LAST: _("the last result counts"), FIRST: _("the first result counts")}

_OF_VISITS = frozenset({TERMINATED, ADL + "suspended"})


def sentence(rule: Rule, words: Words, names: Names = NO_NAMES) -> str:
    """Say what a rule asks."""
    return capital(_said(rule, words, names))


def _said(rule: Rule, words: Words, names: Names) -> str:
    if isinstance(rule, Group):
        return _group(rule, words, names)
    said = _LEAVES[type(rule)](rule, words, names) + _when(rule, words)
    notes = _notes(rule, words, names)
    return f"{said} ({'; '.join(notes)})" if notes else said


def _group(group: Group, words: Words, names: Names) -> str:
    if group.need == len(group.parts) == 1:
        return _said(group.parts[0], words, names)
    parts = [_part(part, words, names) for part in group.parts]
    if group.word != AT_LEAST:
        return words.listed(parts, AND if group.word == ALL else OR)
    among = "; ".join(parts)
    return words.ngettext(
        "at least %(num)s of these: %(among)s", "at least %(num)s of these: %(among)s", group.need, among=among
    )


def _part(part: Rule, words: Words, names: Names) -> str:
    """Say a part so that it cannot be mixed up with its neighbours."""
    while isinstance(part, Group) and part.need == len(part.parts) == 1:
        part = part.parts[0]
    said = _said(part, words, names)
    return f"({said})" if isinstance(part, Group) else said


def _did(leaf: Leaf, words: Words, names: Names) -> str:
    return f"{_verb(leaf, words)} {things.each(leaf.selection, words, names.activities)}"


def _score(leaf: Leaf, words: Words, names: Names) -> str:
    need = leaf.at_least if isinstance(leaf, Score) else 0
    share, what = words.percent(need), things.each(leaf.selection, words, names.activities)
    if need == 1:
        return words.gettext("score %(share)s in %(what)s", share=share, what=what)
    return words.gettext("score at least %(share)s in %(what)s", share=share, what=what)


def _duration(leaf: Leaf, words: Words, names: Names) -> str:
    time = words.span(leaf.minutes if isinstance(leaf, Duration) else 0)
    what = things.together(leaf.selection, words, names.activities)
    if what is None:
        return words.gettext("learn for at least %(time)s", time=time)
    return words.gettext("learn for at least %(time)s in %(what)s", time=time, what=what)


def _count(leaf: Leaf, words: Words, names: Names) -> str:
    return _COUNTED[leaf.distinct](leaf, words, names) if isinstance(leaf, Count) else ""


def _different(leaf: Count, words: Words, names: Names) -> str:
    what, verb = things.together(leaf.selection, words, names.activities), _verb(leaf, words)
    if what is None:
        return words.ngettext(
            "%(verb)s at least %(num)s lesson",
            "%(verb)s at least %(num)s different lessons",
            leaf.at_least,
            verb=verb,
        )
    return words.ngettext(
        "%(verb)s at least %(num)s of %(what)s",
        "%(verb)s at least %(num)s of %(what)s",
        leaf.at_least,
        verb=verb,
        what=what,
    )


def _times(leaf: Count, words: Words, names: Names) -> str:
    what = things.some(leaf.selection, words, names.activities)
    return words.ngettext(
        "%(verb)s %(what)s at least %(num)s time",
        "%(verb)s %(what)s at least %(num)s times",
        leaf.at_least,
        verb=_verb(leaf, words),
        what=what,
    )


def _days(leaf: Count, words: Words, names: Names) -> str:
    what = things.some(leaf.selection, words, names.activities)
    return words.ngettext(
        "%(verb)s %(what)s on at least %(num)s day",
        "%(verb)s %(what)s on at least %(num)s different days",
        leaf.at_least,
        verb=_verb(leaf, words),
        what=what,
    )


_COUNTED: Mapping[str, Callable[[Count, Words, Names], str]] = {ACTIVITY: _different, REGISTRATION: _times, DAY: _days}


def _confirmed(leaf: Leaf, words: Words, names: Names) -> str:
    who = _others(leaf, words) if isinstance(leaf, Confirmed) else ""
    if leaf.selection.activities is None and leaf.selection.tag is None:
        return words.gettext("be confirmed by %(who)s", who=who)
    what = things.some(leaf.selection, words, names.activities)
    return words.gettext("be confirmed by %(who)s for %(what)s", who=who, what=what)


def _others(leaf: Confirmed, words: Words) -> str:
    roles = words.listed([words.gettext(ROLES[role]) for role in leaf.by], OR)
    if leaf.at_least == 1:
        return words.gettext("somebody else (%(roles)s)", roles=roles)
    return words.ngettext(
        "at least %(num)s other person (%(roles)s)",
        "at least %(num)s other people (%(roles)s)",
        leaf.at_least,
        roles=roles,
    )


_LEAVES: Mapping[type, Callable[[Leaf, Words, Names], str]] = {
    Did: _did,
    Score: _score,
    Duration: _duration,
    Count: _count,
    Confirmed: _confirmed,
}


def _verb(leaf: Leaf, words: Words) -> str:
    """Say what is to be done; to complete or to pass is to complete."""
    verbs = leaf.selection.verbs
    if verbs == DEFAULT_VERBS[Did]:
        return words.gettext(VERBS[COMPLETED])
    known = [words.gettext(message) for verb, message in VERBS.items() if verb in verbs]
    others = [words.gettext("do “%(verb)s” with", verb=_last(verb)) for verb in sorted(verbs - VERBS.keys())]
    return words.listed(list(dict.fromkeys(known + others)), OR)


def _last(iri: str) -> str:
    """Call a verb by the last word of its identifier."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri


def _when(leaf: Leaf, words: Words) -> str:
    window = leaf.selection.window
    days = {"since": window.since, "through": window.through}
    said = {name: words.day(day) for name, day in days.items() if day is not None}
    message = _WHEN[tuple(said)]
    return f" {words.gettext(message, **said)}" if message else ""


_WHEN: Mapping[tuple[str, ...], str] = {
    (): "",
    ("since",): _("from %(since)s on"),
    ("through",): _("by the end of %(through)s"),
    ("since", "through"): _("from %(since)s to the end of %(through)s"),
}


def _notes(leaf: Leaf, words: Words, names: Names) -> list[str]:
    """Say what is not part of the sentence, and yet decides what counts."""
    selection = leaf.selection
    found = []
    if isinstance(leaf, Score) and leaf.which in WHICH:
        found.append(words.gettext(WHICH[leaf.which]))
    if isinstance(leaf, Score | Duration) and not selection.verbs <= (DEFAULT_VERBS[type(leaf)] | _OF_VISITS):
        verbs = words.listed([quoted(_last(verb)) for verb in sorted(selection.verbs)], OR)
        found.append(words.gettext("only what is called %(verbs)s counts", verbs=verbs))
    if selection.provenance and selection.provenance < PROVENANCE.keys():
        ways = [words.gettext(message) for way, message in PROVENANCE.items() if way in selection.provenance]
        found.append(words.gettext("only what %(ways)s counts", ways=words.listed(ways, OR)))
    if selection.credentials:
        keys = sorted(quoted(names.credentials.get(each, str(each))) for each in selection.credentials)
        found.append(words.gettext("only what comes with the key %(keys)s counts", keys=words.listed(keys, OR)))
    if selection.window.grace:
        found.append(
            words.ngettext(
                "what was done in time may arrive %(num)s day later",
                "what was done in time may arrive up to %(num)s days later",
                selection.window.grace,
            )
        )
    return found


def about(leaf: Leaf, activity: str | None) -> Leaf:
    """Ask of one activity alone what a condition asks of each; without one, the condition as it is."""
    if activity is None:
        return leaf
    return replace(leaf, selection=replace(leaf.selection, activities=(activity,), tag=None))
