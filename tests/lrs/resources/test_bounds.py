"""What a key in a browser may not do, whatever its scopes say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from lrs.people import credentials
from storage.search import VOIDED
from tests.parts.programs import AGENT, Partner, partner, statement

if TYPE_CHECKING:
    from uuid import UUID

    from tests.parts.installations import Installation

PAGE = "https://school.example"
OTHER = {"objectType": "Agent", "mbox": "mailto:binh@example.org"}
GROUP = {"objectType": "Group", "member": [AGENT]}
ACTIVITY = "http://example.org/a"
ANY = {"If-None-Match": "*"}


def launched(installation: Installation, registration: UUID | None = None) -> Partner:
    with installation.services.database.write(1) as tx:
        made = credentials.launch(tx, AGENT | {"name": "An"}, registration, (PAGE,))
    return Partner(installation, {"key": made.key, "secret": made.secret})


def browsers(installation: Installation) -> Partner:
    return Partner(
        installation, installation.haidang("key", "create", "--space", "haiphong", "--browser", "--origin", PAGE)
    )


def voiding(other: dict[str, Any]) -> dict[str, Any]:
    return statement(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": other["id"]})


@pytest.mark.parametrize("actor", [OTHER, GROUP, GROUP | {"mbox": "mailto:class@example.org"}])
def test_a_launched_page_says_nothing_of_another_actor(installation: Installation, actor: dict[str, Any]) -> None:
    key = launched(installation)

    answer = key.ask("POST", "/statements", [statement(), statement(actor=actor)], {"Accept-Language": "en"})

    assert answer.status_code == 403
    assert answer.json is not None
    assert "mailto:an@example.org" in answer.json["detail"]
    assert partner(installation).found() == []
    assert key.post(statement()).status_code == 200  # control
    assert key.post(statement(actor=AGENT | {"mbox": "mailto:an@EXAMPLE.org", "name": "x"})).status_code == 200


def test_a_refusal_is_said_in_the_callers_language(embedded: Installation) -> None:
    answer = launched(embedded).ask("POST", "/statements", statement(actor=OTHER), {"Accept-Language": "vi"})

    assert answer.json is not None
    assert answer.json["title"] == "Khóa này thuộc về người khác"


def test_a_launched_page_keeps_to_its_registration(embedded: Installation) -> None:
    ours, theirs = uuid4(), uuid4()
    key = launched(embedded, ours)
    place = {"activityId": ACTIVITY, "agent": AGENT, "stateId": "s"}

    for registration, refused in ((ours, False), (theirs, True)):
        said = key.post(statement(context={"registration": str(registration).upper()}))
        put = key.ask("PUT", "/activities/state", "{}", ANY, registration=str(registration), **place)
        assert [said.status_code == 403, put.status_code == 403] == [refused, refused]
    assert key.post(statement()).status_code == 200
    assert key.ask("PUT", "/activities/state", "{}", ANY, **place).status_code == 204


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/activities/state", {"activityId": ACTIVITY, "stateId": "s"}),
        ("/agents/profile", {"profileId": "p"}),
    ],
)
def test_a_launched_page_reaches_no_document_of_another_agent(
    embedded: Installation, path: str, place: dict[str, Any], method: str
) -> None:
    key, body = launched(embedded), None if method in {"GET", "DELETE"} else "{}"

    assert key.ask(method, path, body, ANY if body else {}, agent=OTHER, **place).status_code == 403
    assert key.ask(method, path, body, ANY if body else {}, agent=AGENT, **place).status_code in {204, 404}  # control


def test_a_launched_page_reads_an_activitys_profile_and_changes_none(embedded: Installation) -> None:
    key, server = launched(embedded), partner(embedded)
    place: dict[str, Any] = {"activityId": ACTIVITY, "profileId": "p"}
    server.ask("PUT", "/activities/profile", '{"a": 1}', ANY, **place)

    for method, body in (("PUT", "{}"), ("POST", "{}"), ("DELETE", None)):
        assert key.ask(method, "/activities/profile", body, **place).status_code == 403
    assert key.get("/activities/profile", **place).json == {"a": 1}


@pytest.mark.parametrize("make", [launched, browsers])
def test_no_page_voids_a_statement(embedded: Installation, make: Any) -> None:
    key, said = make(embedded), statement()
    key.post(said)

    assert key.post(voiding(said)).status_code == 403

    server = partner(embedded)
    assert server.found() == [said["id"]]
    assert server.post(voiding(said)).status_code == 200  # control


def test_an_administrators_page_writes_in_anybodys_name(embedded: Installation) -> None:
    assert browsers(embedded).post([statement(), statement(actor=OTHER)]).status_code == 200


def test_a_launched_page_reads_what_it_has_written_alone(embedded: Installation) -> None:
    key, said = launched(embedded), statement()
    partner(embedded).post(statement())
    launched(embedded).post(statement())
    key.post(said)

    assert key.found() == [said["id"]]
