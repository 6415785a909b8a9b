"""The spaces of an installation as the platform's administrator sees them: sums, and the way in for a first owner."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import PLATFORM, allow, caller
from lrs.catalogue import LANGUAGES
from lrs.errors import NotFound
from lrs.people.accounts import LINK_LASTS
from lrs.people.identity import NotUnderstood
from lrs.platform import quota
from lrs.platform.figures import COLUMNS
from lrs.platform.new_space import NewSpace, let_first_owner_in
from lrs.scannable import code
from lrs.services import services
from lrs.web import reading, transaction
from storage import spaces
from storage.database import Tx
from storage.spaces import SpaceFigures

pages = Blueprint("platform", __name__)


@pages.get("/platform")
@allow(PLATFORM)
def listed() -> ResponseReturnValue:
    """Show the sums of all spaces: nobody's data."""
    with reading() as tx:
        found = spaces.figures(tx)
    return render_template("platform.html", spaces=found, columns=COLUMNS)


@pages.get("/platform/spaces/new")
@allow(PLATFORM)
def new() -> ResponseReturnValue:
    """Ask what a new space is called."""
    return _form({})


@pages.post("/platform/spaces")
@allow(PLATFORM)
def make() -> ResponseReturnValue:
    """Make a space, and show the link of its first owner this once."""
    given = request.form.to_dict()
    try:
        space = NewSpace.read(given)
        with transaction() as tx:
            space.add(tx, caller().session_id)
            word = let_first_owner_in(tx, space.slug, caller().session_id)
    except NotUnderstood as wrong:
        return _form(given, wrong), 422
    return _owners_link(space.slug, space.name, word)


@pages.get("/platform/spaces/<slug>")
@allow(PLATFORM)
def one(slug: str) -> ResponseReturnValue:
    """Show the sums of one space."""
    with reading() as tx:
        space = _find(tx, slug)
    return _one(space)


@pages.post("/platform/spaces/<slug>/first-owner")
@allow(PLATFORM)
def first_owner(slug: str) -> ResponseReturnValue:
    """Make the link of the first owner of a space in which nobody has an account."""
    with transaction() as tx:
        space = _find(tx, slug)
        word = let_first_owner_in(tx, slug, caller().session_id)
    return _owners_link(slug, space.name, word)


@pages.post("/platform/spaces/<slug>/quota")
@allow(PLATFORM)
def set_quota(slug: str) -> ResponseReturnValue:
    """Say how much the lessons of a space may weigh; nothing said is no limit."""
    try:
        most = quota.read(request.form.get("quota", ""))
    except NotUnderstood as wrong:
        with reading() as tx:
            space = _find(tx, slug)
        return _one(space, wrong), 422
    with transaction() as tx:
        _find(tx, slug)
        quota.set_to(tx, slug, most, caller().session_id)
    return redirect(url_for("platform.one", slug=slug, done="quota"), 303)


def _one(space: SpaceFigures, wrong: NotUnderstood | None = None) -> str:
    return render_template(
        "platform_space.html",
        each=space,
        columns=COLUMNS,
        given=request.form.get("quota", "") if wrong else quota.write(space.quota),
        wrong=wrong,
        done=request.args.get("done", ""),
    )


def _find(tx: Tx, slug: str) -> SpaceFigures:
    found = spaces.figures(tx, slug)
    if not found:
        raise NotFound
    return found[0]


def _form(given: Mapping[str, str], wrong: NotUnderstood | None = None) -> str:
    return render_template(
        "platform_new.html", given=given, wrong=wrong, languages=LANGUAGES, domain=services().config.domain
    )


def _owners_link(slug: str, name: str, word: str) -> str:
    address = services().config.public_url + url_for("people.link", space=slug, word=word)
    return render_template(
        "platform_owner.html",
        slug=slug,
        name=name,
        address=address,
        code=code(address),
        until=datetime.now(UTC) + LINK_LASTS,
    )
