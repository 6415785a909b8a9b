"""The content application: one version's files, the shell around them, and commits.

It knows no page and no cookie of the app.
"""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from lrs import language, services, troubles, web
from lrs.access import EVERYBODY, allow
from lrs.errors import Malformed, NotFound
from lrs.web import current_host, transaction
from player import attempts, draining, files, given, kit, receipts, shield, short_way, tokens, words
from player.cmi.tables import table
from player.course import Part
from player.shelf import SHELF
from storage import attempts as attempt_rows

_PACKET = 1400
"""What fits into one packet gains nothing by being smaller."""

content = Blueprint("content", __name__, template_folder="templates")


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
        "sequenced": course.tree is not None,
        "items": [_item(part, to_learner) for part in course.parts],
        "words": words.shell(),
    }
    page = render_template("shell.html", title=course.title, launch=launch)
    return kit.compressed(Response(page, mimetype="text/html"))


@content.post("/begin")
@allow(EVERYBODY)
def begin() -> ResponseReturnValue:
    """Give the attempt to a new session, and tell what stands in it."""
    token = tokens.read_attempt(services.services().keys, str(_json_body().get("token", "")), _version())
    with transaction(space=token.space_id) as tx:
        told = attempts.begin(tx, token)
    return _answer(told)


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
    return _answer(receipt.to_json())


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
    """Serve a script or the style of the player's own pages."""
    return kit.answer(name)


def _answer(told: dict[str, Any]) -> Response:
    """Write an answer; what comes next in a course of a thousand parts is long, and becomes a tenth of it."""
    answer = jsonify(told)
    return kit.compressed(answer) if len(answer.get_data()) > _PACKET else answer


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
        "silenceCompletes": part.silence_completes,
        "given": part.given | to_learner,
    }


def create_content_app(parts: services.Services) -> Flask:
    """Make the application that stands behind every content host."""
    app = web.WebApp("player.content", static_folder=None, root_path=str(Path(__file__).parent))
    app.url_map.merge_slashes = False  # a name is what the package says, or there is no such file
    services.attach(app, parts)
    language.init_app(app)
    web.init_app(app)
    troubles.init_app(app)
    app.register_blueprint(content)
    app.register_blueprint(files.files)
    app.register_blueprint(draining.frames)
    shield.init_app(app)
    app.wsgi_app = short_way.ShortWay(app.wsgi_app, parts)  # type: ignore[method-assign]
    return app
