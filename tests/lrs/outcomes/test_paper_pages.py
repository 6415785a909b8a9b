"""A rule is told to give a certificate, people have it among their results, and all of them are taken away at once."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from lrs.certificates import editing, keeping
from lrs.certificates.signed import check
from lrs.certificates.template import Template, Words
from lrs.outcomes import versions
from lrs.outcomes.rules.language import COMPLETED, PASSED
from lrs.outcomes.versions import Naming
from storage import certificate_templates, certificates, tags
from storage.certificate_templates import TemplateRow
from tests.lrs.certificates.papers import TEMPLATE
from tests.lrs.outcomes.test_pages import SAFE, TEST, School

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


def test_who_had_it_taken_back_gets_no_other_one_by_asking(school: Class) -> None:
    school.gives()
    learner = school.named("Nguyễn Thị Hạnh")
    school.say(learner, COMPLETED, SAFE)
    with school.installation.services.database.write(school.space) as tx:
        [row] = certificates.of_account(tx, uuid.UUID(learner.account))
        assert certificates.leave_valid(tx, row.id, certificates.REVOKED)

    shown = learner.get(school.own).text
    learner.post(f"{school.own}/certificate", form_at=ME)

    assert "Nhận chứng nhận" not in shown
    with school.installation.services.database.read(school.space) as tx:
        assert [one.id for one in certificates.of_account(tx, row.account_id)] == [row.id]


def test_months_that_are_none_are_refused_and_none_takes_it_away(school: Class) -> None:
    owner = school.gives("12")

    wrong = owner.post(school.at, form_at=school.at, data={"template": str(school.template), "months": "hai năm"})
    strange = owner.post(school.at, form_at=school.at, data={"template": str(uuid.uuid4())})

    long = owner.post(school.at, form_at=school.at, data={"template": str(school.template), "hours": "mười hai " * 3})

    assert (wrong.status_code, long.status_code) == (422, 422)
    assert "20 ký tự" in long.text  # and nothing of it is printed
    assert "hai năm" in wrong.text
    assert strange.status_code == 400
    assert 'value="12"' in owner.get(school.at).text
    assert owner.post(school.at, form_at=school.at, data={"template": ""}).status_code == 303
    assert 'value="12"' not in owner.get(school.at).text


def a_template(school: Class, body: str, closing: str = "") -> str:
    """Keep a template that says something after the name; give its id."""
    made = replace(TEMPLATE, body=Words(body, "has completed"), closing=Words(closing, ""))
    with school.installation.services.database.write(school.space) as tx:
        row = TemplateRow(uuid.uuid4(), 1, "Mẫu", made.dumps(), datetime.now(UTC))
        certificate_templates.add(tx, row)
    return str(row.id)


@pytest.mark.parametrize(
    ("body", "more", "field"),
    [
        ("đã học {hours} giờ", {"hours": "12"}, "f-hours"),
        ("có giá trị đến {until}", {"months": "12"}, "f-months"),
        ("đạt {score}", None, "template"),
    ],
)
def test_what_a_rule_cannot_fill_is_refused_where_it_is_chosen(
    school: Class, body: str, more: dict[str, str] | None, field: str
) -> None:
    owner, chosen = school.installation.person("owner"), {"template": a_template(school, body)}

    refused = owner.post(school.at, form_at=school.at, data=chosen)

    assert refused.status_code == 422
    assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', refused.text)
    closing = {"template": a_template(school, "đã hoàn thành", body)}  # what can be left out is left out
    assert owner.post(school.at, form_at=school.at, data=closing).status_code == 303
    if more is not None:
        assert owner.post(school.at, form_at=school.at, data=chosen | more).status_code == 303


def test_a_change_of_a_template_leaves_no_rule_with_a_hole(school: Class) -> None:
    owner = school.gives()
    at = f"/s/haiphong/certificates/templates/{school.template}"
    form = editing.form_of(TEMPLATE) | {"id": str(school.template), "version": "1", "name": "Lớp AI"}

    refused = owner.post("/s/haiphong/certificates/templates", form_at=at, data=form | {"body.vi": "đạt {score}"})
    kept = owner.post("/s/haiphong/certificates/templates", form_at=at, data=form | {"closing.vi": "Điểm: {score}"})

    assert (refused.status_code, kept.status_code) == (422, 303)
    assert f"“{NAME}” không có gì" in refused.text


def test_score_hours_and_unit_are_filled_from_what_is_known(school: Class) -> None:
    with school.installation.services.database.write(school.space) as tx:
        tags.put(tx, "kiểm tra", TEST)
        body = {"all": [{"did": {"activities": [SAFE]}}, {"score": {"activity": TEST, "atLeast": 0.8}}]}
        school.rule = versions.add(tx, body, Naming("Lớp có điểm"), unheard=True).rule_id
    at = f"/s/haiphong/rules/{school.rule}/certificates"
    owner, learner = school.installation.person("owner"), school.named("Nguyễn Thị Hạnh")
    template = a_template(school, "đã học {hours} giờ ở {unit}, đạt {score}")
    assert owner.post(at, form_at=at, data={"template": template, "hours": "12"}).status_code == 303
    for scaled in (0.7, 0.855):
        school.say(learner, PASSED, TEST, score={"scaled": scaled})
    school.say(learner, COMPLETED, SAFE)

    with school.installation.services.database.read(school.space) as tx:
        [row] = certificates.of_account(tx, uuid.UUID(learner.account))

    told = json.loads(row.told)
    assert (told["hours"], told["unit"], told["score"]) == ("12", "Hải Phòng", "85,5%")


def test_a_rule_that_lost_its_score_gives_no_paper_with_a_hole_and_says_so(school: Class) -> None:
    owner = school.gives()
    with school.installation.services.database.write(school.space) as tx:
        holed = replace(TEMPLATE, body=Words("đạt {score}", "has reached"))
        row = TemplateRow(school.template, 2, "Mẫu", holed.dumps(), datetime.now(UTC))
        certificate_templates.add(tx, row)
    learner = school.named("Nguyễn Thị Hạnh")
    school.say(learner, COMPLETED, SAFE)

    with school.installation.services.database.read(school.space) as tx:
        assert certificates.of_account(tx, uuid.UUID(learner.account)) == []
    assert "Hiện chưa ai được cấp chứng nhận này" in owner.get(school.at).text


def test_an_older_template_that_said_for_how_long_is_read(school: Class) -> None:
    old = json.loads(TEMPLATE.dumps()) | {"months": 24}

    assert Template.loads(json.dumps(old)) == TEMPLATE
