"""The xAPI resources over HTTP: importing this package gathers their routes."""

from lrs.resources import about, statements
from lrs.resources.blueprint import xapi

__all__ = ["about", "statements", "xapi"]
