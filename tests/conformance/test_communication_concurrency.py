"""Nobody overwrites what they have not seen, and the same said twice is said once (Communication 3.1; 2.0: 4.1.4)."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.conformance.requirements import BOTH, VERSIONS, Lrs, requirement
from tests.conformance.test_communication_documents import ACTIVITY, AGENT, ANY, EACH, JSON, STATE, Place
from tests.parts.programs import V1, V2, statement

OTHER = {"verb": {"id": "http://example.org/other"}}
CONSISTENT = "X-Experience-API-Consistent-Through"

RIGHT, WRONG, STAR = "its own tag", '"0000000000000000000000000000000000000000"', "*"
TABLE: list[tuple[str, bool, dict[str, str], int]] = [
    ("PUT", True, {"If-Match": RIGHT}, 204),
    ("PUT", True, {"If-Match": STAR}, 204),
    ("PUT", True, {"If-Match": WRONG}, 412),
    ("PUT", True, {"If-Match": f"{WRONG}, {RIGHT}"}, 204),
    ("PUT", True, {"If-None-Match": STAR}, 412),
    ("PUT", True, {"If-None-Match": RIGHT}, 412),
    ("PUT", True, {"If-None-Match": WRONG}, 204),
    ("PUT", False, {"If-Match": WRONG}, 412),
    ("PUT", False, {"If-Match": STAR}, 412),
    ("PUT", False, {"If-None-Match": STAR}, 204),
    ("POST", True, {"If-Match": RIGHT}, 204),
    ("POST", True, {"If-Match": WRONG}, 412),
    ("POST", True, {"If-None-Match": STAR}, 412),
    ("POST", True, {}, 204),
    ("POST", False, {}, 204),
    ("POST", False, {"If-Match": WRONG}, 412),
    ("POST", False, {"If-None-Match": STAR}, 204),
    ("DELETE", True, {"If-Match": RIGHT}, 204),
    ("DELETE", True, {"If-Match": STAR}, 204),
    ("DELETE", True, {"If-Match": WRONG}, 412),
    ("DELETE", True, {}, 204),
    ("DELETE", False, {}, 204),
    ("DELETE", False, {"If-Match": WRONG}, 412),
]
ROWS = [(method, there, headers, status, version) for method, there, headers, status in TABLE for version in VERSIONS]

UNSAID = [
    (V1, STATE, 204, 204),
    (V1, AGENT, 400, 409),
    (V1, ACTIVITY, 400, 409),
    (V2, STATE, 204, 409),
    (V2, AGENT, 204, 409),
    (V2, ACTIVITY, 204, 409),
]
"""What a PUT without a precondition gets where no document is, and where one is."""


@requirement("Communication 3.1", "4.1.4")
@EACH
@pytest.mark.parametrize(("method", "there", "headers", "status", "version"), ROWS)
def test_a_precondition_is_kept(
    lrs: Lrs, place: Place, method: str, headers: dict[str, str], status: int, version: str, *, there: bool
) -> None:
    program, where = lrs(version), place.whole
    tag = ""
    if there:
        program.ask("PUT", place.path, '{"old": 1}', ANY, **where)
        tag = program.get(place.path, **where).headers["ETag"]
    before = program.get(place.path, **where)
    said = {name: value.replace(RIGHT, tag) for name, value in headers.items()}
    answer = program.ask(method, place.path, None if method == "DELETE" else '{"new": 1}', JSON | said, **where)
    after = program.get(place.path, **where)

    assert answer.status_code == status, answer.text
    if status == 412:
        assert (after.status_code, after.headers.get("ETag")) == (before.status_code, before.headers.get("ETag"))
    elif method == "DELETE":
        assert after.status_code == 404
    else:
        assert after.json == ({"old": 1, "new": 1} if method == "POST" and there else {"new": 1})


@requirement("Communication 3.1", "4.1.4")
@pytest.mark.parametrize(("version", "place", "absently", "presently"), UNSAID)
def test_a_put_that_says_nothing_of_what_is_there(
    lrs: Lrs, version: str, place: Place, absently: int, presently: int
) -> None:
    program, absent, present = lrs(version), place.whole, place.whole
    program.ask("PUT", place.path, '{"old": 1}', ANY, **present)
    first = program.ask("PUT", place.path, '{"new": 1}', **absent)
    second = program.ask("PUT", place.path, '{"new": 1}', **present)

    assert (first.status_code, second.status_code) == (absently, presently)
    assert program.get(place.path, **absent).status_code == (200 if first.status_code == 204 else 404)
    assert program.get(place.path, **present).json == ({"new": 1} if second.status_code == 204 else {"old": 1})
    assert second.status_code == 204 or "If-Match" in second.text


@requirement("Communication 3.1", "4.1.4")
@EACH
@BOTH
def test_a_tag_changes_with_the_content_and_not_without(lrs: Lrs, version: str, place: Place) -> None:
    program, where = lrs(version), place.whole
    tags: list[str] = []
    for content in ("{}", "{}", '{"a": 1}'):
        program.ask("PUT", place.path, content, {"If-Match": "*"} if tags else ANY, **where)
        tags.append(program.get(place.path, **where).headers["ETag"])

    assert tags[0] == tags[1] != tags[2]


def crowd(times: int, act: Callable[[int], TestResponse]) -> list[int]:
    """Do something many times at once and tell how it went."""
    with ThreadPoolExecutor(8) as people:
        return [answer.status_code for answer in people.map(act, range(times))]


@requirement("Communication 3.1", "4.1.4")
@EACH
@pytest.mark.parametrize("asked", ["If-Match", "If-None-Match"])
def test_of_many_at_once_with_one_precondition_one_wins(each_lrs: Lrs, place: Place, asked: str) -> None:
    program, where, headers = each_lrs(V2), place.whole, ANY
    if asked == "If-Match":
        program.ask("PUT", place.path, '{"n": "first"}', ANY, **where)
        headers = {"If-Match": program.get(place.path, **where).headers["ETag"]}
    statuses = crowd(24, lambda n: program.ask("PUT", place.path, f'{{"n": {n}}}', headers, **where))

    assert sorted(statuses) == [204] + [412] * 23
    assert program.get(place.path, **where).json == {"n": statuses.index(204)}


@requirement("Communication 3.1", "4.1.4")
def test_what_many_post_at_once_is_all_merged(each_lrs: Lrs) -> None:
    program, where = each_lrs(V2), STATE.whole
    statuses = crowd(24, lambda n: program.ask("POST", STATE.path, f'{{"n{n}": {n}}}', **where))

    assert set(statuses) == {204}
    assert program.get(STATE.path, **where).json == {f"n{n}": n for n in range(24)}


@requirement("Communication 3.1", "4.1.4")
def test_of_deleting_and_writing_at_once_one_wins(each_lrs: Lrs) -> None:
    program, where = each_lrs(V2), STATE.whole
    program.ask("PUT", STATE.path, "{}", ANY, **where)
    tag = {"If-Match": program.get(STATE.path, **where).headers["ETag"]}
    remove: dict[str, Any] = {"method": "DELETE", "path": STATE.path, "headers": tag} | where
    write = remove | {"method": "PUT", "body": '{"a": 1}'}
    statuses = crowd(16, lambda n: program.ask(**(remove if n % 2 else write)))

    assert sorted(statuses) == [204] + [412] * 15
    assert program.get(STATE.path, **where).status_code == (404 if statuses.index(204) % 2 else 200)


@requirement("Communication 2.1.2", "4.1.6.1")
def test_the_same_sent_many_times_at_once_is_one_statement(each_lrs: Lrs) -> None:
    program, made = each_lrs(V2), statement()
    put: dict[str, Any] = {"statementId": made["id"]}
    statuses = crowd(
        32, lambda n: program.ask("PUT", "/statements", made, **put) if n % 2 else program.post([made, statement()])
    )

    assert sorted(set(statuses)) == [200, 204]
    assert program.found(verb="http://example.org/verbs/did", limit=0).count(made["id"]) == 1
    assert len(program.found()) == 17


@requirement("Communication 2.1.2", "4.1.6.1")
def test_of_different_statements_under_one_id_one_is_kept_and_the_rest_told(each_lrs: Lrs) -> None:
    program, made = each_lrs(V2), statement()
    statuses = crowd(24, lambda n: program.post(made | {"result": {"response": str(n)}}))
    kept = program.get(statementId=made["id"]).json

    assert sorted(statuses) == [200] + [409] * 23
    assert kept is not None
    assert kept["result"] == {"response": str(statuses.index(200))}


@requirement("Communication 2.1.2", "4.1.6.1")
def test_batches_that_meet_in_another_order_do_not_stop_one_another(each_lrs: Lrs) -> None:
    program, batch = each_lrs(V2), [statement() for _ in range(200)]
    statuses = crowd(12, lambda n: program.post(batch if n % 2 else batch[::-1]))

    assert set(statuses) == {200}
    assert sorted(program.found(limit=0)) == sorted(made["id"] for made in batch)


@requirement("Communication 2.1.3", "4.1.6.1")
def test_whoever_is_told_that_the_record_is_whole_until_then_has_seen_all_until_then(each_lrs: Lrs) -> None:
    program = each_lrs(V2)

    def write_or_read(n: int) -> TestResponse:
        return program.post([statement(), statement()]) if n % 2 else program.get(limit=0)

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(write_or_read, range(60)))
    stored = {found["id"]: found["stored"] for found in json.loads(program.get(limit=0).text)["statements"]}

    assert len(stored) == 60
    for answer in answers[::2]:
        until = datetime.fromisoformat(answer.headers[CONSISTENT])
        seen = {found["id"] for found in json.loads(answer.text)["statements"]}
        assert {one for one, when in stored.items() if datetime.fromisoformat(when) <= until} <= seen


@requirement("Communication 2.1.3", "4.1.6.1")
@pytest.mark.parametrize("ascending", ["true", "false"])
def test_a_walk_while_others_write_meets_each_once_and_in_the_order_of_the_record(
    each_lrs: Lrs, ascending: str
) -> None:
    program, before = each_lrs(V2), [statement() for _ in range(12)]
    program.post(before)

    def walk() -> list[str]:
        met, address = [], f"/statements?limit=3&ascending={ascending}"
        while address:
            page = json.loads(program.ask("GET", address).text)
            met += [found["id"] for found in page["statements"]]
            address = page["more"].removeprefix("/xapi")
        return met

    with ThreadPoolExecutor(8) as people:
        walking = [people.submit(walk) for _ in range(3)]
        crowd(20, lambda _: program.post(statement()))
        walks = [each.result() for each in walking]
    whole = program.found(ascending=ascending, limit=0)

    for met in walks:
        assert {made["id"] for made in before} <= set(met)
        assert met == [one for one in whole if one in set(met)]
