"""A credential as triples. It is a tree, and each of its terms stands in the table: what does not is refused, never dropped."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lrs.badges.errors import NotACredential
from lrs.badges.terms import (
    CHOICE,
    FLAG,
    IRI,
    NODE,
    NODES,
    TYPE,
    UNTYPED,
    Class,
    Property,
    Vocabulary,
)

_NAME = re.compile(r"(?:https?|urn|did):[^\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff]+")
"""What may name something. Other schemes could be shortened names, which would mean something else."""

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
_MOST_NODES = 32
_MOST_LETTERS = 1 << 20
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_ALLOWED_CONTROLS = frozenset("\n\r\t")


@dataclass(frozen=True, slots=True)
class Triple:
    """One statement, in the letters of N-Quads; a blank node begins with `_:`."""

    subject: str
    predicate: str
    object: str

    def __str__(self) -> str:
        """Write the line."""
        return f"{self.subject} {self.predicate} {self.object} .\n"


def triples(node: Mapping[str, Any], classes: tuple[str, ...], vocabulary: Vocabulary) -> list[Triple]:
    """Turn a node, which must be one of these classes, and all below it into triples."""
    writer = _Writer(vocabulary)
    writer.node(node, classes)
    return writer.found


class _Writer:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._nodes = 0
        self.found: list[Triple] = []

    def node(self, node: Any, classes: tuple[str, ...]) -> str:
        if not isinstance(node, Mapping):
            raise NotACredential("a value stands where an object should")
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            raise NotACredential("it has too many objects")
        name = _name(node["id"]) if "id" in node else f"_:b{self._nodes}"
        found = self._classes(node, classes)
        terms = {term: each for one in found for term, each in one.terms.items()}
        for one in found:
            if one.iri:
                self._say(name, TYPE, f"<{one.iri}>")
        for term, value in node.items():
            if term in {"id", "type"}:
                continue
            if term not in terms:
                raise NotACredential(f"nobody knows the term {term!r} here")
            for each in self._values(terms[term], value):
                self._say(name, terms[term].iri, each)
        return name

    def _classes(self, node: Mapping[str, Any], classes: tuple[str, ...]) -> list[Class]:
        if "type" not in node:
            if UNTYPED not in classes:
                raise NotACredential("an object has no type")
            return [self._vocabulary[UNTYPED]]
        said = node["type"] if isinstance(node["type"], list) else [node["type"]]
        if not said or not all(isinstance(each, str) and each in self._vocabulary and each for each in said):
            raise NotACredential(f"nobody knows the type {node['type']!r}")
        if len(set(said)) < len(said) or said[0] not in classes:
            raise NotACredential(f"the type {node['type']!r} does not belong here")
        return [self._vocabulary[each] for each in said]

    def _values(self, term: Property, value: Any) -> Iterator[str]:
        if term.kind == NODES:
            if not isinstance(value, list) or not value:
                raise NotACredential("a value stands where a list should")
            yield from (self.node(each, term.classes) for each in value)
        elif term.kind == NODE and isinstance(value, Mapping):
            yield self.node(value, term.classes)
        elif term.kind in {IRI, NODE}:
            yield _name(value)
        elif term.kind == CHOICE:
            choices = dict(each.split(" ", 1) for each in term.choices)
            if not isinstance(value, str) or value not in choices:
                raise NotACredential(f"{value!r} is none of {', '.join(choices)}")
            yield f"<{choices[value]}>"
        elif term.kind == FLAG:
            if not isinstance(value, bool):
                raise NotACredential("a value stands where true or false should")
            yield f'"{str(value).lower()}"^^<{term.datatype}>'
        else:
            yield _words(value, term.datatype)

    def _say(self, subject: str, predicate: str, value: str) -> None:
        self.found.append(Triple(subject, f"<{predicate}>", value))


def _name(value: Any) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise NotACredential(f"{value!r} is no address or name")
    return f"<{value}>"


def _words(value: Any, datatype: str) -> str:
    if not isinstance(value, str) or len(value) > _MOST_LETTERS:
        raise NotACredential("a value stands where words should")
    if any(unicodedata.category(each) in {"Cc", "Cs"} and each not in _ALLOWED_CONTROLS for each in set(value)):
        raise NotACredential("words hold a control character or half a letter")
    if datatype.endswith("dateTime"):
        _check_moment(value)
    text = f'"{value.translate(_ESCAPES)}"'
    return f"{text}^^<{datatype}>" if datatype else text


def _check_moment(value: str) -> None:
    try:
        known = bool(_MOMENT.fullmatch(value)) and datetime.fromisoformat(value) is not None
    except ValueError:
        known = False
    if not known:
        raise NotACredential(f"{value!r} is no moment")
