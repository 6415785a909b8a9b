"""The description of the API is true: of every route, of every parameter, of every reference."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from werkzeug.test import Client

import schemas
from lrs.resources.cursors import CURSOR
from lrs.resources.description import whole
from tests.parts.programs import BASE, partner, statement

if TYPE_CHECKING:
    from tests.parts.installations import Installation

_ALLOWED = re.compile(r"the specification asks for one of (.*) \(")
_QUIET = {"HEAD", "OPTIONS"}
TAKES_ANYTHING = {"/about", "/openapi.json"}

OPERATIONS = [(path, method) for path, methods in schemas.load("api/xapi")["paths"].items() for method in methods]


def operation(path: str, method: str) -> dict[str, Any]:
    found: dict[str, Any] = whole()["paths"][path][method]
    return found


def parameters(path: str, method: str) -> list[dict[str, Any]]:
    """List the parameters of an operation, looked up where they are named elsewhere."""
    known = whole()["components"]["parameters"]
    given = operation(path, method).get("parameters", [])
    return [known[each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in given]


def in_query(path: str, method: str, *, required: bool = False) -> set[str]:
    return {
        each["name"]
        for each in parameters(path, method)
        if each["in"] == "query" and (each.get("required", False) or not required)
    }


def test_each_route_is_described_and_nothing_else(embedded: Installation) -> None:
    routes = {
        (rule.rule.removeprefix("/xapi"), method.lower())
        for rule in embedded.app.url_map.iter_rules()
        if rule.rule.startswith("/xapi/")
        for method in (rule.methods or set()) - _QUIET
    }

    assert set(OPERATIONS) == routes


@pytest.mark.parametrize(("path", "method"), [each for each in OPERATIONS if each[0] not in TAKES_ANYTHING])
def test_each_parameter_that_is_taken_is_described_and_no_other(embedded: Installation, path: str, method: str) -> None:
    answer = partner(embedded).ask(method.upper(), path, nobody_has_heard_of_this="1")

    assert answer.json is not None
    allowed = _ALLOWED.search(answer.json["detail"])
    assert allowed is not None, answer.text
    assert {name for name in allowed[1].split(", ") if name} == in_query(path, method) - {CURSOR}


@pytest.mark.parametrize(("path", "method"), [each for each in OPERATIONS if in_query(*each, required=True)])
def test_what_is_required_is_missed(embedded: Installation, path: str, method: str) -> None:
    answer = partner(embedded).ask(method.upper(), path)

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["detail"].partition(":")[0] in in_query(path, method, required=True)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_a_key_and_a_version_are_asked_for_where_that_is_said(embedded: Installation, path: str, method: str) -> None:
    bare = Client(embedded.app).open(f"/xapi{path}", method=method.upper(), base_url=BASE)
    keyed = partner(embedded).ask(method.upper(), path, headers={"X-Experience-API-Version": ""})
    needs_version = "X-Experience-API-Version" in {each["name"] for each in parameters(path, method)}

    assert (bare.status_code == 401) is (operation(path, method).get("security") != [])
    assert (keyed.status_code == 400 and "X-Experience-API-Version" in keyed.text) is needs_version


def test_every_reference_leads_somewhere() -> None:
    for reference in set(re.findall(r'"\$ref": "([^"]*)"', json.dumps(whole()))):
        place: Any = whole()
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place


def test_a_statement_is_what_the_schema_says() -> None:
    named = {"$ref": "#/components/schemas/statement", "components": whole()["components"]}
    validator = jsonschema.Draft202012Validator(named)

    assert validator.is_valid(statement())
    assert not validator.is_valid(statement(nonsense=1))


def test_it_is_served_to_everybody_as_it_is(installation: Installation) -> None:
    answer = Client(installation.app).get("/xapi/openapi.json", base_url=BASE)

    assert answer.status_code == 200
    assert answer.json == whole()
    assert answer.json["openapi"].startswith("3.1")
