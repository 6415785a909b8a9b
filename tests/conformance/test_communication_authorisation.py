"""Keys and what their scopes allow (Communication 4.0, 4.2; 2.0: 4.1)."""

from base64 import b64encode
from typing import Any

import pytest

from tests.conformance.requirements import BOTH, Lrs, requirement
from tests.conformance.test_communication_documents import ACTIVITY, AGENT, ANY, STATE, Place
from tests.parts.installations import Installation
from tests.parts.programs import Partner, statement

HEADER = "X-Experience-API-Version"


def documents(place: Place, method: str) -> dict[str, Any]:
    body = {"body": "{}", "headers": ANY} if method == "PUT" else {}
    return {"method": method, "path": place.path} | body | place.whole


def requests() -> dict[str, dict[str, Any]]:
    made = statement()
    return {
        "write": {"method": "POST", "path": "/statements", "body": statement()},
        "put": {"method": "PUT", "path": "/statements", "body": made, "statementId": made["id"]},
        "read": {"method": "GET", "path": "/statements"},
        "write a state": documents(STATE, "PUT"),
        "remove a state": documents(STATE, "DELETE"),
        "read a state": documents(STATE, "GET"),
        "write an agent profile": documents(AGENT, "PUT"),
        "read an agent profile": documents(AGENT, "GET"),
        "write an activity profile": documents(ACTIVITY, "PUT"),
        "read an activity profile": documents(ACTIVITY, "GET"),
    }


READING = {"read", "read a state", "read an agent profile", "read an activity profile"}
SCOPES: dict[str, set[str]] = {
    "all": set(requests()),
    "all/read": READING,
    "statements/read": {"read"},
    "statements/read/mine": {"read"},
    "statements/write": {"write", "put"},
    "state": {"write a state", "remove a state", "read a state"},
    "profile": {name for name in requests() if "profile" in name},
    "define": set(),
}


@requirement("Communication 4.2", "4.1")
@BOTH
@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_does_what_its_scope_names_and_nothing_else(shared: Installation, version: str, scope: str) -> None:
    program = Partner(shared, shared.key(scope), version)
    allowed = {name for name, asked in requests().items() if program.ask(**asked).status_code != 403}

    assert allowed == SCOPES[scope]


@requirement("Communication 4.2", "4.1")
@BOTH
def test_who_may_read_their_own_reads_nobody_elses(shared: Installation, lrs: Lrs, version: str) -> None:
    key = shared.haidang(
        "key", "create", "--space", "haiphong", "--scope", "statements/write", "--scope", "statements/read/mine"
    )
    me, mine, theirs = Partner(shared, key, version), statement(), statement()
    me.post(mine)
    lrs(version).post(theirs)

    assert me.found() == [mine["id"]]
    assert me.get(statementId=mine["id"]).status_code == 200
    assert me.get(statementId=theirs["id"]).status_code == 404
    assert {mine["id"], theirs["id"]} <= set(lrs(version).found())


@requirement("Communication 4.2", "4.1")
@BOTH
def test_who_may_read_their_own_finds_no_others_through_a_reference(
    shared: Installation, lrs: Lrs, version: str
) -> None:
    key = shared.haidang(
        "key", "create", "--space", "haiphong", "--scope", "statements/write", "--scope", "statements/read/mine"
    )
    me, theirs = Partner(shared, key, version), statement()
    lrs(version).post(theirs)
    mine = statement(object={"objectType": "StatementRef", "id": theirs["id"]})
    me.post(mine)

    assert me.found() == [mine["id"]]
    assert me.found(activity=theirs["object"]["id"]) == []


@requirement("Communication 4.2", "4.1")
@BOTH
@pytest.mark.parametrize("defines", [True, False])
def test_who_may_not_define_says_what_an_activity_is_in_the_statement_alone(
    shared: Installation, lrs: Lrs, version: str, *, defines: bool
) -> None:
    scopes = ["statements/write", *(["define"] if defines else [])]
    words = [word for scope in scopes for word in ("--scope", scope)]
    program = Partner(shared, shared.haidang("key", "create", "--space", "haiphong", *words), version)
    activity = {"id": f"x:{version}-{defines}", "definition": {"name": {"vi": "Bài"}}}
    made = statement(object=activity)
    program.post(made)

    assert ("definition" in lrs(version).get("/activities", activityId=activity["id"]).text) == defines
    assert (lrs(version).get(statementId=made["id"]).json or {})["object"] == activity


@requirement("Communication 4.0", "4.1")
@BOTH
@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "Basic",
        "Basic ???",
        "Basic Og==",
        "Basic " + b64encode(b"nobody:nothing").decode(),
        "Bearer KEY",
        "Basic KEY:wrong",
    ],
)
@pytest.mark.parametrize("path", ["/statements", "/activities/state", "/agents/profile", "/agents", "/activities"])
def test_without_a_key_that_holds_one_is_asked_for(
    shared: Installation, version: str, given: str | None, path: str
) -> None:
    program = Partner(shared, shared.key(), version)
    wrong = b64encode(f"{program.key['key']}:wrong".encode()).decode()
    said = "" if given is None else given.replace("KEY:wrong", wrong).replace("KEY", program.key["key"])
    answer = program.ask("GET", path, headers={"Authorization": said})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")
    assert answer.headers[HEADER] == version


@requirement("Communication 4.0", "4.1")
@BOTH
def test_nothing_is_kept_for_who_has_no_key(shared: Installation, lrs: Lrs, version: str) -> None:
    made = statement()
    stranger = Partner(shared, {"key": "0" * 32, "secret": "x"}, version)

    assert stranger.post(made).status_code == 401
    assert lrs(version).get(statementId=made["id"]).status_code == 404
