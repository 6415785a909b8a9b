"""Statements (Data 2.4): reading, batches, and completing without writing anything anew."""

import json
import time
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import equality
from lrs.xapi.errors import Invalid, Refused, TooLarge
from lrs.xapi.statement import CONTAINERS, STATEMENTS, Statement, check_id, complete, parse, parse_one
from lrs.xapi.values import written
from lrs.xapi.version import Version
from tests.lrs.xapi.test_examples import (
    ANSWERED,
    BRIEF,
    COURSE,
    EXAMPLES,
    MINH,
    PLANNED,
    SHORT,
    THOROUGH,
    TOGETHER,
    mutated,
    read,
)

ID = UUID("11111111-2222-4333-8444-555555555555")
OTHER = UUID("11111111-2222-4333-8444-666666666666")
STORED = datetime(2026, 1, 31, 15, 0, 0, 120_000, timezone(timedelta(hours=7)))
AUTHORITY = '{"account": {"homePage":"https://lms.example.vn","name":"key 1"}}'
ODD = """{ "verb" :{"id":"https://example.vn/verbs/r\\u0065ad"},
 "object":{"id":"https:\\/\\/example.vn\\/1"},"actor":{"mbox":"mailto:minh@example.vn"} , "result":{"score":{"raw":1.50e1},
 "extensions":{"https://example.vn/x":123456789012345678901}} }"""
LAYOUTS = st.sampled_from(
    [{"separators": (",", ":"), "ensure_ascii": False}, {}, {"indent": 1}, {"separators": (" , ", " : ")}]
)


def one(value: Any, version: Version = Version.V1) -> Statement:
    return parse_one(orjson.dumps(value), version)


def test_a_statement_keeps_its_text_as_it_was_sent() -> None:
    statement = parse_one(f"\n {ODD}\r\n".encode(), Version.V1)

    assert statement.text == ODD
    assert statement.id is None
    assert statement.value["result"]["score"]["raw"] == 15.0


def test_a_statement_knows_its_id() -> None:
    assert one(ANSWERED).id == UUID(ANSWERED["id"])


def test_post_takes_one_statement_or_a_batch_of_any_number() -> None:
    assert [statement.value for statement in parse(orjson.dumps(SHORT), Version.V1)] == [SHORT]
    assert [statement.value for statement in parse(orjson.dumps([SHORT, ANSWERED]), Version.V1)] == [SHORT, ANSWERED]
    assert parse(b" [ ] ", Version.V1) == []


@pytest.mark.parametrize("raw", [b"1", b"null", b'"statement"', b"[[]]", b"[1]"])
def test_what_is_no_object_is_no_statement(raw: bytes) -> None:
    with pytest.raises(Invalid):
        parse(raw, Version.V1)


def test_put_takes_no_batch() -> None:
    with pytest.raises(Invalid) as caught:
        parse_one(orjson.dumps([SHORT]), Version.V1)

    assert caught.value.path == "$"


@BRIEF
@given(st.lists(st.sampled_from([SHORT, PLANNED]), max_size=4), LAYOUTS)
def test_a_batch_is_cut_where_its_statements_stand(values: list[dict[str, Any]], layout: dict[str, Any]) -> None:
    raw = json.dumps(values, **layout).encode()

    batch = parse(raw, Version.V1)

    assert [json.loads(statement.text) for statement in batch] == values
    assert all(statement.text in raw.decode() for statement in batch)
    assert all(statement.text.startswith("{") and statement.text.endswith("}") for statement in batch)


def test_a_batch_written_in_more_than_one_way_is_cut_exactly() -> None:
    compact = orjson.dumps(SHORT).decode()

    batch = parse(f"[{compact},{ODD} ,{compact}]".encode(), Version.V1)

    assert [statement.text for statement in batch] == [compact, ODD, compact]


def test_one_wrong_statement_refuses_the_batch_and_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        parse(orjson.dumps([SHORT, SHORT | {"actor": {}}]), Version.V1)

    assert caught.value.path == "$[1].actor"


@pytest.mark.parametrize("version", list(Version))
def test_no_two_statements_of_a_batch_have_the_same_id(version: Version) -> None:
    with pytest.raises(Invalid) as caught:
        parse(orjson.dumps([ANSWERED, SHORT, ANSWERED | {"id": ANSWERED["id"].upper()}]), version)

    assert caught.value.path == "$[2].id"


def test_statements_without_an_id_may_be_alike() -> None:
    assert len(parse(orjson.dumps([SHORT, SHORT]), Version.V2)) == 2


def test_a_statement_is_put_under_its_own_id_or_brings_none() -> None:
    check_id(one(SHORT | {"id": str(ID)}), ID)
    check_id(one(SHORT), ID)
    with pytest.raises(Invalid) as caught:
        check_id(one(SHORT | {"id": str(OTHER)}), ID)

    assert caught.value.path == "$.id"


def group_of(members: int) -> bytes:
    return orjson.dumps(SHORT | {"actor": {"objectType": "Group", "member": [MINH] * members}})


def test_a_group_of_thousands_is_taken_and_a_larger_statement_refused() -> None:
    assert parse(group_of(CONTAINERS - 10), Version.V1)
    with pytest.raises(TooLarge):
        parse(group_of(CONTAINERS + 10), Version.V1)


def test_braces_within_a_string_do_not_make_a_statement_large() -> None:
    assert read(SHORT | {"result": {"response": "{[" * CONTAINERS}})


def test_a_batch_of_more_statements_than_a_request_may_bring_is_refused() -> None:
    small = b'{"actor":{"mbox":"mailto:a@example.vn"},"verb":{"id":"a:b"},"object":{"id":"a:c"}}'
    many = b",".join([small] * STATEMENTS)

    assert len(parse(b"[%b]" % many, Version.V1)) == STATEMENTS
    with pytest.raises(TooLarge):
        parse(b"[%b,%b]" % (many, small), Version.V1)


def test_a_batch_may_hold_more_than_one_statement() -> None:
    raw = b"[" + b",".join([group_of(CONTAINERS // 2)] * 4) + b"]"

    assert len(parse(raw, Version.V1)) == 4


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(group_of(1_000_000), id="a million members"),
        pytest.param(
            orjson.dumps(SHORT).replace(
                b'"actor":', b'"context":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b',"actor":'
            ),
            id="nested",
        ),
        pytest.param(orjson.dumps(SHORT).replace(b"mailto:", b"mailto:" + b"a" * 100_000_000), id="100 MB"),
    ],
)
def test_a_hostile_statement_is_refused_quickly_and_with_little_memory(raw: bytes) -> None:
    tracemalloc.start()
    before = time.process_time()

    with pytest.raises(Refused):
        parse(raw, Version.V1)

    spent = time.process_time() - before
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < 1
    assert peak < 1_000_000


def test_a_statement_that_is_wrong_in_thousands_of_places_is_explained_in_time() -> None:
    before = time.process_time()

    with pytest.raises(Invalid) as caught:
        parse(group_of(9_000).replace(b"mailto:", b"mail:"), Version.V1)

    assert caught.value.path == "$.actor.member[0].mbox"
    assert time.process_time() - before < 2


def completed(statement: Statement) -> str:
    return complete(statement, ID, written(STORED), AUTHORITY)


def test_what_is_missing_is_added_before_the_last_brace() -> None:
    statement = parse_one(ODD.encode(), Version.V1)

    assert completed(statement) == (
        f'{ODD[:-1]},"id":"{ID}","version":"1.0.0","timestamp":"2026-01-31T08:00:00.120000Z",'
        f'"stored":"2026-01-31T08:00:00.120000Z","authority":{AUTHORITY}}}'
    )


def test_id_version_and_timestamp_stay_as_they_were_sent() -> None:
    sent = SHORT | {"id": str(OTHER).upper(), "version": "1.0.3", "timestamp": "2020-01-01T00:00:00+07:00"}

    kept = json.loads(completed(one(sent)))

    assert {name: kept[name] for name in sent} == sent


def test_a_statement_of_2_0_that_names_no_version_is_given_one() -> None:
    assert json.loads(completed(one(SHORT, Version.V2)))["version"] == "2.0.0"
    assert json.loads(completed(one(TOGETHER | {"version": "1.0.3"}, Version.V2)))["version"] == "1.0.3"


def test_stored_and_authority_are_the_records_whatever_was_sent() -> None:
    text = '{"stored": "2001-01-01T00:00:00Z" ,"authority":{"mbox":"mailto:liar@example.vn"},' + ODD[1:]

    kept = completed(parse_one(text.encode(), Version.V1))

    assert kept.startswith(f'{{"stored": "2026-01-31T08:00:00.120000Z" ,"authority":{AUTHORITY},')
    assert ODD[1:-1] in kept
    assert "liar" not in kept


def test_a_single_context_activity_becomes_a_list_of_one() -> None:
    sent = PLANNED | {"context": {"contextActivities": {"parent": COURSE, "other": [COURSE]}, "language": "vi"}}

    kept = json.loads(completed(one(sent)))

    assert kept["context"]["contextActivities"] == {"parent": [COURSE], "other": [COURSE]}
    assert kept["context"]["language"] == "vi"
    assert kept["object"]["context"]["contextActivities"] == {"other": [COURSE]}


def test_2_0_has_timestamps_in_utc_and_1_0_3_as_they_were_sent() -> None:
    sent = SHORT | {"timestamp": "2020-01-01T00:00:00.1230+07:00", "object": PLANNED["object"]}

    first, second = (json.loads(completed(one(sent, version))) for version in Version)

    assert first["timestamp"] == "2020-01-01T00:00:00.1230+07:00"
    assert first["object"]["timestamp"] == "2030-01-31T08:00:00+07:00"
    assert second["timestamp"] == "2019-12-31T17:00:00.1230Z"
    assert second["object"]["timestamp"] == "2030-01-31T01:00:00Z"


def test_the_text_of_a_context_activity_is_not_written_anew() -> None:
    text = ODD[:-1] + ',"context" : { "contextActivities": {"parent" : { "id":"https:\\/\\/example.vn\\/2" } } } }'

    kept = completed(parse_one(text.encode(), Version.V1))

    assert '"parent" : [{ "id":"https:\\/\\/example.vn\\/2" }] }' in kept


@BRIEF
@given(st.sampled_from([*EXAMPLES, TOGETHER]), LAYOUTS)
def test_a_completed_statement_is_valid_and_the_same_and_completing_it_again_changes_nothing(
    value: dict[str, Any], layout: dict[str, Any]
) -> None:
    statement = parse_one(json.dumps(value, **layout).encode(), Version.V2)

    kept = completed(statement)
    again = parse_one(kept.encode(), Version.V2)

    assert equality.same(statement.value, again.value, Version.V2)
    assert equality.same(statement.value, again.value, Version.V1)
    assert completed(again) == kept


@THOROUGH
@given(mutated([*EXAMPLES, TOGETHER]), st.sampled_from(list(Version)), LAYOUTS)
def test_chance_makes_statements_or_refusals_and_nothing_else(
    value: Any, version: Version, layout: dict[str, Any]
) -> None:
    try:
        statement = parse_one(json.dumps(value, **layout).encode(), version)
    except Refused:
        return
    kept = parse_one(completed(statement).encode(), version)
    assert kept.value["stored"] == STORED.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@THOROUGH
@given(st.binary(max_size=40), st.integers(0, 400), st.integers(0, 40))
def test_chance_bytes_make_nothing_else_either(noise: bytes, at: int, length: int) -> None:
    raw = orjson.dumps([SHORT, PLANNED])

    try:
        batch = parse(raw[:at] + noise + raw[at + length :], Version.V1)
    except Refused:
        return
    assert all(isinstance(statement, Statement) for statement in batch)
