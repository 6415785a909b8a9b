"""The description of the API (OpenAPI 3.1): what a partner's tools read, and what tests are made up from.

It lies in schemas/api/xapi.json and refers to the schema of statements, which is put into the one document that is served.
"""

from functools import cache
from typing import Any

from flask.typing import ResponseReturnValue

import schemas
from lrs.access import EVERYBODY, allow
from lrs.resources.blueprint import xapi

_ELSEWHERE = "../xapi/statement.json#/$defs/"
_HERE = "#/$defs/"
_SCHEMAS = "#/components/schemas/"


@xapi.get("/openapi.json")
@allow(EVERYBODY, machine=True)
def description() -> ResponseReturnValue:
    """Describe this API for programs (OpenAPI)."""
    return whole()


@cache
def whole() -> dict[str, Any]:
    """Give the description as one document; it must not be changed."""
    described: dict[str, Any] = _with_refs(schemas.load("api/xapi"))
    described["components"]["schemas"] |= _with_refs(schemas.load("xapi/statement")["$defs"])
    return described


def _with_refs(value: Any) -> Any:
    """Copy a value, its references to statements turned to where they are in the one document."""
    if isinstance(value, list):
        return [_with_refs(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: _turned(each) if name == "$ref" else _with_refs(each) for name, each in value.items()}


def _turned(reference: str) -> str:
    name = reference.removeprefix(_ELSEWHERE).removeprefix(_HERE)
    return reference if name == reference else _SCHEMAS + name
