"""What each scope of xAPI lets a program do (1.0.3 Communication 4.2): a line for each thing to do, a mark for each scope that may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from lrs.people.credentials import SCOPES
from tests.parts.installations import MAKE_UPS, Installation, environment, make_installation
from tests.parts.programs import AGENT, Partner, partner, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTIVITY = "http://example.org/a"
ANY = {"If-None-Match": "*"}
READ = ("GET", "HEAD")
WRITE = ("PUT", "POST", "DELETE")

WRITES = {"all", "statements/write"}
READS = {"all", "all/read", "statements/read"}
DOCUMENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "/activities/state": ("state", {"activityId": ACTIVITY, "agent": AGENT, "stateId": "s"}),
    "/agents/profile": ("profile", {"agent": AGENT, "profileId": "p"}),
    "/activities/profile": ("profile", {"activityId": ACTIVITY, "profileId": "p"}),
}


@dataclass(frozen=True)
class Deed:
    """Something to do, and who may."""

    method: str
    path: str
    may: frozenset[str]
    parameters: tuple[tuple[str, Any], ...] = ()

    def by(self, program: Partner) -> int:
        """Do it; say how it was answered."""
        parameters = dict(self.parameters)
        body: Any = None
        if self.path == "/statements" and self.method in WRITE:
            body = statement()
            parameters |= {"statementId": body["id"]} if self.method == "PUT" else {}
        elif self.method in {"PUT", "POST"}:
            body = "{}"
        return program.ask(self.method, self.path, body, ANY if self.method == "PUT" else {}, **parameters).status_code

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


DEEDS = (
    *(Deed(method, "/statements", frozenset(WRITES)) for method in ("PUT", "POST")),
    *(Deed(method, "/statements", frozenset(READS | {"statements/read/mine"})) for method in READ),
    *(Deed(method, "/activities", frozenset(READS | {"profile"}), (("activityId", ACTIVITY),)) for method in READ),
    *(Deed(method, "/agents", frozenset(READS | {"profile"}), (("agent", AGENT),)) for method in READ),
    *(
        Deed(method, path, frozenset({"all", scope} | more), tuple(place.items()))
        for path, (scope, place) in DOCUMENTS.items()
        for methods, more in ((READ, {"all/read"}), (WRITE, set[str]()))
        for method in methods
    ),
)


@pytest.fixture(scope="module", params=MAKE_UPS)
def programs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Partner]]:
    for environ in environment(request, request.param, tmp_path_factory.mktemp("scopes")):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong")
        yield {scope: partner(made, scope) for scope in SCOPES}
        made.services.database.dispose()


@pytest.mark.parametrize("deed", DEEDS, ids=str)
def test_a_scope_lets_a_program_do_this_or_not(programs: dict[str, Partner], deed: Deed) -> None:
    answers = {scope: deed.by(program) for scope, program in programs.items()}

    assert {scope for scope, status in answers.items() if status != 403} == deed.may
    assert {answers[scope] for scope in deed.may} <= {200, 204, 404, 412}


def test_mine_is_what_came_with_the_same_key(installation: Installation) -> None:
    made = installation.haidang(
        "key", "create", "--space", "haiphong", "--scope", "statements/write", "--scope", "statements/read/mine"
    )
    mine, others = Partner(installation, made), partner(installation)
    ours, theirs = statement(), statement()
    mine.post(ours)
    others.post(theirs)

    assert mine.found() == [ours["id"]]
    assert mine.get(statementId=ours["id"]).status_code == 200
    assert mine.get(statementId=theirs["id"]).status_code == 404
    assert {*others.found()} == {ours["id"], theirs["id"]}


def test_what_may_not_be_read_is_not_found_out_through_a_reference(installation: Installation) -> None:
    made = installation.haidang(
        "key", "create", "--space", "haiphong", "--scope", "statements/write", "--scope", "statements/read/mine"
    )
    mine, others = Partner(installation, made), partner(installation)
    secret, verb = statement(verb={"id": "http://example.org/failed"}), "http://example.org/failed"
    others.post(secret)
    mine.post(statement(object={"objectType": "StatementRef", "id": secret["id"]}))

    assert mine.found(verb=verb) == []
    assert len(others.found(verb=verb)) == 2  # control


# define


def named(name: str) -> dict[str, Any]:
    return statement(object={"id": ACTIVITY, "definition": {"name": {"vi": name}}})


def name_of(program: Partner) -> Any:
    return (program.get("/activities", activityId=ACTIVITY).json or {}).get("definition", {}).get("name")


@pytest.mark.parametrize("scopes", [("define",), ("all",)])
def test_a_program_that_may_define_names_an_activity(installation: Installation, scopes: tuple[str, ...]) -> None:
    words = [word for scope in ("statements/write", *scopes) for word in ("--scope", scope)]
    writer = Partner(installation, installation.haidang("key", "create", "--space", "haiphong", *words))

    writer.post(named("Bài một"))

    assert name_of(partner(installation)) == {"vi": "Bài một"}


def test_a_program_that_may_not_define_changes_no_name(installation: Installation) -> None:
    owner, writer = partner(installation), partner(installation, "statements/write")
    owner.post(named("Bài một"))
    said = named("Tên khác")
    writer.post(said)

    assert name_of(owner) == {"vi": "Bài một"}
    answer = owner.ask("GET", "/statements", headers={"Accept-Language": "vi"}, format="canonical")
    assert answer.json is not None
    names = {found["object"]["definition"]["name"]["vi"] for found in answer.json["statements"]}
    assert names == {"Bài một"}
    kept = owner.get(statementId=said["id"]).json
    assert kept is not None
    assert kept["object"] == said["object"]


def test_what_nobody_defined_keeps_its_own_name_in_its_own_statement(embedded: Installation) -> None:
    reader = partner(embedded)
    partner(embedded, "statements/write").post(named("Tên riêng"))

    assert name_of(reader) is None
    answer = reader.ask("GET", "/statements", headers={"Accept-Language": "vi"}, format="canonical")
    assert answer.json is not None
    assert answer.json["statements"][0]["object"]["definition"]["name"] == {"vi": "Tên riêng"}


def test_the_player_names_its_lessons(embedded: Installation) -> None:
    from lrs import record

    with embedded.services.database.write(1) as tx:
        record.append(tx, [named("Bài học")], record.Source({"mbox": "mailto:p@example.org"}, record.CLIENT_ASSERTED))

    assert name_of(partner(embedded)) == {"vi": "Bài học"}
