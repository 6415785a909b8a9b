"""Looking at a draft: its JSON, what it says as a sentence in each language, and what is wrong with it, all from the same text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from lrs.outcomes.form.draft import Draft, shown, written
from lrs.outcomes.form.places import Mistake, mistakes
from lrs.outcomes.rules import check, language, reading
from lrs.outcomes.rules.problems import Problem, WrongRule
from lrs.outcomes.rules.sentence import NO_NAMES, Names, sentence
from lrs.outcomes.rules.words import Words

TEXT = "text"
"""The field in which the JSON itself is written."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen of a rule while it is written."""

    text: str
    """Its JSON, for whoever wants to read or write that."""
    draft: Draft | None = None
    sentences: Mapping[str, str] | None = None
    """By language; None as long as the text is no rule."""
    mistakes: tuple[Mistake, ...] = ()

    @property
    def wrong(self) -> list[Mistake]:
        """List what has to be put right before it can be kept."""
        return [each for each in self.mistakes if not each.hint]


@dataclass(frozen=True, slots=True)
class Eyes:
    """With what one looks: what there is in the space, what it is called, in which languages, and that of the reader."""

    known: check.Known
    names: Names
    words: Mapping[str, Words]
    reader: Words


def look(draft: Draft | None, eyes: Eyes) -> Look:
    """Look at a draft."""
    if draft is None:
        nothing = [Problem("", "empty")]
        return Look("", mistakes=tuple(mistakes(None, nothing, eyes.reader)))
    text = json.dumps(written(draft), ensure_ascii=False, indent=2)
    problems, sentences = _read(text, eyes)
    return Look(text, draft, sentences, tuple(mistakes(draft, problems, eyes.reader)))


def look_at_text(text: str, eyes: Eyes) -> Look:
    """Look at the JSON itself; what is no rule has no draft, and its mistakes have places alone."""
    problems, sentences = _read(text, eyes)
    found = (Mistake(TEXT, each.says(eyes.reader), each.place, each.hint) for each in problems)
    return Look(text, None if sentences is None else shown(reading.value(text)), sentences, tuple(found))


def _read(text: str, eyes: Eyes) -> tuple[list[Problem], dict[str, str] | None]:
    try:
        rule = reading.parse(text)
    except WrongRule as wrong:
        return wrong.problems, None
    known = eyes.known
    said = language.resolved(rule, {tag: known.tags[tag] for tag in _named(rule) & known.tags.keys()})
    return check.problems(rule, known), {name: sentence(said, words, eyes.names) for name, words in eyes.words.items()}


def _named(rule: language.Rule) -> set[str]:
    return {leaf.selection.tag for _, leaf in language.leaves(rule) if leaf.selection.tag is not None}


def said(text: str, tags: Mapping[str, tuple[str, ...]], words: Words, names: Names = NO_NAMES) -> str:
    """Say a rule that is kept, with what its tags stood for when it was."""
    return sentence(language.resolved(reading.parse(text), tags), words, names)
