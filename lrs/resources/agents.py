"""The Agents resource (xAPI Communication 2.4): what is known of an agent, as a Person."""

from flask import request
from flask.typing import ResponseReturnValue

from lrs.access import PROGRAM, allow
from lrs.resources.blueprint import xapi
from lrs.xapi import actors, parameters


@xapi.get("/agents")
@allow(PROGRAM, scopes=("profile", "statements/read", "all/read"))
def agents() -> ResponseReturnValue:
    """Give the Person an agent stands for; names are not gathered from statements, so it says what was asked with."""
    given = parameters.only(request.args.items(multi=True), frozenset({"agent"}))
    agent = parameters.agent("agent", parameters.required(given, "agent"))
    return actors.person([agent])
