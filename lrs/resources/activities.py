"""The Activities resource (xAPI Communication 2.5): what statements have said an activity is."""

from flask import request
from flask.typing import ResponseReturnValue

from lrs.access import PROGRAM, allow
from lrs.resources.answers import merged
from lrs.resources.blueprint import xapi
from lrs.web import reading
from lrs.xapi import definitions, parameters


@xapi.get("/activities")
@allow(PROGRAM, scopes=("profile", "statements/read", "all/read"))
def activities() -> ResponseReturnValue:
    """Describe an activity in full; one that nobody has described has its id alone."""
    given = parameters.only(request.args.items(multi=True), frozenset({"activityId"}))
    iri = parameters.iri("activityId", parameters.required(given, "activityId"))
    with reading() as tx:
        return definitions.activity(iri, merged(tx, iri) or None)
