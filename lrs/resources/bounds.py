"""What a key in a browser may not do, whatever its scopes say: everybody who opens the page holds it (docs/credentials.md)."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _

from lrs.access import Caller
from lrs.errors import NotForBrowsers, NotItsActor
from lrs.xapi import actors
from lrs.xapi.statement import Statement
from storage.documents import Place
from storage.search import VOIDED

_READS = frozenset({"GET", "HEAD"})


def check_statements(who: Caller, statements: Iterable[Statement]) -> None:
    """Refuse statements of another actor or registration than the key's own, and voiding ones."""
    if who.key.origins is None:
        return
    for statement in statements:
        said = statement.value
        if said["verb"]["id"] == VOIDED:
            raise NotForBrowsers(_("It cannot void a statement."))
        _check_actor(who, actors.key(said["actor"]))
        registration = said.get("context", {}).get("registration")
        _check_registration(who, None if registration is None else UUID(registration))


def check_place(who: Caller, place: Place, method: str) -> None:
    """Refuse documents of another agent or registration than the key's own, and writing what belongs to all."""
    if who.key.origins is None:
        return
    if place.agent:
        _check_actor(who, place.agent)
    elif method not in _READS:
        raise NotForBrowsers(_("An activity's profile belongs to all; it can only read it."))
    _check_registration(who, place.registration)


def _check_actor(who: Caller, actor: str | None) -> None:
    if who.key.actor is not None and actor != who.key.actor:
        raise NotItsActor(_("It was made for %(actor)s.", actor=who.key.actor))


def _check_registration(who: Caller, registration: UUID | None) -> None:
    if who.key.registration is not None and registration not in {None, who.key.registration}:
        raise NotItsActor(_("It was made for the registration %(registration)s.", registration=who.key.registration))
