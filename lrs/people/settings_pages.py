"""The settings of a space, for those who look after it; and its emblem, for everybody."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from lrs.access import EVERYBODY, allow, caller
from lrs.amounts import size
from lrs.catalogue import LANGUAGES
from lrs.errors import Malformed, NotFound
from lrs.people import settings
from lrs.people.emblem import MOST_BYTES, Emblem
from lrs.people.identity import NotUnderstood
from lrs.people.roles import KEEPERS
from lrs.web import current_space, reading, transaction
from storage import emblems, spaces, versions

pages = Blueprint("settings", __name__)

_A_YEAR = "public, max-age=31536000, immutable"


@pages.get("/s/<space>/settings")
@allow(*KEEPERS)
def shown() -> ResponseReturnValue:
    """Show what is set."""
    return _page()


@pages.post("/s/<space>/settings")
@allow(*KEEPERS)
def change() -> ResponseReturnValue:
    """Set it."""
    try:
        wanted = settings.read(request.form, request.form.getlist("languages"))
    except NotUnderstood as wrong:
        return _page(wrong), 422
    with transaction() as tx:
        settings.change(tx, caller().account_id, wanted)
    return redirect(url_for("settings.shown", done="changed"), 303)


@pages.post("/s/<space>/settings/emblem")
@allow(*KEEPERS)
def set_emblem() -> ResponseReturnValue:
    """Take a picture, or take it away."""
    sent = request.files.get("emblem")
    if sent is None and "remove" not in request.form:
        raise Malformed
    try:
        emblem = None if sent is None else Emblem.read(sent.stream.read(MOST_BYTES + 1))
    except NotUnderstood as wrong:
        return _page(wrong), 422
    with transaction() as tx:
        settings.set_emblem(tx, caller().account_id, emblem)
    return redirect(url_for("settings.shown", done="emblem"), 303)


@pages.get("/s/<space>/emblem/<digest>")
@allow(EVERYBODY)
def emblem(digest: str) -> ResponseReturnValue:
    """Give the picture; another one has another address."""
    with reading() as tx:
        found = emblems.find(tx, digest)
    if found is None:
        raise NotFound
    answer = Response(found.content, mimetype=found.type)
    answer.headers["Cache-Control"] = _A_YEAR
    return answer


def _page(wrong: NotUnderstood | None = None) -> str:
    with reading() as tx:
        space, taken = spaces.own(tx), versions.weight(tx)
    given = request.form if wrong else None
    return render_template(
        "settings.html",
        space=current_space(),
        given=given or {"name": space.name, "language": space.language, "zone": space.settings.zone},
        spoken=request.form.getlist("languages") if given else space.settings.languages,
        languages=LANGUAGES,
        zones=settings.zones(),
        taken=size(taken),
        quota=None if space.quota is None else size(space.quota),
        share=None if not space.quota else min(1.0, taken / space.quota),
        most=MOST_BYTES // 1000,
        wrong=wrong,
        done=request.args.get("done", ""),
    )
