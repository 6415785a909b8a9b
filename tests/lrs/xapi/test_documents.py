"""Documents (Communication 2.2, 3.1): merging and preconditions."""

import itertools
import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import documents
from lrs.xapi.documents import Method, Precondition, Resource
from lrs.xapi.errors import Conflict, Invalid, PreconditionFailed, TooLarge
from lrs.xapi.version import Version
from tests.lrs.xapi.test_examples import ANYTHING, BRIEF

TAG = documents.etag(b"{}")
OTHER = documents.etag(b"[]")
JSON = "application/json"
STATE, PROFILE = Resource.STATE, Resource.ACTIVITY_PROFILE


def outcome(method: Method, resource: Resource, version: Version, current: str | None, asked: Precondition) -> int:
    try:
        documents.check(method, resource, version, current, asked)
    except Invalid:
        return 400
    except Conflict:
        return 409
    except PreconditionFailed:
        return 412
    return 204


def test_an_etag_is_forty_hexadecimal_digits_in_quotes() -> None:
    assert documents.etag(b"hello") == '"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"'


@pytest.mark.parametrize(
    ("resource", "version", "absent", "present"),
    [
        (STATE, Version.V1, 204, 204),
        (Resource.ACTIVITY_PROFILE, Version.V1, 400, 409),
        (Resource.AGENT_PROFILE, Version.V1, 400, 409),
        (STATE, Version.V2, 204, 409),
        (Resource.ACTIVITY_PROFILE, Version.V2, 204, 409),
        (Resource.AGENT_PROFILE, Version.V2, 204, 409),
    ],
)
def test_put_without_a_precondition(resource: Resource, version: Version, absent: int, present: int) -> None:
    assert outcome(Method.PUT, resource, version, None, Precondition()) == absent
    assert outcome(Method.PUT, resource, version, TAG, Precondition()) == present


@pytest.mark.parametrize(
    ("method", "resource", "version", "current"),
    list(itertools.product([Method.POST, Method.DELETE], [STATE, PROFILE], Version, [None, TAG])),
)
def test_post_and_delete_need_no_precondition(
    method: Method, resource: Resource, version: Version, current: str | None
) -> None:
    assert outcome(method, resource, version, current, Precondition()) == 204


EVERY = list(itertools.product(Method, [STATE, PROFILE], Version))


@pytest.mark.parametrize(("method", "resource", "version"), EVERY)
@pytest.mark.parametrize(
    ("header", "absent", "present"),
    [
        (TAG, 412, 204),
        (OTHER, 412, 412),
        ("*", 412, 204),
        (f"{OTHER}, {TAG}", 412, 204),
        (f"W/{TAG}", 412, 204),
        (TAG.strip('"'), 412, 204),
        ('"1234"', 412, 412),
        ("", 412, 412),
    ],
)
def test_if_match_names_the_document(
    method: Method, resource: Resource, version: Version, header: str, absent: int, present: int
) -> None:
    assert outcome(method, resource, version, None, Precondition(if_match=header)) == absent
    assert outcome(method, resource, version, TAG, Precondition(if_match=header)) == present


@pytest.mark.parametrize(("method", "resource", "version"), EVERY)
@pytest.mark.parametrize(("header", "present"), [("*", 412), (TAG, 412), (OTHER, 204), (f"{OTHER}, W/{TAG}", 412)])
def test_if_none_match_rules_the_document_out(
    method: Method, resource: Resource, version: Version, header: str, present: int
) -> None:
    assert outcome(method, resource, version, None, Precondition(if_none_match=header)) == 204
    assert outcome(method, resource, version, TAG, Precondition(if_none_match=header)) == present


def test_both_preconditions_hold_together() -> None:
    assert outcome(Method.PUT, STATE, Version.V2, TAG, Precondition(TAG, "*")) == 412
    assert outcome(Method.PUT, STATE, Version.V2, TAG, Precondition(TAG, OTHER)) == 204


def test_only_the_top_level_is_merged() -> None:
    merged = documents.merge(
        b'{"a": 1, "b": {"c": 2, "d": 3}}', JSON, b'{"b": {"e": 4}, "f": null}', f"{JSON}; charset=utf-8"
    )

    assert json.loads(merged) == {"a": 1, "b": {"e": 4}, "f": None}


def test_what_is_merged_is_not_written_anew() -> None:
    merged = documents.merge(
        b' {"a" : 1.50,"b":12345678901234567890123,"c":"\\u0061"}', JSON, b'{"d\\n": [ 1E2 ]}', JSON
    )

    assert merged == b'{"a":1.50,"b":12345678901234567890123,"c":"\\u0061","d\\n":[ 1E2 ]}'


@BRIEF
@given(
    st.dictionaries(st.text(max_size=3), ANYTHING, max_size=4),
    st.dictionaries(st.text(max_size=3), ANYTHING, max_size=4),
)
def test_merging_is_the_union_of_properties(existing: dict[str, Any], posted: dict[str, Any]) -> None:
    merged = documents.merge(json.dumps(existing).encode(), JSON, json.dumps(posted, indent=1).encode(), JSON)

    assert json.loads(merged) == existing | posted
    assert documents.merge(merged, JSON, json.dumps(posted).encode(), JSON) is not None


@pytest.mark.parametrize(
    ("existing", "existing_type", "posted", "posted_type", "place"),
    [
        (b"{}", "text/plain", b"{}", JSON, "the existing document"),
        (b"{}", JSON, b"{}", "text/plain", "the posted document"),
        (b"[]", JSON, b"{}", JSON, "the existing document"),
        (b"{}", JSON, b"[1]", JSON, "the posted document"),
        (b"{}", JSON, b"{", JSON, "the posted document"),
        (b"{}", JSON, b"", JSON, "the posted document"),
        (b"{}", JSON, b'{"a":"\xff"}', JSON, "the posted document"),
        (b"x", JSON, b"{}", JSON, "the existing document"),
        (b"{}", "", b"{}", JSON, "the existing document"),
    ],
)
def test_what_is_no_json_object_is_not_merged(
    existing: bytes, existing_type: str, posted: bytes, posted_type: str, place: str
) -> None:
    with pytest.raises(Invalid) as caught:
        documents.merge(existing, existing_type, posted, posted_type)

    assert caught.value.path == place


@pytest.mark.parametrize("depth", [200, 900, 5_000])
def test_a_deep_document_is_too_large(depth: int) -> None:
    with pytest.raises(TooLarge):
        documents.merge(b"{}", JSON, b'{"a":' * depth + b"1" + b"}" * depth, JSON)


def test_a_first_document_is_checked_only_if_it_calls_itself_json() -> None:
    documents.check_posted(b"anything", "text/plain")
    documents.check_posted(orjson.dumps({"a": 1}), JSON)
    with pytest.raises(Invalid):
        documents.check_posted(b"[]", JSON)
    with pytest.raises(Invalid):
        documents.check_posted(b"anything", JSON)
