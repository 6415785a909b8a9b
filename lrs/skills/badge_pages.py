"""Badges of skills: for their owners to take away, and what everybody may read of them."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from lrs.access import EVERYBODY, LEARNERS, allow, caller
from lrs.certificates.number import spaced
from lrs.certificates.pages import as_file
from lrs.errors import NotFound
from lrs.issuing.keys import exists
from lrs.issuing.pages import openly
from lrs.people.directory import Directory
from lrs.services import services
from lrs.skills import badges, picture
from lrs.skills.badges import Mint
from lrs.skills.blueprint import helpers, pages
from lrs.web import current_space, reading, transaction
from storage.database import Tx
from storage.skill_badges import BadgeRow


@pages.get("/s/<space>/skills/badges/<uuid:rule_id>")
@allow(*LEARNERS)
def badge(rule_id: UUID) -> ResponseReturnValue:
    """Show a badge to its owner, and how it is taken away."""
    with transaction() as tx:
        account, name = _owner(tx)
        row = _mint(tx).badge(account, rule_id)
    return render_template(
        "skill_badge.html",
        space=current_space(),
        row=row,
        told=badges.told(row),
        name=name,
        code=spaced(row.code),
        **helpers(),
    )


@pages.get("/s/<space>/skills/badges/<uuid:rule_id>.json")
@allow(*LEARNERS)
def as_json(rule_id: UUID) -> ResponseReturnValue:
    """Give the credential of a badge."""
    return _made(rule_id, Mint.credential, "application/vc", "json")


@pages.get("/s/<space>/skills/badges/<uuid:rule_id>.svg")
@allow(*LEARNERS)
def as_picture(rule_id: UUID) -> ResponseReturnValue:
    """Give a badge as a picture with the credential in it."""
    return _made(rule_id, Mint.baked, "image/svg+xml", "svg")


def _made(rule_id: UUID, make: Callable[[Mint, BadgeRow, str], bytes], kind: str, ending: str) -> Response:
    with transaction() as tx:
        account, name = _owner(tx)
        mint = _mint(tx)
        row = mint.badge(account, rule_id)
        content = make(mint, row, name)
    return as_file(content, kind, f"{badges.told(row).name}.{ending}")


@pages.get("/s/<space>/skills/pictures/<shape>.svg")
@allow(EVERYBODY)
def shape(shape: str) -> ResponseReturnValue:
    """Give the picture of a badge, of nobody's."""
    if shape not in picture.SHAPES:
        raise NotFound
    return openly(Response(picture.alone(shape), mimetype="image/svg+xml"))


@pages.get("/s/<space>/badges/skills/<int:number>")
@allow(EVERYBODY)
def revoked(number: int) -> ResponseReturnValue:
    """Tell which badges of a list are revoked, signed."""
    with reading() as tx:
        content = _mint(tx).status_list(number) if exists(tx) else None
    if content is None:
        raise NotFound
    return openly(Response(content, mimetype="application/vc"))


def _mint(tx: Tx) -> Mint:
    parts = services()
    return Mint(tx, parts.keys, parts.config.public_url, current_space())


def _owner(tx: Tx) -> tuple[UUID, str]:
    account = caller().account_id
    if account is None:
        raise NotFound
    return account, Directory(tx, services().identity_keys).names([account]).get(account, "")
