"""What another system reads is what docs/webhooks.md says, in the learner's language."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
import pytest
from jsonschema import Draft202012Validator, ValidationError

import schemas
from lrs.people.directory import Person
from lrs.people.identity import Identity
from lrs.webhooks import messages
from lrs.webhooks.events import AWARD, COURSE, EVENTS, ISSUED, REMINDER, TEST
from lrs.webhooks.messages import About
from storage.deliveries import DeliveryRow
from storage.people import AccountRow
from storage.spaces import Settings, SpaceRow
from wsgi import create_app

if TYPE_CHECKING:
    from flask import Flask

SCHEMA = Draft202012Validator(schemas.load("webhooks/event"))
ID, WHO = UUID(int=1), UUID(int=2)
AT = datetime(2026, 3, 25, 2, tzinfo=UTC)
KNOWN = Identity("Tạ Trai", "", "+84912345678", "CC-017", "314159265", "trai@example.org")
HOME = "https://app.example.org"
REMINDED = {
    "course": "77",
    "titles": {"vi": "Kỹ năng số", "en": "Digital skills"},
    "deadline": "2026-03-31",
    "when": "week",
}
TEXTS = {
    "vi": "Hải Phòng: Khóa học “Kỹ năng số” kết thúc ngày 31/03/2026, bạn chưa học xong. Mời bạn học tiếp: ",
    "en": "Hải Phòng: “Digital skills” ends on 31/03/2026, and you have not completed it yet. Go on here: ",
}


@pytest.fixture(scope="module")
def app() -> Flask:
    """Give an application: building it touches nothing, and it has words."""
    return create_app({})


def message(app: Flask, event: str, told: object, *, language: str | None = None, contact: bool = False) -> Any:
    space = SpaceRow(1, "haiphong", Settings("Hải Phòng", "vi"))
    person = Person(AccountRow(WHO, "learner", AT, language=language), KNOWN)
    row = DeliveryRow(ID, ID, event, WHO, orjson.dumps(told).decode(), AT, AT)
    with app.app_context():
        found = orjson.loads(messages.body(row, About(space, HOME, person, contact)))
    SCHEMA.validate(found)
    return found


@pytest.mark.parametrize("language", ["vi", "en", None])
def test_a_reminder_can_be_sent_as_it_is_in_the_learners_language(app: Flask, language: str | None) -> None:
    said = message(app, REMINDER, REMINDED, language=language)

    spoken = language or "vi"
    assert said["timestamp"] == "2026-03-25T02:00:00.000Z"
    data = said["data"]
    assert (data["language"], data["deadline"], data["when"]) == (spoken, "2026-03-31", "week")
    assert data["text"] == f"{TEXTS[spoken]}{HOME}/s/haiphong/courses/77"
    assert data["course"] == {
        "id": "77",
        "title": REMINDED["titles"][spoken],  # type: ignore[index]
        "address": f"{HOME}/s/haiphong/courses/77",
    }


def test_who_it_is_about_depends_on_what_may_be_told(app: Flask) -> None:
    little, much = (message(app, REMINDER, REMINDED, contact=each)["data"]["learner"] for each in (False, True))

    assert little == {
        "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": str(WHO)}},
        "number": "314159265",
        "staffCode": "CC-017",
    }
    contact = {"name": "Tạ Trai", "phone": "+84912345678", "unconfirmed": "trai@example.org"}
    assert much == little | contact


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_and_field_is_described(app: Flask, event: str) -> None:
    page = (Path(__file__).parents[3] / "docs/webhooks.md").read_text("utf-8")
    told = {
        REMINDER: REMINDED,
        AWARD: {"rule": "a rule", "name": "Kỹ năng số"},
        COURSE: {"rule": "a rule", "name": "Kỹ năng số", "course": "77"},
    }.get(event, {"id": "9", "number": "12/2026", "day": "2026-03-25"})

    data = message(app, event, told)["data"]

    assert f"`{event}`" in page
    assert all(f"`{name}" in page for name in data)
    if event == COURSE:
        assert data["course"]["title"] == "Kỹ năng số"
    if event == ISSUED:
        assert data["certificate"]["number"] == "12/2026"


def test_the_schema_knows_every_event_and_refuses_what_is_said_of_another(app: Flask) -> None:
    Draft202012Validator.check_schema(schemas.load("webhooks/event"))
    assert schemas.load("webhooks/event")["properties"]["type"]["enum"] == [*EVENTS, TEST]
    award = message(app, AWARD, {"rule": "a rule", "name": "Kỹ năng số"})

    for wrong in (award | {"type": COURSE}, award | {"type": "award.taken"}, award | {"more": 1}):
        with pytest.raises(ValidationError):
            SCHEMA.validate(wrong)
