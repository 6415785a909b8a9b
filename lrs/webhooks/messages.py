"""What another system reads of an event: put together when it is sent, so that a name mended meanwhile is right (docs/webhooks.md)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson
from flask_babel import force_locale
from flask_babel import gettext as _

from lrs.people import letters
from lrs.people.directory import Person
from lrs.people.identity import Identity
from lrs.record import actor_of
from lrs.webhooks.events import AWARD, COURSE, ISSUED, REMINDER, REVOKED, TEST
from storage.deliveries import DeliveryRow
from storage.spaces import SpaceRow

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class About:
    """What a message needs to know beside what was put in: about whom it is, and who speaks."""

    space: SpaceRow
    home_page: str
    person: Person | None
    contact: bool
    """Whether names and contacts are told."""

    @property
    def address(self) -> str:
        """Where the space is."""
        return f"{self.home_page}/s/{self.space.slug}"

    @property
    def language(self) -> str:
        """How the learner is spoken to."""
        return self.space.language if self.person is None else letters.manner(self.person.account, self.space).language


def body(row: DeliveryRow, about: About) -> bytes:
    """Write a message; flask_babel needs an application around it."""
    told = orjson.loads(row.told)
    learner = {} if about.person is None else {"learner": _learner(about.person, about)}
    message = {
        "type": row.event,
        "id": str(row.id),
        "timestamp": _moment(row.at),
        "space": {"name": about.space.slug, "title": about.space.name, "address": about.address},
        "data": learner | _DATA[row.event](told, about),
    }
    return orjson.dumps(message)


def _learner(person: Person, about: About) -> dict[str, Any]:
    known = person.identity
    told = {"number": known.number, "staffCode": known.staff_code} | (_contact(known) if about.contact else {})
    return {"actor": actor_of(person.account.id, about.home_page)} | {name: each for name, each in told.items() if each}


def _contact(known: Identity) -> dict[str, str]:
    return {"name": known.name, "phone": known.phone, "email": known.email, "unconfirmed": known.contact}


def _reminder(told: Told, about: About) -> dict[str, Any]:
    language, titles = about.language, told["titles"]
    title = titles.get(language) or titles.get("vi") or next((each for each in titles.values() if each), "")
    course = _course(told["course"], title, about)
    with force_locale(language):
        text = _(
            "%(space)s: “%(course)s” ends on %(day)s, and you have not completed it yet. Go on here: %(address)s",
            space=about.space.name,
            course=title,
            day=f"{date.fromisoformat(told['deadline']):%d/%m/%Y}",
            address=course["address"],
        )
    return {"language": language, "text": text, "course": course, "deadline": told["deadline"], "when": told["when"]}


def _award(told: Told, about: About) -> dict[str, Any]:
    award = {"award": {"id": told["rule"], "name": told["name"]}}
    return award | ({"course": _course(told["course"], told["name"], about)} if "course" in told else {})


def _certificate(told: Told, _about: About) -> dict[str, Any]:
    return {"certificate": dict(told)}


def _test(_told: Told, _about: About) -> dict[str, Any]:
    return {"text": _("This is a test. Nothing has happened.")}


def _course(course_id: str, title: str, about: About) -> dict[str, str]:
    return {"id": course_id, "title": title, "address": f"{about.address}/courses/{course_id}"}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_DATA: dict[str, Callable[[Told, About], dict[str, Any]]] = {
    REMINDER: _reminder,
    AWARD: _award,
    COURSE: _award,
    ISSUED: _certificate,
    REVOKED: _certificate,
    TEST: _test,
}
