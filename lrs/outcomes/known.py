"""What there is in a space that a rule can name, and what people call it: its lessons, tags and keys, and what the record knows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from lrs.catalogue import LANGUAGES
from lrs.outcomes.form.look import Eyes
from lrs.outcomes.rules import check
from lrs.outcomes.rules.sentence import Names
from lrs.outcomes.rules.words import words
from lrs.people.credentials import BROWSER, SERVER
from lrs.xapi import identifiers, languages
from storage import credentials, definitions, history, tags, versions
from storage.database import Tx

MOST = 40
"""So many lessons are shown to choose from; of more, those that are chosen, and a field that knows the others by their titles."""


@dataclass(frozen=True)
class Known:
    """What can be named here."""

    lessons: Mapping[str, str]
    """The title of each lesson by its activity, in the order in which they came."""
    tags: Mapping[str, tuple[str, ...]]
    keys: Mapping[UUID, str]
    others: Mapping[str, str]
    """What activities of others are called, those of them that a rule names and the record knows."""

    @cached_property
    def titles(self) -> dict[str, str]:
        """Map what a lesson can be called to its activity: its title, and of several with one title the address as well."""
        found: dict[str, str] = {}
        for activity, title in self.lessons.items():
            found[f"{title} ({activity})" if title in found else title] = activity
        return found

    @property
    def few(self) -> bool:
        """Whether all lessons can be shown to choose from."""
        return len(self.lessons) <= MOST

    def called(self, activity: str) -> str:
        """Say what an activity is called; one without a name is called by its address."""
        return self.lessons.get(activity) or self.others.get(activity) or activity

    def eyes(self, reader: str) -> Eyes:
        """Give what is needed to look at a rule."""
        named = {identifiers.key(each): name for each, name in {**self.others, **self.lessons}.items()}
        activities = frozenset(named) | {identifiers.key(each) for those in self.tags.values() for each in those}
        known = check.Known(activities, self.tags, frozenset(self.keys))
        names = Names({activity: name for activity, name in named.items() if name}, self.keys)
        return Eyes(known, names, {language: words(language) for language in LANGUAGES}, words(reader))


def known(tx: Tx, language: str, named: Iterable[str] = ()) -> Known:
    """Find what can be named; of activities that are no lesson of this space, those that are named and that statements were about."""
    lessons = {each.activity: each.title for each in versions.lessons(tx)}
    elsewhere = {*named} - lessons.keys()
    told = definitions.of_some(tx, elsewhere)
    others = {each: told.get(each, []) for each in elsewhere if each in told or history.is_about(tx, each)}
    keys = {row.id: row.key for row in credentials.listed(tx, SERVER, BROWSER)}
    return Known(
        lessons,
        tags.all_of(tx),
        keys,
        {each: _name(told, language) for each, told in others.items()},
    )


def _name(told: list[str], language: str) -> str:
    """Choose among the names that statements gave to an activity; none is an empty one."""
    names = (json.loads(body).get("name") for body in reversed(told))
    newest: dict[str, str] = next(filter(None, names), {})
    return next(iter(languages.chosen(newest, languages.preferences(language)).values()), "")
