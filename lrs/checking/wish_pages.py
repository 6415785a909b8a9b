"""How much of my name whoever checks my certificates may read: a page of one choice."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import ROLES, allow, caller
from lrs.checking.standing import shown
from lrs.errors import Malformed, NotAllowed
from lrs.people.directory import Directory
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import shown_names
from storage.shown_names import INITIALS, NOTHING, WHOLE

pages = Blueprint("wish", __name__)

_CHOICES = (WHOLE, INITIALS, NOTHING)


@pages.get("/s/<space>/me/shown-name")
@allow(*ROLES)
def form() -> ResponseReturnValue:
    """Show somebody what others read of their name."""
    account = caller().account_id
    if account is None:
        raise NotAllowed
    with reading() as tx:
        name = Directory(tx, services().identity_keys, account).identity(account).name or ""
        chosen = shown_names.chosen(tx, account)
    examples = {each: shown(name, each) for each in _CHOICES}
    done = "done" in request.args
    return render_template("wish.html", space=current_space(), chosen=chosen, examples=examples, done=done)


@pages.post("/s/<space>/me/shown-name")
@allow(*ROLES)
def choose() -> ResponseReturnValue:
    """Let others read so much of somebody's name from now on."""
    account, wanted = caller().account_id, request.form.get("shown", "")
    if account is None:
        raise NotAllowed
    if wanted not in _CHOICES:
        raise Malformed
    with transaction() as tx:
        shown_names.choose(tx, account, wanted)
    return redirect(url_for("wish.form", done=1), 303)
