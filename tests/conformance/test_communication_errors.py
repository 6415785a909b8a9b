"""Which error says what (Communication 3.2; 2.0: 4.1.5)."""

import gzip
import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest

from tests.conformance.requirements import BOTH, Lrs, requirement
from tests.conformance.test_communication_content_types import MIXED, attachment, parcel, part
from tests.conformance.test_communication_documents import ANY, EACH, Place
from tests.parts.installations import Installation, environment, make_installation
from tests.parts.programs import AGENT, Partner, partner, statement

ACTIVITY = "http://example.org/a"
RESOURCES: dict[str, dict[str, Any]] = {
    "/statements": {},
    "/activities/state": {"activityId": ACTIVITY, "agent": AGENT},
    "/agents/profile": {"agent": AGENT},
    "/activities/profile": {"activityId": ACTIVITY},
    "/agents": {"agent": AGENT},
    "/activities": {"activityId": ACTIVITY},
}


@requirement("Communication 3.2", "4.1.5")
@BOTH
@pytest.mark.parametrize("path", RESOURCES)
@pytest.mark.parametrize("wrong", ["mood", "Format", "STATEMENTID", "activityid", "Since", "cursor2"])
def test_a_parameter_that_is_unknown_or_in_another_case_is_refused(
    lrs: Lrs, version: str, path: str, wrong: str
) -> None:
    broken = lrs(version).get(path, **RESOURCES[path], **{wrong: "1"})
    kept = lrs(version).get(path, **RESOURCES[path])

    assert (broken.status_code, kept.status_code) == (400, 200)


@requirement("Communication 3.2", "4.1.5")
@BOTH
@pytest.mark.parametrize("path", ["/statements?limit=1&limit=2", "/activities?activityId=x:y&activityId=x:z"])
def test_a_parameter_that_comes_twice_is_refused(lrs: Lrs, version: str, path: str) -> None:
    assert lrs(version).ask("GET", path).status_code == 400


@requirement("Communication 3.2", "4.1.5")
@BOTH
def test_an_error_says_what_was_found_and_what_is_asked(lrs: Lrs, version: str) -> None:
    answer = lrs(version).post(statement(actor={"mbox": "an@example.org"}))

    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.text)
    assert problem["status"] == 400
    assert "$.actor.mbox" in problem["detail"]
    assert "an@example.org" in problem["detail"]
    assert "Data 2.4.2.3" in problem["detail"]


@requirement("Communication 3.2", "4.1.5")
@BOTH
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/statements/", 404),
        ("PATCH", "/statements", 405),
        ("DELETE", "/statements", 405),
        ("POST", "/agents", 405),
        ("POST", "/about", 405),
    ],
)
def test_what_is_not_there_is_not_there(lrs: Lrs, version: str, method: str, path: str, status: int) -> None:
    assert lrs(version).ask(method, path).status_code == status


@requirement("Communication 3.2", "4.1.5")
@BOTH
def test_a_statement_that_is_not_there_is_404(lrs: Lrs, version: str) -> None:
    assert lrs(version).get(statementId=str(uuid4())).status_code == 404
    assert lrs(version).get(voidedStatementId=str(uuid4())).status_code == 404


@pytest.fixture(scope="module")
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give a record that takes 4 KiB at a time."""
    for environ in environment(request, "embedded", tmp_path_factory.mktemp("small")):
        made = make_installation(environ | {"HAIDANG_BODY_LIMIT": "4096", "HAIDANG_ATTACHMENT_LIMIT": "4096"})
        made.haidang("space", "add", "haiphong")
        yield made
        made.services.database.dispose()


@pytest.fixture(scope="module")
def narrow(small: Installation) -> Partner:
    """Speak to it."""
    return partner(small)


def long(length: int) -> dict[str, Any]:
    return statement(result={"response": "x" * length})


@requirement("Communication 3.2", "4.1.5")
def test_more_than_the_record_takes_is_413_and_less_is_not(narrow: Partner) -> None:
    big, just = long(4096), long(3000)
    data = b"x" * 4097
    sha2 = sha256(data).hexdigest()
    packed = {"Content-Encoding": "gzip"}

    for body, headers in (
        (json.dumps(big), {}),
        (gzip.compress(json.dumps(big).encode()), packed),
        (parcel(statement(attachments=[attachment(sha2)]), part(data, sha2)), {"Content-Type": MIXED}),
    ):
        assert narrow.post(body, headers=headers).status_code == 413
    assert narrow.ask("PUT", "/statements", big, statementId=big["id"]).status_code == 413
    assert narrow.found() == []
    assert narrow.post(just).status_code == 200
    assert narrow.post(gzip.compress(json.dumps(long(3000)).encode()), headers=packed).status_code == 200


@requirement("Communication 3.2", "4.1.5")
@EACH
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_document_of_more_than_the_record_takes_is_413(narrow: Partner, place: Place, method: str) -> None:
    where = place.whole
    kind = ANY | {"Content-Type": "text/plain"}
    over = narrow.ask(method, place.path, "x" * 4097, kind, **where)
    nothing = narrow.get(place.path, **where)
    most = narrow.ask(method, place.path, "x" * 4096, kind, **where)

    assert (over.status_code, nothing.status_code, most.status_code) == (413, 404, 204)


@requirement("Communication 3.2", "4.1.5")
@BOTH
def test_what_is_nested_deeper_than_the_record_reads_is_413(lrs: Lrs, version: str) -> None:
    def nested(depth: int) -> dict[str, Any]:
        value: Any = 1
        for _ in range(depth):
            value = [value]
        return statement(result={"extensions": {"x:y": value}})

    assert lrs(version).post(nested(200)).status_code == 413
    assert lrs(version).post(nested(90)).status_code == 200


@requirement("Communication 3.0", "4.1")
@BOTH
@pytest.mark.parametrize(
    "odd",
    [
        {"result": {"success": True, "completion": False, "score": {"scaled": -1}}},
        {"result": {"duration": "P100Y"}, "timestamp": "0001-01-01T00:00:00Z"},
        {"object": {"id": "x:y", "definition": {"interactionType": "numeric", "correctResponsesPattern": ["many"]}}},
        {"object": {"id": "x:y", "definition": {"interactionType": "true-false", "scale": [{"id": "a"}]}}},
        {"object": {"id": "mailto:an@example.org"}, "actor": {"openid": "x:y"}},
        {
            "context": {
                "instructor": AGENT,
                "contextActivities": {"parent": [{"id": "http://example.org/activities/1"}]},
            }
        },
    ],
    ids=["failed success", "a long time ago", "a wrong pattern", "a wrong list", "odd ids", "its own parent"],
)
def test_what_makes_little_sense_is_kept_where_its_structure_is_right(
    lrs: Lrs, version: str, odd: dict[str, Any]
) -> None:
    assert lrs(version).post(statement(**odd)).status_code == 200
