"""The xAPI resources over HTTP: importing this package gathers their routes."""

from collections.abc import Mapping

from flask import Flask

from lrs.resources import about, activities, agents, cors, description, documents, refusals, statements, versions
from lrs.resources.blueprint import xapi
from lrs.resources.kinds import KINDS
from lrs.resources.short_documents import Gets, Puts
from lrs.resources.short_statements import Statements
from lrs.resources.short_way import Usual
from lrs.services import Services
from lrs.xapi.documents import Resource

__all__ = ["about", "activities", "agents", "description", "documents", "init_app", "statements", "usual", "xapi"]


def init_app(app: Flask) -> None:
    """Let an application speak xAPI."""
    refusals.init_app(app)
    versions.init_app(app)
    cors.init_app(app)
    app.register_blueprint(xapi)
    app.after_request(statements.say_until_when)


def usual(services: Services) -> Mapping[tuple[str, str], Usual]:
    """Name what takes the short way, by method and path."""
    states = [kind for kind in KINDS if kind.resource is Resource.STATE]
    return {
        ("POST", "/xapi/statements"): Statements(services),
        **{("GET", f"/xapi{kind.address}"): Gets(services, kind) for kind in KINDS},
        **{("PUT", f"/xapi{kind.address}"): Puts(services, kind) for kind in states},
    }
