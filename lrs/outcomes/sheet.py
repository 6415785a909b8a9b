"""The form of a rule as it was sent: in which view it is, which button was pressed, and what is to be shown then. Nothing is kept here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from lrs.outcomes.form import changes, flat
from lrs.outcomes.form.draft import Condition, Draft, nodes, shown
from lrs.outcomes.form.look import Look, look, look_at_text
from lrs.outcomes.known import Known
from lrs.outcomes.rules import reading
from lrs.outcomes.rules.problems import WrongRule

Finding = Callable[[Iterable[str]], Known]
"""Find what can be named in a space, these activities among it."""

JSON = "json"


@dataclass(frozen=True)
class Sheet:
    """What is shown: a look at the rule, and how."""

    known: Known
    look: Look
    name: str = ""
    as_json: bool = False
    told: bool = False
    """Whether mistakes are said: not before somebody has asked."""
    focus: str = ""
    """The path of the condition that is new, or that stands where one was."""

    @property
    def draft(self) -> Draft | None:
        """Give the rule as it stands in the form."""
        return self.look.draft


def fresh(find: Finding, language: str) -> Sheet:
    """Begin a rule: with one condition, the one most rules have."""
    known = find(())
    return Sheet(known, look(changes.blank("did"), known.eyes(language)))


def kept(find: Finding, language: str, text: str, name: str) -> Sheet:
    """Show a rule that is kept."""
    draft = shown(reading.value(text))
    known = find(_named(draft))
    return Sheet(known, look(draft, known.eyes(language)), name)


def sent(find: Finding, language: str, form: MultiDict[str, str]) -> Sheet:
    """Do what the form asks for, short of keeping it."""
    name, deed = form.get("name", "").strip(), form.get("do", "look")
    sheet = _text if form.get("view") == JSON else _fields
    return replace(sheet(find, language, form, deed), name=name)


def _text(find: Finding, language: str, form: MultiDict[str, str], deed: str) -> Sheet:
    text = form.get("text", "")
    try:
        draft = shown(reading.value(text))
    except WrongRule:
        draft = None
    known = find(_named(draft))
    eyes = known.eyes(language)
    if deed == "form" and draft is not None:
        return Sheet(known, look(draft, eyes))
    return Sheet(known, look_at_text(text, eyes), as_json=True, told=True)


def _fields(find: Finding, language: str, form: MultiDict[str, str], deed: str) -> Sheet:
    draft = flat.read(form.items(multi=True))
    known = find(_named(draft))
    draft, focus = changes.settled(draft, known.titles), ""
    if deed.startswith("add "):  # the button says where, and the list beside it what
        deed += " " + form.get(deed.removeprefix("add ") + ".add", "")
    done = changes.changed(draft, deed)
    if done is not None:
        draft, focus = done
    elif deed.startswith("every ") and draft is not None:
        focus = deed.removeprefix("every ")
        draft = changes.with_all(draft, focus, tuple(known.lessons))
    taken = deed.startswith("take ") and not _written_besides(draft)
    told = done is None and not taken and not deed.startswith("every ") and deed != JSON
    return Sheet(known, look(draft, known.eyes(language)), as_json=deed == JSON, told=told, focus=focus)


def _written_besides(draft: Draft | None) -> bool:
    """Tell whether a title is left that no lesson has."""
    return draft is not None and any(
        isinstance(node, Condition) and node.one("moreActivities") for _, node in nodes(draft)
    )


def _named(draft: Draft | None) -> list[str]:
    if draft is None:
        return []
    conditions = [node for _, node in nodes(draft) if isinstance(node, Condition)]
    return [each for node in conditions for each in (*node.all("activities"), *node.all("moreActivities"))]
