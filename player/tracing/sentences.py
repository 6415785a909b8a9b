"""A step of a trace as a sentence: what was decided, about what, and why; beside it stands the process by its number."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import format_decimal, gettext

from player.sequencing.trace import Step
from player.tracing.words import ACTIONS, BECOMES, CONDITIONS, EXCEPTIONS, MEMBERS, REQUESTS, SAID, SETS

_: Callable[..., str] = gettext
Found = Mapping[str, str]
_CONDITION = re.compile(r"(?P<not>not )?(?P<name>\w+)(?: (?P<number>-?[\d.]+(?:e-?\d+)?))?(?: of (?P<objective>.+))?")
_CONDITIONS = re.compile(r"(?P<how>all|any) of: (?P<each>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A decision as an author reads it."""

    process: str
    says: str
    code: str = ""
    """Why something was not possible, by the book's number."""


def told(step: Step, titles: Mapping[str, str]) -> Line:
    """Say a step; one that a later version would write is said as it stands."""
    for process, pattern, sentence in _SENTENCES:
        if process == step.process:
            found = pattern.fullmatch(f"{step.outcome}|{step.why}")
            if found:
                about = {name: value or "" for name, value in found.groupdict().items()}
                says = sentence(about | {"activity": titles.get(step.activity, step.activity)})
                return Line(step.process, says, about.get("code", ""))
    return Line(step.process, ": ".join(filter(None, (titles.get(step.activity, step.activity), str(step)))))


def number(value: str) -> str:
    """Write a number as its reader writes it."""
    try:
        return str(format_decimal(float(value), format="0.####"))
    except ValueError:
        return value


def request(name: str) -> str:
    """Say a request."""
    return str(REQUESTS.get(name, name))


def reason(code: str) -> str:
    """Say why something is not possible."""
    return str(EXCEPTIONS.get(code, code))


def conditions(words: str) -> str:
    """Say the conditions of a rule."""
    found = _CONDITIONS.fullmatch(words)
    if not found:
        return words
    joined = _(" and ") if found["how"] == "all" else _(" or ")
    return joined.join(_condition(one) for one in found["each"].split(", "))


def _condition(words: str) -> str:
    found = _CONDITION.fullmatch(words)
    if not found or found["name"] not in CONDITIONS:
        return words
    says = str(CONDITIONS[found["name"]][bool(found["not"])]).replace("%(number)s", number(found["number"] or "0"))
    if found["objective"]:
        return _("%(condition)s (objective %(objective)s)", condition=says, objective=found["objective"])
    return says


def _asked(about: Found) -> str:
    if about["target"]:
        return _(
            "Asked for: %(request)s: “%(activity)s”.", request=request(about["request"]), activity=about["activity"]
        )
    return _("Asked for: %(request)s.", request=request(about["request"]))


def _valid(about: Found) -> str:
    return _asked(dict(about) | {"target": about["activity"]})


def _not_valid(about: Found) -> str:
    return " ".join((_valid(about), _("Not possible: %(reason)s.", reason=reason(about["code"]))))


def _left(about: Found) -> str:
    if not about["then"]:
        return _("Left: “%(activity)s”.", activity=about["activity"])
    then = request(about["then"])
    return _("Left: “%(activity)s”. What follows: %(request)s.", activity=about["activity"], request=then)


def _not_left(about: Found) -> str:
    return _("Nothing was left: %(reason)s.", reason=reason(about["code"]))


def _rule(about: Found) -> str:
    return _(
        "A rule of “%(activity)s” holds: %(action)s, because: %(conditions)s.",
        activity=about["activity"],
        action=ACTIONS.get(about["action"], about["action"]),
        conditions=conditions(about["conditions"]),
    )


def _rolled_up(about: Found) -> str:
    among = str(SETS.get(about["set"], about["set"])).replace("%(count)s", about["count"])
    return _(
        "“%(activity)s” becomes: %(state)s. It holds for %(set)s: %(conditions)s.",
        activity=about["activity"],
        state=BECOMES.get(about["action"], about["action"]),
        set=among,
        conditions=conditions(about["conditions"]),
    )


def _measured(about: Found) -> str:
    return _(
        "“%(activity)s” becomes: %(state)s. Its own score or progress decides, from %(number)s on.",
        activity=about["activity"],
        state=BECOMES.get(about["state"], about["state"]),
        number=number(about["number"]),
    )


def _said(about: Found) -> str:
    said = "; ".join(map(_member, about["said"].split(", ")))
    if about["objective"]:
        return _(
            "“%(activity)s” said of its objective %(objective)s: %(said)s.",
            activity=about["activity"],
            objective=about["objective"],
            said=said,
        )
    return _("“%(activity)s” said: %(said)s.", activity=about["activity"], said=said)


def _member(words: str) -> str:
    name, _separator, value = words.partition(" ")
    return str(SAID.get(words) or f"{MEMBERS.get(name, name)} {number(value)}")


def _comes_next(about: Found) -> str:
    return _("What comes next is found: “%(activity)s”.", activity=about["activity"])


def _nothing_next(about: Found) -> str:
    if about["code"]:
        return _("Nothing is opened: %(reason)s.", reason=reason(about["code"]))
    return _("Nothing is opened now.")


def _ends(about: Found) -> str:
    if about["code"]:
        return _("The course ends: %(reason)s.", reason=reason(about["code"]))
    return _("The course ends.")


def _no_way(about: Found) -> str:
    return _("“%(activity)s” is not opened: %(reason)s.", activity=about["activity"], reason=reason(about["code"]))


def _plain(words: Callable[[str], str]) -> Callable[[Found], str]:
    """Make a sentence that is only about an activity."""
    return lambda about: words(about["activity"])


def _numbered(words: Callable[[str, str], str]) -> Callable[[Found], str]:
    """Make a sentence about an activity and a number."""
    return lambda about: words(about["activity"], number(about["number"]))


_SENTENCES: tuple[tuple[str, re.Pattern[str], Callable[[Found], str]], ...] = tuple(
    (process, re.compile(pattern, re.DOTALL), sentence)
    for process, pattern, sentence in (
        ("NB.2.1", r"(?P<request>\w*): not valid\|(?P<code>\S*)", _not_valid),
        ("NB.2.1", r"(?P<request>\w*): .*\|", _valid),
        ("TB.2.1", r"exit\|", _plain(lambda one: _("An exit rule ends all of “%(activity)s”.", activity=one))),
        ("TB.2.3", r"(?P<request>\w*)\|(?:then (?P<then>\w+))?", _left),
        ("TB.2.3", r"(?P<request>\w*)\|(?P<code>TB\S+)", _not_left),
        ("UP.2", r"(?P<action>\w+)\|(?P<conditions>.*)", _rule),
        ("UP.4", r"attempt ended\|", _plain(lambda one: _("The attempt on “%(activity)s” has ended.", activity=one))),
        (
            "UP.4",
            r"attempt suspended\|",
            _plain(lambda one: _("The attempt on “%(activity)s” is paused, and can go on.", activity=one)),
        ),
        (
            "UP.4",
            r"completed\|.*",
            _plain(lambda one: _("“%(activity)s” said nothing of it, so it counts as completed.", activity=one)),
        ),
        (
            "UP.4",
            r"satisfied\|.*",
            _plain(lambda one: _("“%(activity)s” said nothing of it, so it counts as passed.", activity=one)),
        ),
        (
            "RB.1.1a",
            r"measure (?P<number>\S+)\|",
            _numbered(
                lambda one, n: _(
                    "The score of “%(activity)s” comes from its parts: %(number)s.", activity=one, number=n
                )
            ),
        ),
        (
            "RB.1.1b",
            r"progress (?P<number>\S+)\|",
            _numbered(
                lambda one, n: _(
                    "The progress of “%(activity)s” comes from its parts: %(number)s.", activity=one, number=n
                )
            ),
        ),
        ("RB.1.2a", r"(?P<state>[\w ]+)\|satisfied by a measure of (?P<number>\S+)", _measured),
        ("RB.1.3a", r"(?P<state>[\w ]+)\|completed by a progress of (?P<number>\S+)", _measured),
        ("RB.1.4", r"(?P<action>\w+)\|(?P<set>\w+) of (?P<count>\d+): (?P<conditions>.*)", _rolled_up),
        (
            "SR.1",
            r"selected (?P<number>\d+) of (?P<all>\d+)\|",
            lambda about: _(
                "Of the %(all)s parts of “%(activity)s” this learner is given %(number)s.",
                all=about["all"],
                activity=about["activity"],
                number=about["number"],
            ),
        ),
        (
            "SR.2",
            r"shuffled\|",
            _plain(lambda one: _("The parts of “%(activity)s” are put in an order of chance.", activity=one)),
        ),
        ("SB.2.2", r"skipped\|", _plain(lambda one: _("“%(activity)s” is passed over.", activity=one))),
        ("SB.2.2", r"(?P<code>SB\S+)\|.*", _no_way),
        ("SB.2.9", r"(?P<code>SB\S+)\|.*", _no_way),
        ("SB.2.12", r"(?P<request>\w*): an activity to deliver\|", _comes_next),
        ("SB.2.12", r"(?P<request>\w*): the session ends\|(?P<code>\S*)", _ends),
        ("SB.2.12", r"(?P<request>\w*): nothing to deliver\|(?P<code>\S*)", _nothing_next),
        ("DB.1.1", r"(?P<code>DB\S+)\|.*", _no_way),
        (
            "DB.2",
            r"delivered\|resumed",
            _plain(lambda one: _("“%(activity)s” is opened, and goes on where it was left.", activity=one)),
        ),
        ("DB.2", r"delivered\|", _plain(lambda one: _("“%(activity)s” is opened.", activity=one))),
        ("OP.1", r"the session has ended\|", lambda _about: _("The course has ended.")),
        ("RTE", r"(?P<said>[^|]*)\|(?P<objective>.*)", _said),
    )
)
"""Of each process: what its step looks like, and how it is said."""
