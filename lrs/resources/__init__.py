"""The xAPI resources over HTTP: importing this package gathers their routes."""

from flask import Flask

from lrs.resources import about, activities, agents, cors, description, documents, refusals, statements, versions
from lrs.resources.blueprint import xapi

__all__ = ["about", "activities", "agents", "description", "documents", "init_app", "statements", "xapi"]


def init_app(app: Flask) -> None:
    """Let an application speak xAPI."""
    refusals.init_app(app)
    versions.init_app(app)
    cors.init_app(app)
    app.register_blueprint(xapi)
    app.after_request(statements.say_until_when)
