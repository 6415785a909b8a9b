"""Letters by e-mail, for those who look after people: sending a link, and what waits and what failed."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import allow, caller
from lrs.errors import Malformed, NotAllowed, NotFound
from lrs.people import audit, letters
from lrs.people.directory import Directory
from lrs.people.people_pages import HELPERS, lets_in
from lrs.people.roles import KEEPERS
from lrs.people.shown import DELAYS, LETTERS, REASONS
from lrs.services import services
from lrs.web import current_space, on_own_host, transaction
from storage import letters as kept
from storage import outbox, people
from storage.letters import FAILED, WAITING

pages = Blueprint("letters", __name__)

_MOST = 100


@pages.post("/s/<space>/people/<uuid:account_id>/letter")
@allow(*HELPERS)
def send(account_id: UUID) -> ResponseReturnValue:
    """Send somebody a link to come in by e-mail; older ones end when it goes out."""
    with transaction() as tx:
        person = Directory(tx, services().identity_keys, caller().account_id).find(account_id)
        if not lets_in(caller(), person):
            raise NotAllowed
        if not letters.offered() or not person.identity.email:
            raise Malformed
        letters.send_link(tx, account_id, letters.manner(person.account, current_space(), own_host=on_own_host()))
        audit.note(tx, caller().account_id, audit.MAILED, account_id)
    return redirect(url_for("people_list.one", account_id=account_id, done="letter"), 303)


@pages.get("/s/<space>/letters")
@allow(*KEEPERS)
def listed() -> ResponseReturnValue:
    """Show which letters wait, which could not be sent, and why."""
    if not letters.offered():
        raise NotFound
    with transaction() as tx:
        waiting, failed = (kept.listed(tx, state, _MOST) for state in (WAITING, FAILED))
        counts = [kept.count(tx, state) for state in (WAITING, FAILED)]
        tried = outbox.tried(tx, letters.TARGET, [letter.id for letter in waiting])
        whose = {letter.account_id for letter in (*waiting, *failed) if letter.account_id is not None}
        closed = {each.id for each in people.find_accounts(tx, whose) if each.closed is not None}
        known = Directory(tx, services().identity_keys, caller().account_id).identities(whose)
        audit.note_look(tx, caller().account_id, whose, "letters")
    return render_template(
        "letters.html",
        space=current_space(),
        waiting=waiting,
        failed=failed,
        counts=counts,
        tried=tried,
        names={each: identity.name for each, identity in known.items()},
        reachable={each for each, identity in known.items() if identity.email and each not in closed},
        letter_words=LETTERS,
        reasons=REASONS,
        delays=DELAYS,
        with_links=letters.WITH_LINKS,
        done=request.args.get("done", ""),
    )


@pages.post("/s/<space>/letters/hurry")
@allow(*KEEPERS)
def hurry() -> ResponseReturnValue:
    """Have what waits tried again at once."""
    with transaction() as tx:
        outbox.hurry(tx, letters.TARGET, datetime.now(UTC))
        audit.note(tx, caller().account_id, audit.HURRIED)
    return redirect(url_for("letters.listed", done="hurried"), 303)
