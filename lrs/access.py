"""Who may call a view. It stands above the view as `@allow(...)`; a view that says nothing is closed to everybody."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from flask import current_app, g, request

from lrs.errors import KeyNeeded, LinkNeeded, NotAllowed, NotFound, ScopeMissing, SignInNeeded
from storage import people

OWNER = "owner"
ADMINISTRATOR = "administrator"
AUTHOR = "author"
MENTOR = "mentor"
LEARNER = "learner"
AUDITOR = "auditor"

ROLES = (OWNER, ADMINISTRATOR, AUTHOR, MENTOR, LEARNER, AUDITOR)

PLATFORM = "platform"
"""Whoever runs the installation for all spaces: above them and in none, so that it is no role of any."""
GUEST = people.GUEST
"""Somebody without a name, who learns what is open to everybody. To any view that does not name them they are nobody yet."""

LEARNERS = (*ROLES, GUEST)
"""Everybody who learns."""

EVERYBODY = "everybody"
"""No sign-in is needed."""

PROGRAM = "program"
"""A key and its secret are needed."""

ALL = "all"
"""The scope for everything that xAPI names: the record."""

PUBLISH = "packages/write"
"""The scope for publishing packages. They are no part of the record, so `all` does not reach them."""

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Access:
    """What a view asks of its caller."""

    roles: frozenset[str]
    scopes: frozenset[str] = frozenset()
    uploads: bool = False
    machine: bool = False
    attachments: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """What a program's key was made for, beside its scopes: until when, how often, where, for whom."""

    expires: datetime | None = None
    rate: int | None = None
    origins: frozenset[str] | None = None
    """The pages a browser's key is for; None for a server's."""
    actor: str | None = None
    registration: UUID | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling, in which space: a person with a role, a program with scopes, the platform in none, or nobody known."""

    space_id: int | None = None
    account_id: UUID | None = None
    role: str | None = None
    session_id: UUID | None = None
    """The platform's, which has no account."""
    credential_id: UUID | None = None
    scopes: frozenset[str] = field(default_factory=frozenset)
    key: Key = Key()
    language: str | None = None
    """What a person has chosen to read."""


NOBODY = Caller()


def allow(
    *roles: str,
    scopes: tuple[str, ...] = (),
    uploads: bool = False,
    machine: bool = False,
    attachments: bool = False,
) -> Callable[[View], View]:
    """Open a view to these roles (or EVERYBODY), or to programs with one of these scopes (of the record's, `all` is always enough).

    The machine's own host has no pages: only programs' views are open there, and what says `machine`.
    """
    if PLATFORM in roles and (len(roles) > 1 or scopes):
        raise ValueError("a view is the platform's or a space's, never both")

    def mark(view: View) -> View:
        here = machine or PROGRAM in roles
        view.__dict__["access"] = Access(frozenset(roles), frozenset(scopes), uploads, here, attachments)
        return view

    return mark


def access_of(endpoint: str) -> Access:
    """Tell what a view asks; one that says nothing asks the impossible."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return Access(frozenset({EVERYBODY}))
    view = current_app.view_functions[endpoint]
    closed = Access(frozenset())
    found: Access = getattr(view, "access", closed)
    return found


def asked() -> Access:
    """Tell what the view asks that the current request is for; where there is no such address, the impossible."""
    return Access(frozenset()) if request.endpoint is None else access_of(request.endpoint)


def caller() -> Caller:
    """Tell who is calling."""
    found: Caller = g.get("caller", NOBODY)
    return found


def enforce() -> None:
    """Refuse a caller whom the view does not admit."""
    if request.endpoint is None:
        return  # there is no such address; routing says so
    access = access_of(request.endpoint)
    who = caller()
    if EVERYBODY in access.roles or (who.role is not None and who.role in access.roles):
        return
    if who.scopes & _enough(access):
        return
    if not access.roles and not access.scopes:
        raise NotFound
    if PLATFORM in access.roles:
        raise LinkNeeded
    if PROGRAM in access.roles:
        raise KeyNeeded if who.credential_id is None else ScopeMissing
    raise SignInNeeded if who.role in {None, GUEST} else NotAllowed


def _enough(access: Access) -> frozenset[str]:
    return access.scopes | {ALL} if access.scopes and PUBLISH not in access.scopes else access.scopes
