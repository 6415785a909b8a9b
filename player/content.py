"""The content application: one version's files, the shell around them, and commits.

It knows no page and no cookie of the app.
"""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from lrs import language, services, web
from lrs.access import EVERYBODY, allow
from lrs.errors import Malformed, NotFound, Trouble
from lrs.web import current_host, transaction
from packages.placing import prefix
from player import attempts, draining, files, given, kit, receipts, tokens, words
from player.cmi.tables import table
from player.course import Part
from player.shelf import SHELF
from storage import attempts as attempt_rows

_MODULES = kit.needed("shell.js")
"""What the shell is made of. Named at once, so that a browser asks for all of them at once."""

content = Blueprint("content", __name__, template_folder="templates")


class WorkerRefused(Trouble):
    """A lesson asked for a service worker, which would outlive it and see the lessons of others on this device."""

    status = 403
    title = lazy_gettext("Lessons may not install anything in the browser")


@content.post("/play/<token>")
@allow(EVERYBODY)
def shell(token: str) -> ResponseReturnValue:
    """Serve the shell: the page that answers the lessons' calls. The attempt's token comes in the body and stays out of addresses."""
    version_id = _version()
    tokens.read_content(services.services().keys, token, version_id)
    attempt_token = request.form.get("attempt", "")
    allowed = tokens.read_attempt(services.services().keys, attempt_token, version_id)
    with transaction(space=allowed.space_id, writes=False) as tx:
        row = attempt_rows.find(tx, allowed.attempt)
        course = SHELF.take(tx, version_id)
    if row is None or row.version_id != version_id:
        raise NotFound
    to_learner = given.to(row.account_id, course.edition)
    launch = {
        "attempt": str(row.id),
        "token": attempt_token,
        "title": course.title,
        "back": f"{services.services().config.public_url}/s/{allowed.slug}/",
        "app": services.services().config.public_url,
        "files": f"/c/{token}/",
        "edition": course.edition,
        "table": table(course.edition),
        "items": [_item(part, to_learner) for part in course.parts],
        "words": words.shell(),
    }
    page = render_template("shell.html", title=course.title, launch=launch, modules=_MODULES)
    return kit.compressed(Response(page, mimetype="text/html"))


@content.post("/begin")
@allow(EVERYBODY)
def begin() -> ResponseReturnValue:
    """Give the attempt to a new session, and tell what stands in it."""
    token = tokens.read_attempt(services.services().keys, str(_json_body().get("token", "")), _version())
    with transaction(space=token.space_id) as tx:
        return attempts.begin(tx, token)


@content.post("/commit")
@allow(EVERYBODY)
def commit() -> ResponseReturnValue:
    """Take a commit; the receipt leaves when it is on disk."""
    body = _json_body()
    token = tokens.read_attempt(services.services().keys, str(body.get("token", "")), _version())
    try:
        with transaction(space=token.space_id) as tx:
            receipt = receipts.give(tx, token, body)
    except receipts.NumberTaken as taken:
        return {"last": taken.last}, taken.status
    return receipt.to_json()


@content.post("/renewed")
@allow(EVERYBODY)
def renewed() -> ResponseReturnValue:
    """Pass a fresh token on to the shell that waits for it in another window of this browser."""
    token = request.form.get("attempt", "")
    allowed = tokens.read_attempt(services.services().keys, token, _version())
    return render_template("renewed.html", renewed={"attempt": str(allowed.attempt), "token": token})


@content.get("/_hd/<path:name>")
@allow(EVERYBODY)
def browser_file(name: str) -> ResponseReturnValue:
    """Serve a module of the shell."""
    return kit.answer(name)


@content.get("/c/<token>/<path:name>")
@allow(EVERYBODY)
def file(token: str, name: str) -> ResponseReturnValue:
    """Serve one file of the version, whole or in part."""
    version_id = _version()
    allowed = tokens.read_content(services.services().keys, token, version_id)
    return files.answer(services.services().blobs, prefix(allowed.space_id, version_id) + name)


def _version() -> UUID:
    version = current_host().version
    if version is None:
        raise NotFound
    return version


def _json_body() -> dict[str, Any]:
    # A beacon's type is text/plain: a JSON type would need a preflight, and there is no time for one when a tab closes.
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(body, dict):
        raise Malformed
    return body


def _item(part: Part, to_learner: dict[str, str]) -> dict[str, Any]:
    return {
        "id": part.id,
        "title": part.title,
        "depth": part.depth,
        "address": part.address,
        "role": "sco" if part.speaks else "asset",
        "prerequisites": part.prerequisites,
        "given": part.given | to_learner,
    }


def create_content_app(parts: services.Services) -> Flask:
    """Make the application that stands behind every content host."""
    app = web.WebApp("player.content", static_folder=None, root_path=str(Path(__file__).parent))
    app.url_map.merge_slashes = False  # a name is what the package says, or there is no such file
    services.attach(app, parts)
    language.init_app(app)
    web.init_app(app)
    app.before_request(_refuse_workers)
    app.register_blueprint(content)
    app.register_blueprint(draining.frames)
    app.after_request(_send_headers)
    return app


def _refuse_workers() -> None:
    """Refuse the script of every service worker: under its own scope a lesson could answer in our shell's place."""
    if "Service-Worker" in request.headers:
        raise WorkerRefused


def _send_headers(response: Response) -> Response:
    """Let only the app frame this host, tell nobody where the reader came from, keep `unload` alive for old lessons."""
    app_hosts = f"{services.services().config.public_url} {_space_origins()}"
    headers = response.headers
    headers.setdefault("Content-Security-Policy", f"frame-ancestors 'self' {app_hosts}")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    # A lesson that never ends its sentence holds up itself and not the app's page around it.
    headers.setdefault("Origin-Agent-Cluster", "?1")
    headers.setdefault("Permissions-Policy", "unload=*, camera=(), microphone=(), geolocation=()")
    headers.setdefault("Cache-Control", "no-store")
    return response


def _space_origins() -> str:
    """Name the origins of the spaces' own hosts; a lesson's host is among them by pattern, and gains nothing by framing another."""
    config = services.services().config
    return config.public_url.replace("//" + config.app_host, f"//*.{config.domain}", 1)
