"""Whoever looks after the space takes certificates back and corrects names; why stands in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import audit, certificates
from tests.lrs.certificates.issued import issued

if TYPE_CHECKING:
    from tests.parts.installations import Installation

ALL = "/s/haiphong/certificates"


def test_a_name_is_corrected_and_then_the_certificate_taken_back(embedded: Installation) -> None:
    boss = embedded.person("owner")
    row = issued(embedded, embedded.person("learner").account, "Nguyễn Thị Hành")
    here = f"{ALL}/{row.id}"

    unsaid = boss.post(f"{here}/name", form_at=here, data={"name": "Nguyễn Thị Hạnh", "reason": " "})
    renamed = boss.post(f"{here}/name", form_at=here, data={"name": "Nguyễn Thị Hạnh", "reason": "Sai dấu"})
    page = boss.get(renamed.location)
    there = renamed.location.partition("?")[0]
    again = boss.post(f"{here}/name", form_at=there, data={"name": "Ai khác", "reason": "x"})
    why = boss.post(f"{there}/revoke", form_at=there, data={"reason": ""})
    revoked = boss.post(f"{there}/revoke", form_at=there, data={"reason": "Làm bài hộ"})

    assert (unsaid.text.count('class="mistake"'), why.text.count('class="mistake"')) == (1, 1)
    assert ("<details open>" in unsaid.text, "<details open>" in why.text) == (False, True)
    assert (unsaid.status_code, renamed.status_code, again.status_code) == (422, 303, 409)
    assert (why.status_code, revoked.status_code) == (422, 303)
    assert "Nguyễn Thị Hạnh" in page.text
    assert "Sai dấu" in page.text
    assert "0001/" in page.text
    assert "Làm bài hộ" in boss.get(revoked.location).text
    with embedded.services.database.read(1) as tx:
        assert [each.state for each in certificates.rounds(tx, row)] == [certificates.REPLACED, certificates.REVOKED]
        acts = [each.act for each in audit.page(tx, audit.Wanted(), 20)]
    assert {"certificate.revoked", "certificate.renamed"} <= set(acts)


def test_it_is_found_from_the_page_of_a_person_and_from_the_paper(embedded: Installation) -> None:
    person = embedded.person("learner").account
    row = issued(embedded, person)
    boss, mentor = embedded.person("administrator"), embedded.person("mentor")
    one, paper = f"/s/haiphong/people/{person}", f"/s/haiphong/verify/{row.code}"

    assert [f"{ALL}/{row.id}" in boss.get(page).text for page in (one, paper)] == [True, True]
    assert [f"{ALL}/{row.id}" in mentor.get(page).text for page in (one, paper)] == [False, False]
    assert str(row.id) not in embedded.visitor().get(paper).text
    assert one in boss.get(f"{ALL}/{row.id}").text


def test_a_certificate_that_is_not_there_is_not_found(embedded: Installation) -> None:
    assert embedded.person("owner").get(f"{ALL}/55555555-5555-4555-8555-555555555555").status_code == 404
