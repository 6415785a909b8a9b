"""The page on which somebody renews a certificate: what to complete once more, and the next one when it is done."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs import days
from lrs.access import ROLES, allow, caller
from lrs.certificates import asking, issuing
from lrs.errors import NotFound
from lrs.language import reader_language
from lrs.outcomes.renewing import Renewing
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage.database import Tx

pages = Blueprint("renewal", __name__)


@pages.get("/s/<space>/achievements/<uuid:rule_id>/renewal")
@allow(*ROLES)
def one(rule_id: UUID) -> ResponseReturnValue:
    """Tell what to do for the next certificate."""
    with reading() as tx:
        found = _renewing(tx).standing(_own(), rule_id, reader_language())
        title = asking.called(tx, rule_id)
    return render_template(
        "renewal.html",
        space=current_space(),
        found=found,
        title=title,
        number=issuing.number_of(found.paper),
        expired=issuing.expired(found.paper, days.today()),
        done=request.args.get("done", ""),
    )


@pages.post("/s/<space>/achievements/<uuid:rule_id>/renewal")
@allow(*ROLES)
def renew(rule_id: UUID) -> ResponseReturnValue:
    """Give the next certificate, if everything was completed once more."""
    with transaction() as tx:
        given = _renewing(tx).renew(_own(), rule_id)
    if not given:
        return redirect(url_for("renewal.one", rule_id=rule_id, done="none"), 303)
    return redirect(url_for("achievements.one", rule_id=rule_id, done="given"), 303)


def _renewing(tx: Tx) -> Renewing:
    return Renewing(tx, services().identity_keys, services().config.public_url)


def _own() -> UUID:
    account = caller().account_id
    if account is None:
        raise NotFound
    return account
