"""Badges of skills: for their owners to take away, and what everybody may read of them."""

from urllib.parse import quote
from uuid import UUID

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from lrs.access import EVERYBODY, LEARNERS, allow, caller
from lrs.certificates.number import spaced
from lrs.errors import NotFound
from lrs.issuing.keys import exists
from lrs.people.directory import Directory
from lrs.services import services
from lrs.skills import badges, picture
from lrs.skills.badges import Mint
from lrs.skills.blueprint import helpers, pages
from lrs.web import current_space, reading, transaction
from storage.database import Tx

_KEPT = 300


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
    with transaction() as tx:
        account, name = _owner(tx)
        mint = _mint(tx)
        row = mint.badge(account, rule_id)
        content = mint.credential(row, name)
    return _file(content, "application/vc", f"{badges.told(row).name}.json")


@pages.get("/s/<space>/skills/badges/<uuid:rule_id>.svg")
@allow(*LEARNERS)
def as_picture(rule_id: UUID) -> ResponseReturnValue:
    """Give a badge as a picture with the credential in it."""
    with transaction() as tx:
        account, name = _owner(tx)
        mint = _mint(tx)
        row = mint.badge(account, rule_id)
        content = mint.baked(row, name)
    return _file(content, "image/svg+xml", f"{badges.told(row).name}.svg")


@pages.get("/s/<space>/skills/pictures/<shape>.svg")
@allow(EVERYBODY)
def shape(shape: str) -> ResponseReturnValue:
    """Give the picture of a badge, of nobody's."""
    if shape not in picture.SHAPES:
        raise NotFound
    return _open(Response(picture.alone(shape), mimetype="image/svg+xml"))


@pages.get("/s/<space>/badges/skills/<int:number>")
@allow(EVERYBODY)
def revoked(number: int) -> ResponseReturnValue:
    """Tell which badges of a list are revoked, signed."""
    with reading() as tx:
        content = _mint(tx).status_list(number) if exists(tx) else None
    if content is None:
        raise NotFound
    return _open(Response(content, mimetype="application/vc"))


def _mint(tx: Tx) -> Mint:
    parts = services()
    return Mint(tx, parts.keys, parts.config.public_url, current_space())


def _owner(tx: Tx) -> tuple[UUID, str]:
    account = caller().account_id
    if account is None:
        raise NotFound
    return account, Directory(tx, services().identity_keys).names([account]).get(account, "")


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = make_response(content)
    answer.content_type = kind
    # A head is ASCII (RFC 9110, 5.5): a name with marks goes as RFC 8187 writes it.
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer


def _open(response: Response) -> Response:
    """Let programs of everybody read it, also in browsers, and keep it for some minutes."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.cache_control.public, response.cache_control.max_age = True, _KEPT
    return response
