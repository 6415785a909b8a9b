"""What the core refuses, as answers over HTTP (xAPI Communication 3.2): property, what was found, what is asked."""

from http import HTTPStatus

from flask import Flask, Response
from flask_babel import lazy_gettext as _

from lrs.errors import Trouble
from lrs.troubles import answer
from lrs.xapi.errors import Conflict, Invalid, Otherwise, PreconditionFailed, Refused, TooLarge


class NotAsAsked(Trouble):
    """A request that xAPI has the record refuse."""

    title = _("xAPI does not allow this")
    advice = _("Mend what the detail names, and send it again. Nothing was saved.")


_STATUS = {
    Invalid: HTTPStatus.BAD_REQUEST,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Conflict: HTTPStatus.CONFLICT,
    Otherwise: HTTPStatus.CONFLICT,
    PreconditionFailed: HTTPStatus.PRECONDITION_FAILED,
}


def _refuse(refused: Refused) -> Response:
    return answer(NotAsAsked(str(refused)), _STATUS[type(refused)])


def init_app(app: Flask) -> None:
    """Answer what the core refuses."""
    app.register_error_handler(Refused, _refuse)
