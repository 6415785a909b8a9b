"""Twenty people of one unit, and how eighteen of them learn without a screen: in our player, or in another system that reports."""

from __future__ import annotations

import base64
import http.client
import json
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lrs.commands import enter
from lrs.outcomes import actors
from lrs.outcomes.rules.language import COMPLETED
from lrs.people.directory import Directory
from lrs.people.identity import Identity
from lrs.people.units import Units
from lrs.services import services
from lrs.web import reading, transaction
from packages.courses.course import Part
from storage import certificates
from storage import versions as published
from tests.packages.courses.making import course_of, lessons
from tests.parts.lessons import play

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from storage.certificates import CertificateRow
    from tests.journeys.walking import Service
    from tests.parts.installations import Person

NAMES = (
    "Nguyễn Thị Hạnh",
    "Trần Văn Bình",
    "Lê Thị Cúc",
    "Phạm Quốc Dũng",
    "Hoàng Thị Én",
    "Vũ Đình Giang",
    "Đặng Thị Hằng",
    "Bùi Ngọc Khánh",
    "Đỗ Thị Lụa",
    "Hồ Văn Mừng",
    "Ngô Thị Nguyệt",
    "Dương Văn Oánh",
    "Lý Thị Phượng",
    "Đinh Văn Quyết",
    "Mai Thị Rạng",
    "Tạ Quang Sửu",
    "Võ Thị Tuyết",
    "Phan Văn Uy",
    "Trịnh Thị Vượng",
    "Chu Thị Xuyến",
)
IN_OUR_PLAYER, ELSEWHERE = slice(2, 10), slice(10, 20)
HOME = "https://lms.example.org"
SINCE = date(2025, 7, 1)


@dataclass
class UnitOfTwenty:
    """Twenty people of one unit, and a course of two lessons."""

    service: Service
    code: str = field(default_factory=lambda: f"P{uuid.uuid4().hex[:6].upper()}")
    """Of the unit: its certificates count by themselves."""

    def __post_init__(self) -> None:
        made = self.service.installation
        (first, one), (second, other) = lessons(made)
        self.course: UUID = course_of(made, Part((first,)), Part((second,)))
        self.versions = (one, other)
        with self._space(), transaction() as tx:
            people, units = Directory(tx, services().identity_keys), Units(tx)
            self.unit = units.make(f"Phường {self.code}", None, SINCE, self.code).id
            self.accounts = [
                people.add("learner", Identity(name=name, email=self.address(at))).id for at, name in enumerate(NAMES)
            ]
            for account in self.accounts:
                units.join(account, self.unit, SINCE)

    def address(self, at: int) -> str:
        """Tell somebody's e-mail address."""
        return f"nguoi-{at}.{self.code.lower()}@example.org"

    def link(self, at: int) -> str:
        """Make the link by which somebody comes in."""
        account = str(self.accounts[at])
        return str(self.service.haidang("account", "link", "--space", "haiphong", "--account", account)["url"])

    def learn_in_our_player(self) -> None:
        """Let some come in and play both lessons to their end, as the shell speaks for them."""
        for at in range(*IN_OUR_PLAYER.indices(len(NAMES))):
            person = self._inside(at)
            for version in self.versions:
                assert play(person, version).commit(1, {"cmi.core.lesson_status": "completed"}).status_code == 200

    def _inside(self, at: int) -> Person:
        person = self.service.installation.visitor()
        path = self.link(at).removeprefix(self.service.installation.public_url)
        assert person.post(path, form_at=path).status_code == 303
        return person

    def learn_elsewhere(self) -> None:
        """Let another system report with its key that some have completed both lessons there, by the names that it has for them."""
        key = self.service.installation.key("statements/write")
        said = [
            {"actor": self.actor(at), "verb": {"id": COMPLETED}, "object": {"id": activity}}
            for at in range(*ELSEWHERE.indices(len(NAMES)))
            for activity in self.activities
        ]
        word = base64.b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
        line = http.client.HTTPConnection("127.0.0.1", self.service.port)
        headers = {"Authorization": f"Basic {word}", "X-Experience-API-Version": "1.0.3"}
        line.request("POST", "/xapi/statements", json.dumps(said), headers | {"Content-Type": "application/json"})
        answer = line.getresponse()
        assert (answer.status, len(json.load(answer))) == (200, len(said))
        line.close()

    def actor(self, at: int) -> dict[str, Any]:
        """Name somebody as the other system does: by an address, or by an account that it has for them."""
        if at % 2:
            return {"mbox": f"mailto:{self.address(at)}"}
        return {"account": {"homePage": HOME, "name": f"{self.code}-{at}"}}

    def confirm(self, *but: int) -> None:
        """Say of all whom the other system named who they are here, but for some."""
        with self._space(), transaction() as tx:
            for at in range(*ELSEWHERE.indices(len(NAMES))):
                if at not in but:
                    said = self.actor(at)
                    named = said.get("mbox") or f"account:{HOME}|{said['account']['name']}"
                    assert actors.know(tx, services().identity_keys, named, self.accounts[at], None)

    @cached_property
    def activities(self) -> list[str]:
        """Name the activities of both lessons."""
        with self._space(), reading() as tx:
            return [row.activity for row in published.list_versions(tx) if str(row.id) in self.versions]

    def papers(self) -> list[CertificateRow]:
        """List the certificates of the unit, by their numbers."""
        with self._space(), reading() as tx:
            found = [row for account in self.accounts for row in certificates.of_account(tx, account)]
        return sorted(found, key=lambda row: row.counted)

    @contextmanager
    def _space(self) -> Iterator[None]:
        with self.service.installation.app.app_context():
            enter("haiphong")
            yield
