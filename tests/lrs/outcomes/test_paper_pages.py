"""A rule is told to give a certificate, people have it among their results, and all of them are taken away at once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from lrs.certificates import keeping
from lrs.certificates.signed import check
from lrs.outcomes import versions
from lrs.outcomes.rules.language import COMPLETED
from lrs.outcomes.versions import Naming
from storage import certificate_templates, certificates
from storage.certificate_templates import TemplateRow
from tests.lrs.certificates.papers import TEMPLATE
from tests.lrs.outcomes.test_pages import SAFE, School

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

ME = "/s/haiphong/me"
NAME = "An toàn trên mạng"


class Class(School):
    """A school with a rule that can give a certificate, and a template."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(installation)
        self.template = uuid.uuid4()
        with installation.services.database.write(self.space) as tx:
            self.rule = versions.add(tx, {"did": {"activities": [SAFE]}}, Naming(NAME), unheard=True).rule_id
            row = TemplateRow(self.template, 1, "Lớp AI", TEMPLATE.dumps(), datetime.now(UTC))
            certificate_templates.add(tx, row)
        self.at = f"/s/haiphong/rules/{self.rule}/certificates"
        self.own = f"/s/haiphong/achievements/{self.rule}"

    def gives(self, months: str = "") -> Person:
        """Let the rule give a certificate from now on."""
        owner = self.installation.person("owner")
        assert (
            owner.post(self.at, form_at=self.at, data={"template": str(self.template), "months": months}).status_code
            == 303
        )
        return owner

    def named(self, name: str) -> Person:
        """Let a learner in who has a name."""
        learner = self.installation.person("learner")
        owner = self.installation.person("owner")
        at = f"/s/haiphong/people/{learner.account}"
        assert owner.post(at, form_at=at, data={"name": name}).status_code == 303
        return learner


@pytest.fixture
def school(embedded: Installation) -> Class:
    return Class(embedded)


def test_a_result_leads_to_its_certificate(embedded: Installation, school: Class) -> None:
    embedded.haidang("certificates", "key")
    owner, learner = school.gives("24"), school.named("Nguyễn Thị Hạnh")
    school.say(learner, COMPLETED, SAFE)

    with embedded.services.database.read(school.space) as tx:
        [row] = certificates.of_account(tx, uuid.UUID(learner.account))
    shown = learner.get(school.own).text
    assert f"{row.id}.pdf" in shown
    assert f"/verify/{row.code}" in shown
    assert f"{row.id}.pdf" in learner.get("/s/haiphong/achievements").text
    assert row.until is not None
    whose = check(
        learner.get(f"/s/haiphong/certificates/{row.id}.pdf").data,
        [[keeping.seal_of(embedded.services.config).certificate]],
    )
    assert whose == keeping.seal_of(embedded.services.config).certificate
    assert str(row.id) in owner.get(f"/s/haiphong/people/{learner.account}/achievements").text


def test_who_completed_it_before_asks_for_it_and_who_has_no_name_is_told_why_not(school: Class) -> None:
    before, nameless = school.named("Trần Văn Bình"), school.installation.person("learner")
    school.say(before, COMPLETED, SAFE)
    school.say(nameless, COMPLETED, SAFE)
    assert "Nhận chứng nhận" not in before.get(school.own).text
    school.gives()

    assert "Nhận chứng nhận" in before.get(school.own).text
    first = before.post(f"{school.own}/certificate", form_at=ME, follow_redirects=True).text
    again = before.post(f"{school.own}/certificate", form_at=ME, follow_redirects=True).text
    refused = nameless.post(f"{school.own}/certificate", form_at=ME, follow_redirects=True).text

    assert f"0001/{datetime.now(UTC).year}" in first
    assert f"0001/{datetime.now(UTC).year}" in again
    assert "chưa có tên" in refused
    assert school.installation.person("learner").post(f"{school.own}/certificate", form_at=ME).status_code == 404


def test_months_that_are_none_are_refused_and_none_takes_it_away(school: Class) -> None:
    owner = school.gives("12")

    wrong = owner.post(school.at, form_at=school.at, data={"template": str(school.template), "months": "hai năm"})
    strange = owner.post(school.at, form_at=school.at, data={"template": str(uuid.uuid4())})

    assert wrong.status_code == 422
    assert "hai năm" in wrong.text
    assert strange.status_code == 400
    assert 'value="12"' in owner.get(school.at).text
    assert owner.post(school.at, form_at=school.at, data={"template": ""}).status_code == 303
    assert 'value="12"' not in owner.get(school.at).text
