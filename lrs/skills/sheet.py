"""The form of a skill as it was sent: what was typed, the rule that it makes, its sentences, and what is wrong where."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

import orjson
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from lrs.catalogue import LANGUAGES
from lrs.outcomes import versions
from lrs.outcomes.form.places import Mistake
from lrs.outcomes.rules import reading
from lrs.outcomes.rules.problems import WrongRule
from lrs.outcomes.rules.sentence import sentence
from lrs.outcomes.rules.words import words
from lrs.people.identity import NotUnderstood, line
from lrs.skills import asking, picture
from lrs.skills.asking import Asks, Body
from storage import tags
from storage.database import Tx
from storage.skills import SkillRow

MOST_TAGGED = 100
_FEW_DIGITS = 4

_EMPTY = _("Choose at least one lesson, tag, course or confirmation.")
_SAID_ELSE = {
    "so-few-parts": _("So many parts are not there. Write a smaller number, or nothing for all of them."),
    "unknown-tag": _("No lesson has this tag yet. The skill opens by itself when a lesson is given it."),
    "so-few-activities": _("So many lessons do not have this tag yet. The skill opens by itself when they do."),
}
_LATER = frozenset({"unknown-tag", "tag-of-nothing", "so-few-activities"})
"""What may come to be by itself: no reason not to keep what was written."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown of a skill that is written."""

    titles: Mapping[str, str]
    says: Mapping[str, str]
    picture: str
    asks: Asks
    body: Body | None = None
    sentences: Mapping[str, str] | None = None
    mistakes: tuple[Mistake, ...] = field(default=())
    typed: Mapping[str, str] = field(default_factory=dict)
    """Numbers as they were typed."""

    @property
    def text(self) -> str:
        """Give the rule as JSON."""
        return orjson.dumps(self.body).decode()

    @property
    def wrong(self) -> list[Mistake]:
        """List what keeps it from being kept."""
        return [each for each in self.mistakes if not each.hint]


def kept(tx: Tx, row: SkillRow, courses: Mapping[UUID, Body], own: str) -> Sheet:
    """Show a skill that is kept."""
    sheet = Sheet(orjson.loads(row.titles), orjson.loads(row.says), row.picture, asking.read(row.asks))
    return _looked(tx, sheet, courses, own)


def sent(tx: Tx, form: MultiDict[str, str], courses: Mapping[UUID, Body], own: str) -> Sheet:
    """Read a form, and look at what it says."""
    mistakes: list[Mistake] = []
    typed = {name: form.get(name, "").strip() for name in ("tagged", "need")}
    known = {each.casefold(): each for each in tags.all_of(tx)}
    tag = _line(form, "tag", mistakes)
    asks = Asks(
        lessons=tuple(dict.fromkeys(form.getlist("lessons"))),
        tag=known.get(tag.casefold(), tag),
        tagged=_number("tagged", typed["tagged"], 1, mistakes),
        courses=tuple(each for each in courses if str(each) in form.getlist("courses")),
        others=tuple(dict.fromkeys(form.get("others", "").split())),
        confirmed="confirmed" in form,
        need=_number("need", typed["need"], 0, mistakes),
    )
    titles, says = ({each: _line(form, f"{what}-{each}", mistakes) for each in LANGUAGES} for what in ("title", "says"))
    if not any(titles.values()):
        mistakes.append(Mistake("title-vi", gettext("Write what the skill is called."), ""))
    shape = form.get("picture", "")
    sheet = Sheet(
        {each: text for each, text in titles.items() if text},
        {each: text for each, text in says.items() if text},
        shape if shape in picture.SHAPES else next(iter(picture.SHAPES)),
        asks,
        mistakes=tuple(mistakes),
        typed=typed,
    )
    return _looked(tx, sheet, courses, own)


def _looked(tx: Tx, sheet: Sheet, courses: Mapping[UUID, Body], own: str) -> Sheet:
    """Say what a sheet says, and what is wrong with it."""
    body = asking.rule_of(sheet.asks, courses, own)
    if body is None:
        return replace(sheet, mistakes=(*sheet.mistakes, Mistake("lessons", str(_EMPTY), "", hint=True)))
    tongue, found = words(str(get_locale())), list(sheet.mistakes)
    for each in versions.problems(tx, body):
        if not each.hint:
            says = str(_SAID_ELSE[each.code]) if each.code in _SAID_ELSE else each.says(tongue)
            at = asking.field_of(each.place, sheet.asks, courses, own)
            if (at, each.code) == ("others", "unknown-activity"):
                says = gettext(
                    "No other system has reported this lesson yet: %(address)s",
                    address=asking.said_at(body, each.place),
                )
            found.append(Mistake(at, says, each.place, hint=each.code in _LATER))
    return replace(sheet, body=body, sentences=_sentences(tx, body), mistakes=tuple(found))


def _sentences(tx: Tx, body: Body) -> Mapping[str, str] | None:
    try:
        rule = reading.read(body)
    except WrongRule:
        return None
    return {each: sentence(rule, words(each), versions.names(tx, [rule], each)) for each in LANGUAGES}


def _line(form: MultiDict[str, str], name: str, mistakes: list[Mistake]) -> str:
    try:
        return line(name, form.get(name, ""))
    except NotUnderstood as wrong:
        mistakes.append(Mistake(name, str(wrong.detail), ""))
        return ""


def _number(name: str, text: str, otherwise: int, mistakes: list[Mistake]) -> int:
    if not text:
        return otherwise
    if text.isascii() and text.isdecimal() and len(text) <= _FEW_DIGITS and 1 <= int(text) <= MOST_TAGGED:
        return int(text)
    mistakes.append(Mistake(name, gettext("Write a whole number from 1 to %(most)s.", most=MOST_TAGGED), ""))
    return otherwise
