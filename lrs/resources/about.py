"""The About resource (xAPI Communication 2.8): which versions are spoken here. It asks for no key and no version header."""

from flask.typing import ResponseReturnValue

from lrs.access import EVERYBODY, allow
from lrs.resources.blueprint import xapi
from lrs.xapi.version import Version


@xapi.get("/about")
@allow(EVERYBODY, machine=True)
def about() -> ResponseReturnValue:
    """List the versions."""
    return {"version": [str(version) for version in Version]}
