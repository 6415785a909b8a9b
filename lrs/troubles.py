"""What went wrong, said once: a page for people, problem details for programs, plain words where there are no pages."""

import errno
from http import HTTPStatus

from flask import Flask, Response, g, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from lrs import access, errors, hosts
from lrs.keys import SecretMissing
from lrs.logs import REQUEST_ID, log, place
from lrs.web import address_shown, current_host, path_here, release
from storage.blobs import StoreAway, StoreFull
from storage.errors import DatabaseAway

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_AWAY = _FULL | {errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
"""What a disk or a system says when it is full, worn out or read-only: somebody mends that, and nobody lost anything."""


def init_app(app: Flask) -> None:
    """Let whatever a view raises become an answer."""
    app.register_error_handler(errors.Trouble, answer)
    app.register_error_handler(RequestEntityTooLarge, lambda _error: answer(errors.TooLarge()))
    app.register_error_handler(HTTPException, _on_http)
    for away in (DatabaseAway, StoreAway, SecretMissing):
        app.register_error_handler(away, _on_away)
    app.register_error_handler(OSError, _on_system)
    app.register_error_handler(Exception, _on_bug)


def _for_program() -> bool:
    """Tell a program from a person: programs come with keys, to the machine's host, or ask for JSON; so do a lesson's scripts."""
    kind = current_host().kind
    if request.path.startswith(("/xapi", "/api/")) or kind == hosts.MACHINE:
        return True
    accepted = request.accept_mimetypes
    if kind == hosts.CONTENT and "text/html" not in [name for name, _quality in accepted]:
        return True
    return accepted.best_match(("text/html", "application/json")) == "application/json"


def answer(trouble: errors.Trouble, status: int | None = None) -> Response:
    """Turn what went wrong into a page for people or problem details for programs; a content host has no pages, only words."""
    status = trouble.status if status is None else status
    program = _for_program()
    if program:
        response = _problem(trouble, status)
    elif current_host().kind == hosts.CONTENT:
        response = Response("\n".join(_words(trouble)) + "\n", status, mimetype="text/plain")
    else:
        response = Response(_page(trouble), status)
    if trouble.retry_after is not None:
        response.headers["Retry-After"] = str(trouble.retry_after)
    if status == HTTPStatus.UNAUTHORIZED and program:
        response.headers["WWW-Authenticate"] = 'Basic realm="Hai Dang"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _say(text: object) -> str:
    """Write what is said so that it can be sent: it may repeat half a letter that JSON let in."""
    return str(text).encode("utf-8", "replace").decode("utf-8") if text else ""


def _words(trouble: errors.Trouble) -> list[str]:
    return [_say(text) for text in (trouble.title, trouble.detail, trouble.advice) if text]


def _page(trouble: errors.Trouble) -> str:
    inside = access.caller().role is not None  # who is not signed in has no start page to go back to
    title, detail = _say(trouble.title), _say(trouble.detail)
    return render_template(
        "error.html",
        trouble=trouble,
        title=title,
        detail=detail,
        space=g.get("space"),
        inside=inside,
        go_in=_way_in() if isinstance(trouble, errors.SignInNeeded) else "",
        written=_written() if isinstance(trouble, errors.SignInNeeded) else [],
        address=path_here(),
    )


_SECRET = frozenset({"password", "old", "new"})
"""Fields that no page repeats."""


def _written() -> list[tuple[str, str]]:
    """List what somebody has written into a form whose session ended meanwhile: they send it once more when they are signed in again.

    Its word is repeated as it came, and no new one given: a page of others knows none, and gets nothing sent by this one either.
    """
    if (
        request.method != "POST"
        or request.mimetype != "application/x-www-form-urlencoded"
        or _SECRET & set(request.form)
    ):
        return []
    return [*request.form.items(multi=True)]


def _way_in() -> str:
    """Give the address of the page to sign in at, which leads back to the one that was asked for."""
    if "space" not in g or request.endpoint is None:
        return ""
    return url_for("entry.form", go=address_shown() or None)


def _problem(trouble: errors.Trouble, status: int) -> Response:
    """Write problem details (RFC 9457)."""
    said = {"title": trouble.title, "detail": trouble.detail, "advice": trouble.advice}
    problem = {name: _say(text) for name, text in said.items() if text}
    request_id = request.environ.get(REQUEST_ID, "")
    response = jsonify({"type": "about:blank", "status": status, "request": request_id} | problem)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def _on_http(error: HTTPException) -> Response:
    """Answer what the framework itself refuses."""
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        passed: Response = error.get_response()  # type: ignore[assignment]
        return passed
    known: dict[int, type[errors.Trouble]] = {400: errors.Malformed, 404: errors.NotFound, 413: errors.TooLarge}
    if error.code in known:
        return answer(known[error.code]())
    response = answer(errors.Trouble(), error.code)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _on_away(error: Exception) -> Response:
    """Answer that a part does not answer: nothing was acknowledged, so nothing is lost."""
    log("away", level="error", part=type(error).__name__, says=str(error))
    release()
    return answer(errors.NoRoom() if access.asked().uploads and _is_full(error) else errors.Away())


def _is_full(error: Exception) -> bool:
    return isinstance(error, StoreFull) or (isinstance(error, OSError) and error.errno in _FULL)


def _on_system(error: OSError) -> Response:
    """Answer what the machine itself refuses: a full or read-only disk is away, anything else is our mistake."""
    return _on_away(error) if error.errno in _AWAY else _on_bug(error)


def _on_bug(error: Exception) -> Response:
    """Answer our own mistake; the log gets the place, and nothing of what was sent."""
    log("bug", level="error", **place(error))
    bug = errors.Trouble(_("This is our mistake, not yours. It has been noted; please try again later."))
    return answer(bug, HTTPStatus.INTERNAL_SERVER_ERROR)
