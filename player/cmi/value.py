"""Values: what a rule of the table admits; browser/value.js is the twin, and one set of vectors runs on both."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_MOST = 4096

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""What no database keeps as text: NUL, and halves of a character."""
_TAG = re.compile(r"[A-Za-z]{1,3}(-[A-Za-z0-9]{1,8})*")
_OWN = re.compile(r"q[a-t][a-z]")
"""What ISO 639-2 leaves to whoever wants it."""
_LANGUAGE = re.compile(r"\{lang=([^}]*)\}")
_DELIMITER = re.compile(r"\{([a-z_]+)=([^}]*)\}")

_Check = Callable[["Rule", str], bool]


@dataclass(frozen=True, slots=True)
class Shared:
    """What all rules of a table may need: its types' patterns, the formats of answers, the languages there are."""

    patterns: Mapping[str, re.Pattern[str]]
    answers: Mapping[str, Any]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """An element's rule with what its type says."""

    said: Mapping[str, Any]
    pattern: re.Pattern[str] | None
    shared: Shared

    @property
    def access(self) -> str:
        """What a lesson may do: `r`, `w` or both."""
        return str(self.said["access"])

    @property
    def kind(self) -> str:
        """What else a value has to be: a language, a localized text, an answer, a pattern of answers."""
        return str(self.said.get("kind", ""))


def rules(table: Any) -> dict[str, Rule]:
    """Make a table's rules ready."""
    patterns = {name: re.compile(type_["pattern"]) for name, type_ in table["types"].items() if "pattern" in type_}
    shared = Shared(patterns, table.get("answers", {}), frozenset(table.get("languages", "").split()))
    return {
        name: Rule(table["types"][rule["type"]] | rule, patterns.get(rule["type"]), shared)
        for name, rule in table["elements"].items()
    }


def fault(rule: Rule, value: str, sort: str = "") -> str:
    """Say what is wrong with a value, as the table names faults; `sort` is an interaction's type, on which answers depend."""
    said = rule.said
    if len(value) > said.get("most", _MOST) or _NO_TEXT.search(value):
        return "type"
    if "values" in said and value not in said["values"]:
        return "type"
    if rule.pattern and not rule.pattern.fullmatch(value):
        return "type"
    if "range" in said and value and not _is_within(said["range"], float(value)):
        return "range"
    return "" if _is_of_kind(rule, value, sort) else "type"


def _is_of_kind(rule: Rule, value: str, sort: str) -> bool:
    answer = rule.shared.answers.get(sort)
    match rule.kind:
        case "language":
            return not value or _is_tag(rule, value)
        case "localized":
            return _is_localized(rule, value)
        case "answer" if answer:
            return _is_answer(rule, answer, value)
        case "pattern" if answer:
            return _is_pattern(rule, answer, value)
    return True


def _is_within(bounds: tuple[float | None, float | None], number: float) -> bool:
    least, most = bounds
    return (least is None or least <= number) and (most is None or number <= most)


def _is_tag(rule: Rule, tag: str) -> bool:
    language = tag.split("-", 1)[0].lower()
    return bool(_TAG.fullmatch(tag)) and (language in rule.shared.languages or bool(_OWN.fullmatch(language)))


def _is_localized(rule: Rule, value: str) -> bool:
    said = _LANGUAGE.match(value)
    return not said or _is_tag(rule, said[1])


def _bare(answer: Any, value: str) -> str | None:
    """Take `{case_matters=true}` and the like from the front, in any order; None if one is wrong."""
    rest = value
    while (said := _DELIMITER.match(rest)) and said[1] in answer.get("delimiters", ()):
        if said[2] not in {"true", "false"}:
            return None
        rest = rest[said.end() :]
    return rest


def _is_pattern(rule: Rule, answer: Any, value: str) -> bool:
    rest = _bare(answer, value)
    return rest is not None and _is_answer(rule, answer | answer.get("pattern", {}), rest)


def _is_answer(rule: Rule, answer: Any, value: str) -> bool:
    """Tell whether a value is an answer as an interaction of this sort has them: parts, pairs of parts, or lists of either."""
    if not value and answer.get("empty"):
        return True
    items = value.split("[,]") if answer.get("many") else [value]
    if answer.get("distinct") and len(set(items)) < len(items):
        return False
    return all(_is_item(rule, answer["of"], item) for item in items)


def _is_item(rule: Rule, kinds: list[str], item: str) -> bool:
    parts = item.split("[.]") if len(kinds) > 1 else [item]
    return (
        len(parts) == len(kinds)
        and item != "[.]"
        and all(_is_part(rule, kind, part) for kind, part in zip(kinds, parts, strict=True))
    )


def _is_part(rule: Rule, kind: str, part: str) -> bool:
    if check := _PARTS.get(kind):
        return check(rule, part)
    return bool(rule.shared.patterns[kind].fullmatch(part))


def _is_span(rule: Rule, part: str) -> bool:
    """Tell whether these are numbers from one to another, either of which may be open; a single one is the span of itself."""
    ends = part.split("[:]")
    numbers = [end for end in ends if end]
    if len(ends) > len(("from", "to")) or not part or not all(_is_part(rule, "real(10,7)", end) for end in numbers):
        return False
    return len(numbers) < len(("from", "to")) or float(numbers[0]) <= float(numbers[1])


_PARTS: dict[str, _Check] = {
    "any": lambda _rule, _part: True,
    "text": _is_localized,
    "span": _is_span,
    "text or span": lambda rule, part: "[:]" not in part or _is_span(rule, part),
    "step": lambda rule, part: not part or _is_part(rule, "short_identifier_type", part),
}
