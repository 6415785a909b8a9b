"""What everybody may read of an issuer: its keys, and which of its credentials are revoked."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from lrs.access import EVERYBODY, allow
from lrs.errors import NotFound
from lrs.issuing import did, status
from lrs.issuing.keys import exists
from lrs.issuing.proving import issuer_of
from lrs.services import services
from lrs.web import current_space, reading
from storage import issuing

pages = Blueprint("issuing", __name__)

_KEPT = 300


@pages.get("/s/<space>/did.json")
@allow(EVERYBODY)
def document() -> ResponseReturnValue:
    """Tell which keys sign, or signed, for a space; a withdrawn one is no longer among them."""
    with reading() as tx:
        keys = [row.public for row in issuing.keys(tx) if row.withdrawn is None]
    name = did.did(services().config.public_url, current_space().slug)
    return openly(jsonify(did.document(name, keys)))


@pages.get("/s/<space>/badges/status/<int:number>")
@allow(EVERYBODY)
def listed(number: int) -> ResponseReturnValue:
    """Tell which credentials of a list are revoked, signed."""
    parts, space = services(), current_space()
    with reading() as tx:
        if not exists(tx):
            raise NotFound
        content = status.signed_list(tx, parts.keys, issuer_of(parts.config.public_url, space), number)
    if content is None:
        raise NotFound
    return openly(Response(content, mimetype="application/vc"))


def openly(response: Response) -> Response:
    """Let programs of everybody read it, also in browsers, and keep it for some minutes."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.cache_control.public, response.cache_control.max_age = True, _KEPT
    return response
