"""From a completed course to a paper in somebody's hands, and its code read from the dots and checked without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from packages.courses.course import Part
from tests.journeys.test_accessible import violations
from tests.journeys.test_checking import GENUINE, answer
from tests.journeys.test_course import SMALL, begin, complete
from tests.journeys.walking import enter, eventually, shoot
from tests.lrs.certificates.test_proofs import scanned
from tests.packages.courses.making import code_of, course_of, lessons
from tests.parts.clients import find_clients
from tests.parts.left_out import or_left_out
from tests.parts.poppler import find_poppler, poppler

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

NAME = "Nguyễn Thị Hạnh"


def prepare(office: Page, person: str, course: str) -> str:
    """Say what somebody is called, write a template, and let a course give it; give back where that is said."""
    office.goto(person)
    office.locator("#f-name").fill(NAME)
    office.get_by_role("button", name="Lưu", exact=True).click()
    office.goto(f"{person.rpartition('people/')[0]}certificates/templates/new")
    office.locator("[name=name]").fill("Lớp kỹ năng số")
    office.locator("[name=signatory]").fill("Trần Văn Mẫu")
    office.get_by_role("button", name="Lưu mẫu").click()
    office.wait_for_url("**done=saved")
    office.goto(course)
    office.get_by_role("link", name="Chứng nhận", exact=True).click()
    papers = office.url
    office.get_by_label("Chứng nhận", exact=True).select_option(label="Lớp kỹ năng số")
    office.get_by_label("Có giá trị trong bao nhiêu tháng").fill("24")
    office.get_by_role("button", name="Lưu", exact=True).click()
    expect(office.get_by_text("Đã lưu.")).to_be_visible()
    return papers


def test_a_completed_course_gives_a_paper_that_anybody_can_check(
    screen: Screens, service: Service, tmp_path: Path
) -> None:
    with or_left_out():
        find_poppler()
        axe = (find_clients() / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    made = service.installation
    service.haidang("certificates", "key")
    ((first, _),) = lessons(made, 1)
    course_id = course_of(made, Part((first,)))
    phone, office = screen.open("phone", **SMALL, bypass_csp=True), screen.open("desktop", bypass_csp=True)
    learner = enter(phone, service, "learner")
    enter(office, service, "owner")
    home = phone.url

    papers = prepare(office, f"{home}people/{learner}", f"{home}courses/{course_id}/edit")

    phone.goto(f"{home}join?c={code_of(made, course_id)}")
    phone.get_by_role("button", name="Tham gia khóa học này").click()
    phone.wait_for_url("**done=joined")
    complete(begin(phone), "saved")
    results = f"{home}achievements"
    opens = phone.get_by_role("link", name="Mở chứng nhận")
    assert eventually(lambda: phone.goto(results) is not None and opens.count() == 1)
    shoot(phone, "certificate", "1-results")
    assert violations(phone, axe) == []
    phone.get_by_role("link", name="Xem vì sao").click()
    shoot(phone, "certificate", "2-result")
    assert violations(phone, axe) == []
    with phone.expect_download() as download:
        opens.click()
    paper = tmp_path / "paper.pdf"
    download.value.save_as(paper)

    [code] = scanned(paper)
    assert NAME in poppler("pdftotext", paper.read_bytes(), tmp_path)
    assert "Signature is Valid" in poppler("pdfsig", paper.read_bytes(), tmp_path)
    counter = screen.open("phone")
    counter.goto(f"{made.public_url}/v/")
    expect(counter.get_by_text("Máy này đã nhớ trang")).to_be_visible()
    counter.context.set_offline(True)
    counter.goto("about:blank")
    counter.goto(code)
    assert answer(counter).endswith(GENUINE)
    assert counter.locator("#said-name").inner_text() == NAME

    office.goto(papers)
    expect(office.get_by_text("1 chứng nhận", exact=True)).to_be_visible()
    shoot(office, "certificate", "3-papers")
    assert violations(office, axe) == []
    with office.expect_download() as download:
        office.get_by_role("button", name="Một tệp để in").click()
    download.value.save_as(paper)
    assert scanned(paper) == [code]
