"""State, Agent Profile and Activity Profile documents, and who may overwrite them (Communication 2.2, 2.3, 2.6, 2.7, 3.1)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from tests.parts.installations import Installation
from tests.parts.programs import AGENT, V1, V2, partner

ACTIVITY = "http://example.org/a"
STATE: tuple[str, dict[str, Any]] = ("/activities/state", {"activityId": ACTIVITY, "agent": AGENT, "stateId": "s"})
AGENT_PROFILE: tuple[str, dict[str, Any]] = ("/agents/profile", {"agent": AGENT, "profileId": "p"})
ACTIVITY_PROFILE: tuple[str, dict[str, Any]] = ("/activities/profile", {"activityId": ACTIVITY, "profileId": "p"})
ALL = pytest.mark.parametrize(
    ("path", "place"), [STATE, AGENT_PROFILE, ACTIVITY_PROFILE], ids=["state", "agent", "activity"]
)
ANY = {"If-None-Match": "*"}


@ALL
def test_a_document_comes_back_as_it_was_put(installation: Installation, path: str, place: dict[str, Any]) -> None:
    program = partner(installation)
    data = b"\x00\xff not text"

    put = program.ask("PUT", path, data, ANY | {"Content-Type": "application/x-thing"}, **place)
    back = program.get(path, **place)

    assert put.status_code == 204, put.text
    assert (back.data, back.headers["Content-Type"]) == (data, "application/x-thing")
    assert back.headers["ETag"].strip('"').isalnum()
    assert "Last-Modified" in back.headers


@ALL
def test_posting_json_merges_the_top_level(installation: Installation, path: str, place: dict[str, Any]) -> None:
    program = partner(installation)
    program.ask("PUT", path, '{"a": {"x": 1}, "b": 1.10}', ANY, **place)

    program.ask("POST", path, '{"a": {"y": 2}, "c": [3]}', **place)

    assert program.get(path, **place).json == {"a": {"y": 2}, "b": 1.1, "c": [3]}


@ALL
def test_posting_what_cannot_be_merged_changes_nothing(
    installation: Installation, path: str, place: dict[str, Any]
) -> None:
    program = partner(installation)
    program.ask("PUT", path, '{"a": 1}', ANY, **place)

    for body, kind in (("[1]", "application/json"), ("nonsense", "application/json"), ("text", "text/plain")):
        assert program.ask("POST", path, body, {"Content-Type": kind}, **place).status_code == 400
    assert program.get(path, **place).json == {"a": 1}


@ALL
def test_deleting_is_for_one(installation: Installation, path: str, place: dict[str, Any]) -> None:
    program = partner(installation)
    program.ask("PUT", path, "{}", ANY, **place)

    assert program.ask("DELETE", path, **place).status_code == 204
    assert program.get(path, **place).status_code == 404


@ALL
def test_ids_are_listed(embedded: Installation, path: str, place: dict[str, Any]) -> None:
    program = partner(embedded)
    name = "stateId" if "stateId" in place else "profileId"
    for one in ("b", "a"):
        program.ask("PUT", path, "{}", ANY, **(place | {name: one}))

    without = {key: value for key, value in place.items() if key != name}
    assert program.get(path, **without).json == ["a", "b"]
    assert program.get(path, **without, since="2999-01-01T00:00:00Z").json == []


def test_all_states_of_a_place_can_be_removed(embedded: Installation) -> None:
    program, (path, place) = partner(embedded), STATE
    for one in ("a", "b"):
        program.ask("PUT", path, "{}", **(place | {"stateId": one, "registration": str(uuid4())}))
    without = {key: value for key, value in place.items() if key != "stateId"}

    assert program.ask("DELETE", path, **without).status_code == 204
    assert program.get(path, **without).json == []


@pytest.mark.parametrize(
    ("version", "resource", "there", "status"),
    [
        (V1, STATE, False, 204),
        (V1, STATE, True, 204),
        (V1, ACTIVITY_PROFILE, False, 400),
        (V1, ACTIVITY_PROFILE, True, 409),
        (V2, STATE, False, 204),
        (V2, STATE, True, 409),
        (V2, ACTIVITY_PROFILE, False, 204),
        (V2, ACTIVITY_PROFILE, True, 409),
    ],
)
def test_putting_without_a_word_about_what_is_there(
    embedded: Installation,
    version: str,
    resource: tuple[str, dict[str, Any]],
    there: bool,  # noqa: FBT001
    status: int,
) -> None:
    program, (path, place) = partner(embedded, version=version), resource
    if there:
        program.ask("PUT", path, '{"old": 1}', ANY, **place)

    assert program.ask("PUT", path, '{"new": 1}', **place).status_code == status
    assert ("old" in program.get(path, **place).text) == (there and status != 204)


def test_of_fifty_parallel_conditional_puts_one_wins(installation: Installation) -> None:
    program, (path, place) = partner(installation), STATE
    program.ask("PUT", path, "{}", **place)
    etag = program.get(path, **place).headers["ETag"]

    with ThreadPoolExecutor(8) as crowd:
        statuses = list(
            crowd.map(
                lambda n: program.ask("PUT", path, f'{{"n":{n}}}', {"If-Match": etag}, **place).status_code, range(50)
            )
        )

    assert sorted(set(statuses)) == [204, 412]
    assert statuses.count(204) == 1


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_wrong_tag_changes_nothing(embedded: Installation, method: str) -> None:
    program, (path, place) = partner(embedded, version=V2), STATE
    program.ask("PUT", path, '{"kept": 1}', **place)

    assert program.ask(method, path, "{}", {"If-Match": '"wrong"'}, **place).status_code == 412
    assert program.get(path, **place).json == {"kept": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"registration": "no"},
        {"agent": "no"},
        {"activityId": "no"},
        {"since": "yesterday"},
        {"stateID": "s"},
        {"agent": {}},
    ],
)
def test_a_wrong_parameter_is_refused(embedded: Installation, wrong: dict[str, Any]) -> None:
    path, place = STATE

    assert partner(embedded).get(path, **(place | wrong)).status_code == 400


@pytest.mark.parametrize(
    ("scope", "resource", "status"), [("state", STATE, 204), ("profile", STATE, 403), ("all/read", STATE, 403)]
)
def test_a_key_writes_what_its_scope_names(
    embedded: Installation, scope: str, resource: tuple[str, dict[str, Any]], status: int
) -> None:
    path, place = resource

    assert partner(embedded, scope).ask("PUT", path, "{}", **place).status_code == status


def test_another_space_does_not_see_it(embedded: Installation) -> None:
    embedded.haidang("space", "add", "daklak")
    path, place = STATE
    partner(embedded).ask("PUT", path, "{}", **place)

    assert partner(embedded, space="daklak").get(path, **place).status_code == 404
