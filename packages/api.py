"""Packages for programs: an authoring pipeline sends a file with a key, and reads what became of it (docs/packages.md)."""

from typing import IO

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs.access import PROGRAM, PUBLISH, allow
from lrs.errors import Malformed
from lrs.web import current_space, release, take_own_space
from packages import outcome, publishing

api = Blueprint("packages_api", __name__, url_prefix="/api")


@api.post("/packages")
@allow(PROGRAM, scopes=(PUBLISH,), uploads=True)
def publish() -> ResponseReturnValue:
    """Publish the file that the body is or holds, or say what is wrong with it."""
    take_own_space()
    release()  # the line may be slow
    one = outcome.publish(*_sent())
    answer = {"files": [one]}
    if one["status"] == outcome.REFUSED:
        return answer, 422
    return answer, 201, {"Location": f"{publishing.home_page(current_space().slug)}/lessons/{one['version']}"}


def _sent() -> tuple[str, IO[bytes]]:
    """Find the file and its name; a body that is the file itself has none."""
    if request.mimetype != "multipart/form-data":
        return "", request.stream
    files = [file for together in request.files.listvalues() for file in together]
    if len(files) != 1:
        raise Malformed(_("It should hold one file."))
    return files[0].filename or "", files[0].stream
