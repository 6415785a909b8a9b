"""A unit of twenty completes a course, each in their own way; the papers are opened, printed, checked, and one is taken back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from lrs.badges.multibase import from_multikey
from lrs.badges.proof import verify
from lrs.badges.status import is_set
from lrs.certificates import keeping
from lrs.certificates.issuing import number_of
from lrs.certificates.signed import check
from tests.journeys.test_accessible import violations
from tests.journeys.test_checking import FORGED, GENUINE, answer
from tests.journeys.test_course import SMALL, begin, complete
from tests.journeys.unit_of_twenty import NAMES, UnitOfTwenty
from tests.journeys.walking import enter, eventually, open_lesson, shoot
from tests.lrs.certificates.test_proofs import attached, printed, scanned
from tests.parts import pixels
from tests.parts.clients import find_clients
from tests.parts.hanko import finds_whole
from tests.parts.left_out import or_left_out
from tests.parts.poppler import find_poppler, poppler

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from storage.certificates import CertificateRow
    from tests.journeys.walking import Lesson, Service
    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

SHEET = "Lớp kỹ năng số"
SMALLEST = 296
"""Dots on 25 mm, 300 to an inch, and a margin of four squares about it: what the smallest print has."""


@pytest.fixture
def axe() -> str:
    """Give axe, or leave the journey out where it or poppler is missing."""
    with or_left_out():
        find_poppler()
        return (find_clients() / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def prepare(office: Page, home: str, unit: UnitOfTwenty) -> str:
    """Put a unit into a course, write a template, and let the course give it; give back where that is said."""
    course = f"{home}courses/{unit.course}"
    office.goto(f"{course}/people/add")
    office.locator("#unit").select_option(str(unit.unit))
    office.get_by_role("button", name="Thêm đơn vị này").click()
    office.wait_for_url("**new=20**")
    office.goto(f"{home}certificates/templates/new")
    office.locator("[name=name]").fill(SHEET)
    office.locator("[name=signatory]").fill("Trần Văn Mẫu")
    office.get_by_role("button", name="Lưu mẫu").click()
    office.wait_for_url("**done=saved")
    office.goto(f"{course}/edit")
    office.get_by_role("navigation", name="Các trang của khóa học này").get_by_role("link", name="Chứng nhận").click()
    papers = office.url
    office.get_by_label("Chứng nhận", exact=True).select_option(label=SHEET)
    office.get_by_label("Có giá trị trong bao nhiêu tháng").fill("24")
    office.get_by_role("button", name="Lưu", exact=True).click()
    expect(office.get_by_text("Đã lưu.")).to_be_visible()
    return papers


def come_in(page: Page, unit: UnitOfTwenty, at: int) -> str:
    """Let somebody of the unit in; give back the space's first page."""
    page.goto(unit.link(at))
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/s/haiphong/")
    return page.url


def learn(page: Page, course: str, *, without_a_network: bool = False) -> Lesson:
    """Learn both lessons of a course; the second one with the network gone in the middle, if that is wished."""
    page.goto(course)
    complete(begin(page), "saved")
    page.goto(course)
    assert eventually(
        lambda: page.goto(course) is not None and "Đã xong 1 trong 2" in page.locator("main").inner_text()
    )
    lesson = begin(page)
    page.context.set_offline(without_a_network)
    complete(lesson, "device" if without_a_network else "saved")
    return lesson


def settle(office: Page, home: str, unit: UnitOfTwenty, at: int) -> None:
    """Say in the office who somebody is whom another system has named."""
    office.goto(f"{home}actors")
    card = office.locator("section", has=office.get_by_role("heading", name=unit.address(at)))
    card.get_by_label(NAMES[at]).check()
    card.get_by_role("button", name="Đúng là người này").click()
    office.wait_for_url("**done=known**")


def taken(page: Page, button: str, path: Path) -> bytes:
    """Press a button that has a file made, wait for it as its page says, and take it."""
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/certificates/jobs/*")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải xuống").click()
    download.value.save_as(path)
    return path.read_bytes()


def taken_back(service: Service, written: dict[str, Any]) -> bool:
    """Ask as a program of somebody's: whether the list of the space, which has to be proved, says that a credential is revoked."""
    anybody = service.installation.visitor()
    told: Any = anybody.get("/s/haiphong/did.json").json
    keys = {each["id"]: from_multikey(each["publicKeyMultibase"]) for each in told["verificationMethod"]}
    verify(written, keys.get)
    place = written["credentialStatus"]
    listed: Any = anybody.get(place["statusListCredential"].removeprefix(service.installation.public_url)).get_json(
        force=True
    )
    verify(listed, keys.get)
    return is_set(listed["credentialSubject"]["encodedList"], int(place["statusListIndex"]))


def years_later(service: Service, row: CertificateRow) -> None:
    """Let two years have gone by since somebody got a certificate: it has just run out."""
    long_ago = datetime.now(UTC) - timedelta(days=731)
    own = {"who": row.account_id.hex, "id": row.id.hex}
    when = {
        "then": long_ago.strftime("%Y-%m-%dT%H:%M:%S.000000Z"),
        "day": long_ago.date(),
        "until": datetime.now(UTC).date() - timedelta(days=1),
    }
    with service.installation.services.database.write(1) as tx:
        for change in (
            "update certificates set issued = :then, day = :day, until = :until where id = :id",
            "update attempts set created = :then where account_id = :who",
            "update statements set stored = :then",
        ):
            tx.run(text(change), {name: value for name, value in (own | when).items() if f":{name}" in change})


@dataclass
class Walk:
    """The journey: who walks it, and what they have in their hands."""

    service: Service
    screen: Screens
    folder: Path
    axe: str
    home: str = ""
    papers: str = ""
    """Where the office says which certificate the course gives, and takes what was given."""

    def __post_init__(self) -> None:
        self.service.haidang("certificates", "key")
        self.unit = UnitOfTwenty(self.service)
        self.office = self.screen.open("desktop", bypass_csp=True)
        self.phone = self.screen.open("phone", **SMALL, bypass_csp=True)
        self.counter = self.screen.open("phone", **SMALL, bypass_csp=True)
        self.signer = keeping.seal_of(self.service.installation.services.config).certificate
        self.paper = self.folder / "paper.pdf"
        enter(self.office, self.service, "owner")
        self.home = self.office.url
        self.papers = prepare(self.office, self.home, self.unit)

    def look(self, page: Page, step: str) -> None:
        """Take a picture of a page, and let axe look at it."""
        shoot(page, "certificate", step)
        assert violations(page, self.axe) == []

    def they_learn(self) -> None:
        """On a phone whose network goes, at a desk, in our player, in another system; nobody waits for anybody."""
        course, unit, desk = f"{self.home}courses/{self.unit.course}", self.unit, self.screen.open("desktop")
        come_in(self.phone, unit, 0)
        away = learn(self.phone, course, without_a_network=True)
        come_in(desk, unit, 1)
        learn(desk, course)
        unit.learn_in_our_player()
        unit.learn_elsewhere()
        assert eventually(lambda: len(unit.papers()) == 9)  # a phone is away, and nobody has said who is who elsewhere
        unit.confirm(11)
        settle(self.office, self.home, unit, 11)
        self.phone.context.set_offline(offline=False)
        away.wait_until("saved")  # what was learned meanwhile goes out by itself
        assert eventually(lambda: len(unit.papers()) == 20)
        assert [(row.counted, row.unit_code) for row in unit.papers()] == [(at, unit.code) for at in range(1, 21)]

    def one_is_opened(self) -> CertificateRow:
        """By its owner, on the phone; three programs of others agree about it."""
        opens = self.phone.get_by_role("link", name="Mở chứng nhận")
        self.phone.goto(f"{self.home}achievements")
        expect(opens).to_have_count(1)
        self.look(self.phone, "1-results")
        self.phone.get_by_role("link", name="Xem vì sao").click()
        self.look(self.phone, "2-result")
        with self.phone.expect_download() as download:
            opens.click()
        download.value.save_as(self.paper)

        row = next(row for row in self.unit.papers() if row.account_id == self.unit.accounts[0])
        pdf = self.paper.read_bytes()
        assert check(pdf, [[self.signer]]) == self.signer
        assert finds_whole(pdf, self.signer, datetime.now(UTC))
        assert "Signature is Valid" in poppler("pdfsig", pdf, self.folder)
        said = poppler("pdftotext", pdf, self.folder)
        assert NAMES[0] in said
        assert number_of(row) in said
        return row

    def it_is_checked_without_a_network(self) -> None:
        """At a counter: the code comes from the print, from the smallest print, and from a picture that a hand held askew."""
        sheet, page = printed(self.paper), self.counter
        [code] = pixels.read(sheet)
        alone = pixels.around(sheet)
        assert pixels.read(pixels.smaller(alone, SMALLEST)) == [code]
        assert pixels.read(pixels.askew(alone, 4)) == [code]
        page.goto(f"{self.service.installation.public_url}/v/")
        expect(page.get_by_text("Máy này đã nhớ trang")).to_be_visible()
        page.context.set_offline(offline=True)
        page.goto("about:blank")
        page.goto(code)
        assert answer(page).endswith(GENUINE)
        assert page.locator("#said-name").inner_text() == NAMES[0]
        shoot(page, "certificate", "3-counter")
        page.goto("about:blank")
        page.goto(code[:-1] + str((int(code[-1]) + 1) % 10))  # of the signature
        assert answer(page).endswith(FORGED)

    def the_file_is_handed_in(self) -> None:
        """By somebody to whom it was sent, with a network."""
        page = self.counter
        page.context.set_offline(offline=False)
        page.goto(f"{self.home}verify")
        self.look(page, "4-verify")
        page.get_by_label("Tệp chứng nhận").set_input_files(self.paper)
        page.get_by_role("button", name="Kiểm tra tệp").click()
        expect(page.get_by_text("Chứng nhận thật và còn giá trị")).to_be_visible()
        self.look(page, "5-file")

    def all_are_taken(self) -> dict[int, bytes]:
        """By the office, as a zip and to be printed; give them back by their numbers."""
        self.office.goto(self.papers)
        expect(self.office.get_by_text("20 chứng nhận")).to_be_visible()
        self.look(self.office, "6-papers")
        with zipfile.ZipFile(io.BytesIO(taken(self.office, "zip", self.folder / "all.zip"))) as archive:
            found = {int(name[:4]): archive.read(name) for name in archive.namelist()}
        assert [*found] == [*range(1, 21)]
        assert all(check(pdf, [[self.signer]]) == self.signer for pdf in found.values())
        texts = [poppler("pdftotext", pdf, self.folder) for pdf in found.values()]
        assert {name for name in NAMES for text in texts if name in text} == {*NAMES}
        self.office.goto(self.papers)
        taken(self.office, "Một tệp để in", self.folder / "book.pdf")
        self.look(self.office, "8-job")
        assert len(scanned(self.folder / "book.pdf")) == 1
        return found

    def it_comes_to_a_phone(self, row: CertificateRow) -> None:
        """Of somebody who has no password at hand: from a code on the helper's screen; the office finds it in its list."""
        office, phone = self.office, self.screen.open("phone", **SMALL, bypass_csp=True)
        office.goto(f"{self.home}certificates/office?q={row.counted}/{row.year}/{self.unit.code}")
        self.look(office, "9-list")
        office.get_by_role("link", name=number_of(row)).click()
        self.look(office, "10-office")
        office.get_by_role("button", name="Cho xem trên điện thoại của họ").click()
        self.look(office, "11-slip")
        phone.goto(office.locator(".address").inner_text())
        paper = phone.locator("img.paper")
        expect(paper).to_be_visible()
        assert paper.evaluate("async each => (await each.decode(), each.naturalWidth)") > 1000
        self.look(phone, "12-phone")
        with phone.expect_download() as download:
            phone.get_by_role("link", name="Lưu vào điện thoại này").click()
        assert check(download.value.path().read_bytes(), [[self.signer]]) == self.signer
        office.goto(f"{self.home}certificates/office/numbers")
        expect(office.get_by_text("Có đủ mọi số")).to_be_visible()
        self.look(office, "13-numbers")

    def it_is_renewed(self, row: CertificateRow) -> None:
        """Two years later, by learning both lessons once more: each begins anew."""
        years_later(self.service, row)
        phone = self.phone
        phone.goto(self.home)
        self.look(phone, "14-home")
        phone.get_by_role("link", name="Cách cấp lại").click()
        expect(phone.get_by_text("Đã làm được 0%")).to_be_visible()
        self.look(phone, "15-renewal")
        renewal = phone.url
        for version in self.unit.versions:
            complete(open_lesson(phone, f"{self.home}lessons/{version}"), "saved")
        assert eventually(
            lambda: (
                phone.goto(renewal) is not None and phone.get_by_role("button", name="Nhận chứng nhận mới").count() == 1
            )
        )
        self.look(phone, "16-renewed")
        phone.get_by_role("button", name="Nhận chứng nhận mới").click()
        phone.wait_for_url("**done=given")
        new = next(each for each in self.unit.papers() if each.renews == row.id)
        assert (new.counted, new.until and new.until.year) == (21, datetime.now(UTC).year + 2)

    def one_is_taken_back(self, row: CertificateRow, others: dict[int, bytes]) -> None:
        """By the office; the page and the list say so of this one and of no other."""
        (self.folder / "one.pdf").write_bytes(others[row.counted])
        (self.folder / "other.pdf").write_bytes(others[row.counted % 20 + 1])
        both = [attached(self.folder / name) for name in ("one.pdf", "other.pdf")]
        assert [taken_back(self.service, each) for each in both] == [False, False]
        self.office.goto(f"{self.home}certificates/{row.id}")
        self.office.get_by_text("Tôi muốn thu hồi").click()
        self.office.locator("#why").fill("Cấp nhầm người")
        self.office.get_by_role("button", name="Thu hồi chứng nhận này").click()
        self.office.wait_for_url("**done=revoked")

        self.counter.goto(f"{self.home}verify/{row.code}")
        expect(self.counter.get_by_text("Đã bị thu hồi", exact=True)).to_be_visible()
        shoot(self.counter, "certificate", "7-revoked")
        assert [taken_back(self.service, each) for each in both] == [True, False]


def test_a_unit_of_twenty_completes_and_anybody_can_check_their_papers(
    screen: Screens, service: Service, tmp_path: Path, axe: str
) -> None:
    walk = Walk(service, screen, tmp_path, axe)

    walk.they_learn()
    row = walk.one_is_opened()
    walk.it_is_checked_without_a_network()
    walk.the_file_is_handed_in()
    papers = walk.all_are_taken()
    walk.it_comes_to_a_phone(row)
    walk.one_is_taken_back(next(each for each in walk.unit.papers() if each.id != row.id), papers)
    walk.it_is_renewed(row)
