"""What stands at the top of every page for somebody who is signed in: the pages that their role may open, and no other."""

from dataclasses import dataclass

from flask import Flask, request
from flask_babel import LazyString, format_date, format_datetime
from flask_babel import lazy_gettext as _

from lrs.access import PLATFORM, ROLES, access_of, caller
from lrs.people import roles
from lrs.people.shown import DEEDS, FIELDS, LANGUAGES, SETTINGS


@dataclass(frozen=True, slots=True)
class Item:
    """One page of the menu."""

    endpoint: str
    words: LazyString

    @property
    def here(self) -> bool:
        """Whether it is the page one is on, or one below it."""
        return request.endpoint == self.endpoint or (
            _BELOW.get(request.blueprint or "", request.blueprint) == self.endpoint.partition(".")[0]
            and self.endpoint not in _ALONE
        )


@dataclass(frozen=True, slots=True)
class Room:
    """Pages that are looked after together; its word leads to the first of them."""

    words: LazyString
    pages: tuple[Item, ...]

    @property
    def endpoint(self) -> str:
        """Where its word leads."""
        return self.pages[0].endpoint

    @property
    def here(self) -> bool:
        """Whether one is on one of its pages."""
        return any(page.here for page in self.pages)


_ALONE = frozenset({"achievements.listed", "packages.new", "guests.keep", "guests.leaving"})
"""Pages that stand for themselves alone, and not for all of their room."""

_BELOW = {
    "enrolments": "courses",
    "progress": "courses",
    "certificate_office": "certificate_list",
    "certificate_jobs": "certificate_list",
    "renewal": "achievements",
}
"""Blueprints whose pages stand below those of another."""

_MENU: tuple[Item | Room, ...] = (
    Item("player.start", _("Lessons")),
    Item("achievements.listed", _("My results")),
    Item("people_list.listed", _("People")),
    Item("units.listed", _("Units")),
    Item("certificate_list.listed", _("Certificates")),
    Room(
        _("Authoring"),
        (
            Item("courses.listed", _("Courses")),
            Item("packages.new", _("Add a lesson")),
            Item("rules.listed", _("Rules")),
            Item("skills.the_set", _("Skills")),
            Item("certificate_templates.listed", _("Certificate templates")),
        ),
    ),
    Room(
        _("Administration"),
        (
            Item("settings.shown", _("Settings")),
            Item("keys.listed", _("Keys")),
            Item("webhooks.listed", _("Other systems")),
            Item("audit.listed", _("Log")),
        ),
    ),
    Item("own.account", _("My account")),
    Item("guests.keep", _("Keep my progress")),
    Item("guests.leaving", _("Leave")),
    Item("platform.listed", _("Spaces")),
    Item("platform_sessions.listed", _("Sessions")),
    Item("platform_log.listed", _("Log")),
)


def menu() -> list[Item | Room]:
    """List what who is signed in may open from everywhere; a room of one page is that page, and nobody has none."""
    return [entry for each in _MENU if (entry := _open(each)) is not None]


def _open(entry: Item | Room) -> Item | Room | None:
    if isinstance(entry, Item):
        role = caller().role
        return entry if role is not None and role in access_of(entry.endpoint).roles else None
    pages = tuple(page for page in entry.pages if _open(page))
    return Room(entry.words, pages) if len(pages) > 1 else next(iter(pages), None)


def spoken(number: str) -> str:
    """Write a learner number in threes, as it is read out."""
    return " ".join(number[at : at + 3] for at in range(0, len(number), 3))


def init_app(app: Flask) -> None:
    """Let templates show a menu, and say roles, deeds and times as people do."""
    app.jinja_env.globals.update(
        menu=menu,
        who=caller,
        may_sign_out=lambda: caller().role in {*ROLES, PLATFORM},
        role_words=roles.WORDS,
        role_may=roles.MAY,
        deed_words=DEEDS,
        fact_words=FIELDS,
        field_words=SETTINGS | FIELDS,
        language_words=LANGUAGES,
    )
    app.jinja_env.filters.update(
        spoken=spoken,
        moment=lambda at: format_datetime(at, "dd/MM/yyyy HH:mm"),
        day=lambda at: format_date(at, "dd/MM/yyyy"),
    )
