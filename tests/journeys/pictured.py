"""A city that does not exist, as it is shown in pictures: its units, a dozen people, and how far one of them has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle
from typing import TYPE_CHECKING
from uuid import uuid4

from lrs.certificates.template import BEGIN, Words
from lrs.commands import enter
from lrs.people.units import Units
from lrs.web import transaction
from storage import certificate_rules, certificate_templates, courses, versions
from storage.certificate_rules import LinkRow
from storage.certificate_templates import TemplateRow
from tests.journeys.town import Town
from tests.parts.lessons import play

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

CITY = "Thành phố Hải Yến"
OTHERS = {"con-sao": "Đặc khu Cồn Sao", "so-den-bien": "Sở Đèn biển"}
UNITS = {
    "Sở Đèn biển": (),
    "Phường Bến Cá": ("Tổ dân phố Đông", "Tổ dân phố Tây"),
    "Phường Gió Lành": ("Tổ dân phố Chợ",),
    "Xã Cát Trắng": (),
}
KEEPER, MENTOR, AUDITOR, LEARNER = "Đoàn Thị Hải Âu", "Mạc Văn Thuyền", "Lương Thị Sò", "Tạ Thị Ngọc Trai"
HOLDER = "Lã Thị Mây"
"""Who has completed the course, and has a certificate."""
PEOPLE = {
    "Ông Văn Buồm": "learner",
    "Ngô Thị San Hô": "learner",
    "Kiều Văn Sóng": "author",
    HOLDER: "learner",
    "Từ Văn Neo": "learner",
    "Bành Thị Cát": "learner",
    "Giang Văn Đảo": "learner",
    "Quách Thị Nắng": "learner",
    MENTOR: "mentor",
    AUDITOR: "auditor",
    LEARNER: "learner",
}
"""Nobody is called so, and no number below is anybody's."""

DONE = ({"cmi.core.lesson_status": "completed"},) * 2 + ({"cmi.completion_status": "completed"},)
"""What each of the three lessons says at its end: two are SCORM 1.2, one 2004."""

TABLET = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
_BEGIN = date(2025, 7, 1)


class Pictured(Town):
    """The city, settled."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(installation, "hai-yen", CITY)
        for slug, name in OTHERS.items():
            installation.haidang("space", "add", slug, "--name", name)
        with installation.app.app_context():
            installation.app.extensions["haidang.demo"](self.slug)
        self.accounts = {KEEPER: self.add("administrator", KEEPER)}
        self.keeper = self.inside(self.accounts[KEEPER])
        self._settle()
        self._certify()
        self._learn()
        self.keeper.post(
            f"{self.path}keys", form_at=f"{self.path}keys", data={"scope": ["statements/write", "state"], "days": "365"}
        )

    @property
    def path(self) -> str:
        """The path of its first page."""
        return f"/s/{self.slug}/"

    def _settle(self) -> None:
        """Make the units, and let the keeper add the people to them one after another."""
        with self.installation.app.app_context():
            enter(self.slug)
            with transaction() as tx:
                units = Units(tx)
                city = units.make(CITY, None, _BEGIN).id
                made = []
                for name, below in UNITS.items():
                    made.append(units.make(name, city, _BEGIN).id)
                    made += [units.make(each, made[-1], _BEGIN).id for each in below]
        for number, ((name, role), unit) in enumerate(zip(PEOPLE.items(), cycle(made), strict=False), start=1):
            known = {"name": name, "role": role, "staff_code": f"HY-{number:03}", "phone": f"0900 000 {number:03}"}
            page = self.keeper.post(f"{self.path}people", form_at=f"{self.path}people/new", data=known).location
            self.accounts[name] = page.rpartition("/")[2]
            self.keeper.post(f"{page}/unit", form_at=page, data={"unit": str(unit), "day": _BEGIN.isoformat()})

    def _certify(self) -> None:
        """Let the course give a certificate to whoever completes it."""
        self.template = uuid4()
        looks = replace(
            BEGIN,
            organisation=Words("SỞ ĐÈN BIỂN", "DEPARTMENT OF LIGHTHOUSES"),
            signatory=KEEPER,
            place=Words("Hải Yến", "Hải Yến"),
        )
        with self.installation.app.app_context():
            enter(self.slug)
            with transaction() as tx:
                self.lessons = [str(version.id) for version in versions.list_versions(tx)]
                (course,) = courses.listed(tx)
                assert course.rule_id is not None
                now = datetime.now(UTC)
                certificate_templates.add(tx, TemplateRow(self.template, 1, "Lớp kỹ năng số", looks.dumps(), now))
                certificate_rules.put(tx, LinkRow(course.rule_id, self.template, 24, now))
        self.course, self.result = f"courses/{course.id}", f"achievements/{course.rule_id}"

    def _learn(self) -> None:
        """Let two of them join the course: one completes its first lesson, one all; whoever passes by may learn the second."""
        self._play(self.inside(self.accounts[LEARNER], TABLET), self.lessons[:1])
        self._play(self.inside(self.accounts[HOLDER]), self.lessons)
        report = f"{self.path}packages/{self.lessons[1]}"
        self.keeper.post(f"{report}/open", form_at=f"{report}/report", data={"open": "yes"})

    def _play(self, learner: Person, lessons: list[str]) -> None:
        learner.post(f"{self.path}{self.course}/join", form_at=f"{self.path}{self.course}")
        for version, said in zip(lessons, DONE, strict=False):
            answer = play(learner, version, self.slug).commit(1, said, item="lesson")
            assert answer.status_code == 200, answer.text
