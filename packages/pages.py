"""The author's page: a zip goes up, a lesson is there."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import ADMINISTRATOR, AUTHOR, OWNER, allow
from lrs.errors import Malformed
from lrs.web import current_space
from packages import courses
from packages.findings import PackageRefused

pages = Blueprint("packages", __name__, template_folder="templates")

_AUTHORS = (OWNER, ADMINISTRATOR, AUTHOR)


@pages.get("/s/<space>/packages/new")
@allow(*_AUTHORS)
def new() -> ResponseReturnValue:
    """Show where to put the zip."""
    return render_template("new.html", space=current_space(), refused=())


@pages.post("/s/<space>/packages/new")
@allow(*_AUTHORS, uploads=True)
def upload() -> ResponseReturnValue:
    """Publish a zip, or say what is wrong with it."""
    sent = request.files.get("package")
    if sent is None:
        raise Malformed
    try:
        published = courses.publish(sent.stream)
    except PackageRefused as refused:
        page = render_template("new.html", space=current_space(), refused=refused.reasons)
        return page, refused.status
    return redirect(url_for("player.play", version_id=published.version_id), 303)
