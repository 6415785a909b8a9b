"""Actors of other systems who match nobody, as a page: an administrator says who they are, and what they did counts from then on."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs.access import allow, caller
from lrs.errors import Malformed, NotFound
from lrs.outcomes import actors
from lrs.outcomes.blueprint import pages
from lrs.people import audit
from lrs.people.directory import Directory
from lrs.people.identity import NotUnderstood, guesses
from lrs.people.roles import KEEPERS
from lrs.services import services
from lrs.web import current_space, transaction
from storage import actors as kept
from storage import identities
from storage.database import Tx

_A_PAGE = 50


@pages.get("/s/<space>/actors")
@allow(*KEEPERS)
def list_actors() -> ResponseReturnValue:
    """List actors who are nobody yet, those of most statements first, with who they may be."""
    return _page()


@pages.post("/s/<space>/actors/<stranger_id>")
@allow(*KEEPERS)
def settle_actor(stranger_id: str) -> ResponseReturnValue:
    """Say who an actor is, or is not after all; or that it is nobody of this space, or may be after all."""
    by, deed, keys = caller().account_id, request.form.get("do", ""), services().identity_keys
    if by is None or deed not in {"is", "nobody", "back", "forget"} or not _is_hex(stranger_id):
        raise Malformed
    account = None
    try:
        with transaction() as tx:
            if deed == "forget":
                actors.forget(tx, stranger_id, by)
                return redirect(url_for("rules.list_actors", done="forgotten"), 303)
            if kept.stranger(tx, bytes.fromhex(stranger_id)) is None:
                raise NotFound
            if deed == "is":
                account = _whom(tx)
                done = "known" if actors.confirm(tx, keys, stranger_id, account, by) else "other"
            else:
                actors.pass_over(tx, stranger_id, by, back=deed == "back")
                done = deed
    except NotUnderstood as wrong:
        return _page(stranger_id, wrong), 422
    passed = "yes" if deed == "back" else None
    return redirect(url_for("rules.list_actors", done=done, passed=passed, account=account), 303)


def _whom(tx: Tx) -> UUID:
    """Find the person who is meant: one that was suggested, or whoever has this identifier."""
    said, written = request.form.get("account", ""), request.form.get("who", "").strip()
    if said and said != "other":
        return _account(said)
    keys = services().identity_keys
    found = {
        owner
        for kind, value in guesses(written).items()
        for owner in identities.owners(tx, kind, keys.blinds(tx.space, kind, value))
    }
    if len(found) != 1:
        raise NotUnderstood(
            "who",
            _("Nobody here has this. Write an e-mail address, a phone number, a staff code or a learner number."),
        )
    return found.pop()


def _account(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Malformed from None


def _is_hex(text: str) -> bool:
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return True


def _called(actor: str) -> str:
    """Call an actor as people would: by the address, or by the name of the account and where that is."""
    kind, _colon, rest = actor.partition(":")
    home, bar, name = rest.rpartition("|")
    return rest if kind == "mailto" else f"{name} ({home})" if bar else actor


def _page(at: str = "", wrong: NotUnderstood | None = None) -> str:
    passed, whose = request.args.get("passed") == "yes", request.args.get("account", "")
    with transaction() as tx:
        found = actors.unmatched(tx, services().identity_keys, _A_PAGE, passed=passed)
        count = kept.count_unmatched(tx)
        suggested = {each for actor in found for each in actor.suggested}
        account = _account(whose) if whose else None
        known = actors.of_person(tx, services().identity_keys, account) if account else []
        seen = suggested | ({account} if account else set())
        people = Directory(tx, services().identity_keys, caller().account_id).identities(seen)
        audit.note_look(tx, caller().account_id, seen, "actors")
    return render_template(
        "actors.html",
        space=current_space(),
        found=found,
        count=count,
        people=people,
        called=_called,
        known=known,
        account=account,
        passed=passed,
        at=at,
        wrong=wrong,
        given=request.form.get("who", ""),
        done=request.args.get("done", ""),
    )
