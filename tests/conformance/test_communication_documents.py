"""Documents of State, Agent Profile and Activity Profile (Communication 2.2, 2.3, 2.6, 2.7; 2.0: 4.1.6.2, 4.1.6.5, 4.1.6.6)."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.conformance.requirements import BOTH, Lrs, requirement
from tests.parts.programs import V1, V2

ANY = {"If-None-Match": "*"}
JSON = {"Content-Type": "application/json"}
AN = {"objectType": "Agent", "mbox": "mailto:an@example.org"}
TEAM = {"objectType": "Group", "mbox": "mailto:team@example.org"}
NAMELESS = {"objectType": "Group", "member": [AN]}
COURSE = "http://example.org/course"
REGISTRATION = "ec531277-b57b-4c15-8d91-d292c5b2b8f7"


@dataclass(frozen=True)
class Place:
    """Where a document of one of the three resources lies."""

    path: str
    parameters: dict[str, Any]
    id: str

    @property
    def whole(self) -> dict[str, Any]:
        """All parameters, with a document's id that nobody else uses."""
        return self.parameters | {self.id: f"d-{uuid4()}"}


STATE = Place("/activities/state", {"activityId": COURSE, "agent": AN}, "stateId")
AGENT = Place("/agents/profile", {"agent": AN}, "profileId")
ACTIVITY = Place("/activities/profile", {"activityId": COURSE}, "profileId")
PLACES = {"state": STATE, "agent profile": AGENT, "activity profile": ACTIVITY}
EACH = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)


def ids(answer: TestResponse) -> list[str]:
    found = json.loads(answer.text)
    assert isinstance(found, list)
    return found


@requirement("Communication 2.2", "4.1.6")
@EACH
@BOTH
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x00\xff\xfe not text", "application/octet-stream"),
        (b"", "text/plain"),
        ("Hải Đăng".encode(), "text/plain; charset=utf-8"),
        (b'{"a": 1.10, "b": null}', "application/json"),
        (b"[1, 2]", "application/json"),
        (b"<a/>", "application/xml"),
    ],
    ids=["bytes", "nothing", "text", "an object", "a list", "XML"],
)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_document_comes_back_to_the_byte_and_with_its_type(
    lrs: Lrs, version: str, place: Place, content: bytes, kind: str, method: str
) -> None:
    if method == "POST" and content == b"[1, 2]":
        content = b'{"posted": [1, 2]}'
    where = place.whole
    written = lrs(version).ask(method, place.path, content, ANY | {"Content-Type": kind}, **where)
    read = lrs(version).get(place.path, **where)

    assert (written.status_code, written.data) == (204, b"")
    assert (read.status_code, read.data, read.headers["Content-Type"]) == (200, content, kind)


@requirement("Communication 2.2", "4.1.6")
@EACH
@BOTH
def test_a_document_that_is_not_there_is_404_and_deleting_it_204(lrs: Lrs, version: str, place: Place) -> None:
    where = place.whole

    assert lrs(version).get(place.path, **where).status_code == 404
    assert lrs(version).ask("DELETE", place.path, **where).status_code == 204


@requirement("Communication 2.2", "4.1.6")
@EACH
@BOTH
def test_a_deleted_document_is_gone_and_the_others_are_not(lrs: Lrs, version: str, place: Place) -> None:
    gone, stays = place.whole, place.whole
    for where in (gone, stays):
        lrs(version).ask("PUT", place.path, "{}", ANY, **where)

    assert lrs(version).ask("DELETE", place.path, **gone).status_code == 204
    assert lrs(version).get(place.path, **gone).status_code == 404
    assert lrs(version).get(place.path, **stays).status_code == 200


@requirement("Communication 2.2", "4.1.6")
@EACH
@BOTH
def test_posted_json_is_merged_at_the_top_and_nowhere_below(lrs: Lrs, version: str, place: Place) -> None:
    where = place.whole
    lrs(version).ask("POST", place.path, '{"x": "foo", "deep": {"a": 1, "b": 2}, "n": 1.10}', JSON, **where)
    merged = lrs(version).ask("POST", place.path, '{"x": "bash", "deep": {"c": 3}, "z": null}', JSON, **where)
    read = lrs(version).get(place.path, **where)

    assert merged.status_code == 204
    assert read.json == {"x": "bash", "deep": {"c": 3}, "n": 1.1, "z": None}
    assert "1.10" in read.text
    assert read.headers["Content-Type"] == "application/json"


UNMERGEABLE = {
    "a posted text": ('{"a": 1}', "application/json", "text", "text/plain"),
    "a posted object called text": ('{"a": 1}', "application/json", '{"b": 2}', "text/plain"),
    "a text that is there": ("text", "text/plain", '{"b": 2}', "application/json"),
    "an object there, called octets": ('{"a": 1}', "application/octet-stream", '{"b": 2}', "application/json"),
    "two texts": ("text", "text/plain", "more", "text/plain"),
    "a posted list": ('{"a": 1}', "application/json", "[1]", "application/json"),
    "a list that is there": ("[1]", "application/json", '{"b": 2}', "application/json"),
    "a posted word": ('{"a": 1}', "application/json", '"b"', "application/json"),
    "posted null": ('{"a": 1}', "application/json", "null", "application/json"),
    "half an object": ('{"a": 1}', "application/json", '{"b": 2', "application/json"),
    "half an object that is there": ('{"a": 1', "application/json", '{"b": 2}', "application/json"),
    "no UTF-8": ('{"a": 1}', "application/json", b'{"b": "\xff"}', "application/json"),
    "a key twice": ('{"a": 1}', "application/json", '{"b": 1, "b": 2}', "application/json"),
    "nothing": ('{"a": 1}', "application/json", "", "application/json"),
}


@requirement("Communication 2.2", "4.1.6")
@EACH
@BOTH
@pytest.mark.parametrize(("there", "kind", "posted", "other"), UNMERGEABLE.values(), ids=UNMERGEABLE)
def test_what_cannot_be_merged_is_refused_and_changes_nothing(
    lrs: Lrs, version: str, place: Place, there: str, kind: str, posted: str | bytes, other: str
) -> None:
    where = place.whole
    lrs(version).ask("PUT", place.path, there, ANY | {"Content-Type": kind}, **where)
    answer = lrs(version).ask("POST", place.path, posted, {"Content-Type": other}, **where)
    read = lrs(version).get(place.path, **where)

    assert answer.status_code == 400
    assert (read.text, read.headers["Content-Type"]) == (there, kind)


@requirement("Communication 2.2", "4.1.6")
@EACH
@BOTH
@pytest.mark.parametrize("body", ["[1]", "{", '"a"', "null"])
def test_json_that_is_no_object_is_not_posted_where_nothing_is(lrs: Lrs, version: str, place: Place, body: str) -> None:
    where = place.whole

    assert lrs(version).ask("POST", place.path, body, JSON, **where).status_code == 400
    assert lrs(version).get(place.path, **where).status_code == 404


@requirement("Communication 2.2", "4.1.6")
@EACH
@BOTH
def test_documents_say_when_they_changed(lrs: Lrs, version: str, place: Place) -> None:
    where = place.whole
    lrs(version).ask("PUT", place.path, "{}", ANY, **where)
    changed = lrs(version).get(place.path, **where).last_modified

    assert changed is not None
    assert abs(changed - datetime.now(UTC)) < timedelta(minutes=1)


@requirement("Communication 2.2", "4.1.6")
def test_a_list_says_when_the_last_of_its_documents_changed(empty_lrs: Lrs) -> None:
    program, first, second = empty_lrs(V2), STATE.whole, STATE.whole
    for where in (first, second):
        program.ask("PUT", STATE.path, "{}", ANY, **where)
    before = program.get(STATE.path, **first).last_modified
    assert before is not None
    after = before
    while after == before:  # the header tells seconds: until the next one begins
        program.ask("POST", STATE.path, '{"a": 1}', JSON, **first)
        after = program.get(STATE.path, **first).last_modified or before

    assert program.get(STATE.path, **STATE.parameters).last_modified == after
    assert after > before


@requirement("Communication 2.2", "4.1.6")
@EACH
@BOTH
def test_ids_are_listed_and_since_is_exclusive(empty_lrs: Lrs, version: str, place: Place) -> None:
    program = empty_lrs(version)
    nothing = program.get(place.path, **place.parameters)
    first = place.parameters | {place.id: "một / hai?&="}
    second = place.parameters | {place.id: "b"}
    program.ask("PUT", place.path, "{}", ANY, **first)
    program.ask("PUT", place.path, "{}", ANY, **second)
    listed = program.get(place.path, **place.parameters)

    assert (nothing.status_code, nothing.json) == (200, [])
    assert sorted(ids(listed)) == ["b", "một / hai?&="]
    for since, found in (("2001-01-01T00:00:00Z", 2), ("2999-01-01T00:00:00+07:00", 0)):
        assert len(ids(program.get(place.path, **place.parameters, since=since))) == found


@requirement("Communication 2.2", "4.1.6")
@EACH
@BOTH
def test_documents_of_the_unknown_are_kept(lrs: Lrs, version: str, place: Place) -> None:
    unknown = {"agent": {"mbox": f"mailto:{uuid4()}@example.org"}, "activityId": f"urn:uuid:{uuid4()}"}
    where = place.whole | {name: value for name, value in unknown.items() if name in place.parameters}

    assert lrs(version).ask("PUT", place.path, "{}", ANY, **where).status_code == 204


WRONG: dict[str, list[Any]] = {
    "activityId": ["", "course", "ab=c://x"],
    "agent": ["", "an", "{}", json.dumps([AN]), json.dumps({"mbox": "an@example.org"}), json.dumps(NAMELESS), "null"],
    "registration": ["", "1", f"{{{REGISTRATION}}}"],
    "since": ["", "yesterday", "2026-02-30T00:00:00Z"],
}
METHODS = pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])


def check_parameters(lrs: Lrs, version: str, method: str, place: Place) -> None:
    """Ask without each parameter, with each one wrong, in another case, twice, and with one too many; last with all right."""
    body = "{}" if method in {"PUT", "POST"} else None
    where = place.whole
    refused: list[dict[str, Any]] = []
    for name, value in place.parameters.items():
        rest = {other: given for other, given in where.items() if other != name}
        refused += [rest, rest | {name.upper(): value}, *(rest | {name: wrong} for wrong in WRONG[name])]
    refused += [where | {"mood": "good"}, where | {"limit": "1"}, where | {place.id.lower(): "d"}]
    if method in {"PUT", "POST"} or (method == "DELETE" and place is not STATE):
        refused.append(place.parameters)
    if method == "GET":
        refused += [place.parameters | {"since": wrong} for wrong in WRONG["since"]]
    else:
        refused.append(where | {"since": "2001-01-01T00:00:00Z"})
    if place is STATE:
        refused += [where | {"registration": wrong} for wrong in WRONG["registration"]]
    else:
        refused.append(where | {"registration": REGISTRATION})

    for asked in refused:
        assert lrs(version).ask(method, place.path, body, ANY if body else None, **asked).status_code == 400, asked
    answer = lrs(version).ask(method, place.path, body, ANY if body else None, **where)
    assert answer.status_code == (404 if method == "GET" else 204), answer.text


@requirement("Communication 2.3", "4.1.6.2")
@BOTH
@METHODS
def test_the_parameters_of_a_state(lrs: Lrs, version: str, method: str) -> None:
    check_parameters(lrs, version, method, STATE)


@requirement("Communication 2.6", "4.1.6.5")
@BOTH
@METHODS
def test_the_parameters_of_an_agent_profile(lrs: Lrs, version: str, method: str) -> None:
    check_parameters(lrs, version, method, AGENT)


@requirement("Communication 2.7", "4.1.6.6")
@BOTH
@METHODS
def test_the_parameters_of_an_activity_profile(lrs: Lrs, version: str, method: str) -> None:
    check_parameters(lrs, version, method, ACTIVITY)


def check_group(lrs: Lrs, version: str, place: Place, statuses: tuple[int, int]) -> None:
    """Write for an identified group; what is written for an agent with its identifier is the same document."""
    where = place.whole
    team, alone = where | {"agent": TEAM}, where | {"agent": {"mbox": TEAM["mbox"]}}
    written = lrs(version).ask("PUT", place.path, "{}", ANY, **team)
    read = lrs(version).get(place.path, **alone)

    assert (written.status_code, read.status_code) == statuses


@requirement("Communication 2.3", "4.1.6.2")
@pytest.mark.parametrize(("version", "statuses"), [(V1, (400, 404)), (V2, (204, 200))])
def test_a_state_is_an_agents_and_in_2_0_a_groups_too(lrs: Lrs, version: str, statuses: tuple[int, int]) -> None:
    check_group(lrs, version, STATE, statuses)


@requirement("Communication 2.6", "4.1.6.5")
@pytest.mark.parametrize(("version", "statuses"), [(V1, (400, 404)), (V2, (204, 200))])
def test_an_agent_profile_is_an_agents_and_in_2_0_a_groups_too(
    lrs: Lrs, version: str, statuses: tuple[int, int]
) -> None:
    check_group(lrs, version, AGENT, statuses)


@requirement("Communication 2.3", "4.1.6.2")
@BOTH
def test_each_part_of_a_states_place_tells_it_apart(lrs: Lrs, version: str) -> None:
    where = STATE.whole
    others: list[dict[str, Any]] = [
        {"stateId": f"d-{uuid4()}"},
        {"stateId": where["stateId"].upper()},
        {"activityId": f"{COURSE}/2"},
        {"agent": {"mbox": "mailto:binh@example.org"}},
        {"registration": REGISTRATION},
    ]
    lrs(version).ask("PUT", STATE.path, '{"here": 1}', ANY, **where)

    for other in others:
        assert lrs(version).get(STATE.path, **(where | other)).status_code == 404
        assert lrs(version).ask("PUT", STATE.path, '{"there": 1}', ANY, **(where | other)).status_code == 204
    assert lrs(version).get(STATE.path, **where).json == {"here": 1}
    assert lrs(version).get(STATE.path, **(where | {"agent": {"mbox": AN["mbox"], "name": "An"}})).json == {"here": 1}


@requirement("Communication 2.3", "4.1.6.2")
@BOTH
def test_states_are_listed_and_removed_by_registration_or_all(empty_lrs: Lrs, version: str) -> None:
    program, place = empty_lrs(version), STATE.parameters
    there = place | {"registration": REGISTRATION}
    for where in (place | {"stateId": "a"}, there | {"stateId": "a"}, there | {"stateId": "b"}):
        program.ask("PUT", STATE.path, "{}", ANY, **where)

    assert sorted(ids(program.get(STATE.path, **place))) == ["a", "b"]
    assert sorted(ids(program.get(STATE.path, **there))) == ["a", "b"]
    assert program.ask("DELETE", STATE.path, **there).status_code == 204
    assert program.get(STATE.path, **there).json == []
    assert program.get(STATE.path, **place).json == ["a"]
    assert program.ask("DELETE", STATE.path, **place).status_code == 204
    assert program.get(STATE.path, **place).json == []


@requirement("Communication 3.1", "4.1.4")
@EACH
@BOTH
def test_a_tag_is_quoted_and_is_the_hash_of_the_content(lrs: Lrs, version: str, place: Place) -> None:
    where, content = place.whole, "Hải Đăng\0".encode()
    lrs(version).ask("PUT", place.path, content, ANY | {"Content-Type": "text/plain"}, **where)
    listed = lrs(version).get(place.path, **place.parameters)

    assert (
        lrs(version).get(place.path, **where).headers["ETag"] == f'"{sha1(content, usedforsecurity=False).hexdigest()}"'
    )
    assert listed.headers["ETag"] == f'"{sha1(listed.data, usedforsecurity=False).hexdigest()}"'
