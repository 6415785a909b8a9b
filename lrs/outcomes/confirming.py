"""Confirming: somebody says of a learner that they can do something; it is a statement like any other (docs/rules.md)."""

from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _

from lrs import days
from lrs.access import ADMINISTRATOR, LEARNER, MENTOR, OWNER, Caller
from lrs.errors import NotAllowed, NotFound
from lrs.outcomes.rules.language import CONFIRM
from lrs.people import audit
from lrs.people.units import Units
from lrs.record import STAFF_ASSERTED, Source, actor_of, append
from storage import confirmers, people, units
from storage.database import Tx

CONFIRMERS = (MENTOR, ADMINISTRATOR, OWNER)
"""Who may confirm at all; a rule says whose word counts."""


def may(tx: Tx, who: Caller, learner: UUID) -> bool:
    """Tell whether somebody may confirm a learner: never themselves; a mentor who belongs to a unit, those of it and below it."""
    account = people.find_account(tx, learner)
    if account is None or who.account_id is None or who.account_id == learner or who.role not in CONFIRMERS:
        return False
    if who.role != MENTOR:
        return True
    if account.role != LEARNER:
        return False
    day = days.today()
    own, theirs = units.unit_of(tx, who.account_id, day), units.unit_of(tx, learner, day)
    return own is None or (theirs is not None and theirs in Units(tx).tree(day).all_below(own))


def confirm(tx: Tx, who: Caller, learner: UUID, activity: str, home_page: str) -> UUID:
    """Put it into the record that somebody confirms a learner, and write down which role they have at this moment."""
    if people.find_account(tx, learner) is None:
        raise NotFound
    if who.account_id is None or not may(tx, who, learner):
        raise NotAllowed(_("Somebody else has to confirm this."))
    authority = {"objectType": "Agent", "account": {"homePage": home_page, "name": "haidang"}}
    said = statement(actor_of(who.account_id, home_page), actor_of(learner, home_page), activity)
    (kept,) = append(tx, [said], Source(authority, STAFF_ASSERTED))
    confirmers.note(tx, {kept: who.role or ""})
    audit.note(tx, who.account_id, audit.CONFIRMED, learner, activity=activity)
    return kept


def statement(confirmer: dict[str, Any], learner: dict[str, Any], activity: str) -> dict[str, Any]:
    """Say that somebody confirms somebody else, for an activity if one is named."""
    said: dict[str, Any] = {
        "id": str(uuid4()),
        "actor": confirmer,
        "verb": {"id": CONFIRM, "display": {"en": "confirmed", "vi": "đã xác nhận"}},
        "object": learner,
    }
    if activity:
        parent = {"objectType": "Activity", "id": activity}
        said["context"] = {"contextActivities": {"parent": [parent]}}
    return said
