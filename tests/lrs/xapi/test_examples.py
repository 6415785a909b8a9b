"""Examples of statements that the other tests here start from, and chance changes of them; first of all they are valid."""

import copy
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from lrs.xapi.errors import Invalid
from lrs.xapi.statement import parse_one
from lrs.xapi.version import Version

THOROUGH = settings(max_examples=1000, deadline=None, database=None, derandomize=True)
"""Enough to meet rare cases, and the same ones on every run."""

BRIEF = settings(THOROUGH, max_examples=200)
"""Enough where nothing is rare."""

LAN: dict[str, Any] = {
    "objectType": "Agent",
    "name": "Nguyễn Thị Lan",
    "account": {"homePage": "https://lms.example.vn", "name": "b2f1c0de"},
}
MINH: dict[str, Any] = {"mbox": "mailto:minh@example.vn"}
CLASS: dict[str, Any] = {"objectType": "Group", "name": "Lớp 7A", "member": [LAN, MINH]}
TEAM: dict[str, Any] = {"objectType": "Group", "openid": "https://example.vn/teams/7", "member": [MINH]}
COURSE: dict[str, Any] = {"id": "https://lms.example.vn/courses/an-toan"}
REFERENCE: dict[str, Any] = {"objectType": "StatementRef", "id": "1e1b8bdb-5b4e-4d32-8c3f-0d1b1f9a4b11"}
VERB: dict[str, Any] = {
    "id": "http://adlnet.gov/expapi/verbs/answered",
    "display": {"vi": "đã trả lời", "en-US": "answered"},
}
SHA2 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

SHORT: dict[str, Any] = {"actor": MINH, "verb": {"id": "https://example.vn/verbs/read"}, "object": COURSE}

ANSWERED: dict[str, Any] = {
    "id": "7ccd3322-e1a5-411a-a67d-6a735c76f119",
    "actor": LAN,
    "verb": VERB,
    "object": {
        "objectType": "Activity",
        "id": "https://lms.example.vn/courses/an-toan/questions/7",
        "definition": {
            "name": {"vi": "Câu hỏi 7"},
            "description": {"vi": "Khi nào phải báo cáo?", "en": "When must it be reported?"},
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "moreInfo": "https://lms.example.vn/help",
            "interactionType": "choice",
            "correctResponsesPattern": ["a[,]c"],
            "choices": [
                {"id": "a", "description": {"vi": "Ngay"}},
                {"id": "b"},
                {"id": "c", "description": {"vi": "Mai"}},
            ],
            "extensions": {"https://lms.example.vn/ext/weight": 2.5},
        },
    },
    "result": {
        "score": {"scaled": 0.75, "raw": 7.5, "min": 0, "max": 10},
        "success": True,
        "completion": True,
        "response": "a[,]c",
        "duration": "PT1M23.45S",
        "extensions": {"https://lms.example.vn/ext/tries": [1, None, {"deep": ""}]},
    },
    "context": {
        "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
        "instructor": MINH,
        "team": TEAM,
        "contextActivities": {
            "parent": [COURSE],
            "grouping": [{"id": "https://lms.example.vn/programmes/2026"}],
            "category": [
                {"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5", "definition": {"name": {"en": "cmi5"}}}
            ],
        },
        "revision": "3",
        "platform": "Hải Đăng",
        "language": "vi",
        "statement": REFERENCE,
        "extensions": {"https://lms.example.vn/ext/device": {"kind": "tablet", "offline": True}},
    },
    "timestamp": "2026-01-31T08:00:00.123Z",
    "attachments": [
        {
            "usageType": "https://lms.example.vn/usage/photo",
            "display": {"vi": "Ảnh"},
            "description": {"vi": "Ảnh hiện trường"},
            "contentType": "image/jpeg",
            "length": 4,
            "sha2": SHA2,
            "fileUrl": "https://lms.example.vn/files/1",
        }
    ],
}

PLANNED: dict[str, Any] = {
    "actor": CLASS,
    "verb": {"id": "https://example.vn/verbs/planned"},
    "object": {
        "objectType": "SubStatement",
        "actor": CLASS,
        "verb": VERB,
        "object": LAN,
        "result": {"score": {"raw": 1}},
        "context": {"contextActivities": {"other": COURSE}, "instructor": LAN},
        "timestamp": "2030-01-31T08:00:00+07:00",
    },
    "stored": "2026-01-31T08:00:00Z",
    "version": "1.0.3",
    "authority": {"objectType": "Group", "member": [LAN, MINH]},
}

VOIDING: dict[str, Any] = {
    "actor": MINH,
    "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"},
    "object": REFERENCE,
}

TOGETHER: dict[str, Any] = SHORT | {
    "version": "2.0.0",
    "context": {
        "contextAgents": [
            {"objectType": "contextAgent", "agent": LAN, "relevantTypes": ["https://example.vn/types/mentor"]},
        ],
        "contextGroups": [{"objectType": "contextGroup", "group": TEAM}],
    },
}
"""Only 2.0 knows context agents and groups."""

EXAMPLES = [SHORT, ANSWERED, PLANNED, VOIDING]

GONE = object()


def changed(example: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Copy an example with one place changed, such as `object.definition.choices.0.id`, or gone."""
    copied = copy.deepcopy(example)
    *steps, last = path.split(".")
    place: Any = copied
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
    key: Any = int(last) if isinstance(place, list) else last
    if value is GONE:
        del place[key]
    else:
        place[key] = value
    return copied


def read(value: Any, version: Version = Version.V1) -> dict[str, Any]:
    """Parse a value as if it had been sent."""
    return parse_one(orjson.dumps(value), version).value


def refused(value: Any, version: Version = Version.V1) -> Invalid:
    """Give the refusal of a value that must be refused."""
    with pytest.raises(Invalid) as caught:
        read(value, version)
    return caught.value


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**64 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(
        [
            "Agent",
            "Group",
            "Activity",
            "SubStatement",
            "StatementRef",
            "mailto:a@b.vn",
            "http://a",
            "vi",
            "P1D",
            "1.0.3",
            "2.0.0",
        ]
    ),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    [
        "id",
        "objectType",
        "mbox",
        "account",
        "member",
        "name",
        "definition",
        "context",
        "result",
        "object",
        "extra",
        "display",
    ]
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """List every place of a value: its container, and its key or index."""
    keys: list[Any] = (
        list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    )
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def _put(draw: st.DrawFn, container: Any, key: Any) -> None:
    container[key] = draw(ANYTHING)


def _remove(_draw: st.DrawFn, container: Any, key: Any) -> None:
    del container[key]


def _add(draw: st.DrawFn, container: Any, _key: Any) -> None:
    if isinstance(container, dict):
        container[draw(NAMES)] = draw(ANYTHING)
    else:
        container.append(draw(ANYTHING))


def _rename(draw: st.DrawFn, container: Any, key: Any) -> None:
    if isinstance(container, dict):
        value = container.pop(key)
        container[draw(NAMES)] = value


def _swap(draw: st.DrawFn, container: Any, key: Any) -> None:
    container[key] = copy.deepcopy(
        draw(st.sampled_from([LAN, CLASS, TEAM, COURSE, REFERENCE, PLANNED["object"], {}, [], [COURSE]]))
    )


def _bend(draw: st.DrawFn, container: Any, key: Any) -> None:
    if isinstance(container[key], str):
        text = container[key]
        at = draw(st.integers(0, len(text)))
        container[key] = text[:at] + draw(st.text(max_size=2)) + text[at + draw(st.integers(0, 2)) :]


CHANGES: list[Callable[[st.DrawFn, Any, Any], None]] = [_put, _remove, _add, _rename, _swap, _bend]


@st.composite
def mutated(draw: st.DrawFn, examples: list[dict[str, Any]]) -> dict[str, Any]:
    """Take an example and change it by chance in one to three places."""
    value: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(examples)))
    for _ in range(draw(st.integers(1, 3))):
        there = places(value)
        if there:
            container, key = draw(st.sampled_from(there))
            draw(st.sampled_from(CHANGES))(draw, container, key)
    return value


@pytest.mark.parametrize("version", list(Version))
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_valid(example: dict[str, Any], version: Version) -> None:
    assert read(example, version) == example


def test_context_agents_are_valid_in_2_0_alone() -> None:
    assert read(TOGETHER, Version.V2) == TOGETHER
    assert refused(TOGETHER | {"version": "1.0.0"}, Version.V1).path == "$.context.contextAgents"
