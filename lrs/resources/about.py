"""The About resource (xAPI Communication 2.8): which versions are spoken here. It asks for no key and no version header."""

from flask.typing import ResponseReturnValue

from lrs.access import EVERYBODY, allow
from lrs.record import VERSION
from lrs.resources.blueprint import xapi


@xapi.get("/about")
@allow(EVERYBODY, machine=True)
def about() -> ResponseReturnValue:
    """List the versions."""
    return {"version": [VERSION]}
