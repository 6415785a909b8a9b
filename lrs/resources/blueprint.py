"""The blueprint to which each resource adds its routes."""

from flask import Blueprint

xapi = Blueprint("xapi", __name__, url_prefix="/xapi")
