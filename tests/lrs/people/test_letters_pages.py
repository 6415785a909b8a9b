"""Sending a link by e-mail, and what those who look after people see of letters."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from storage import people
from tests.lrs.people.mailing import PEOPLE, path
from tests.lrs.people.test_post import hurry

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.lrs.people.mailing import Mailed

LETTERS = "/s/haiphong/letters"


def words(page: TestResponse) -> str:
    """Read a page without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_the_persons_page_offers_it_to_who_has_an_address_and_says_what_became_of_it(mailed: Mailed) -> None:
    boss = mailed.installation.person("administrator")
    page, without = mailed.add(), mailed.add("", "Không Thư")

    assert "Hãy gửi liên kết tới hoa@example.org" in boss.get(page).text
    assert f"{without}/letter" not in boss.get(without).text
    assert boss.post(f"{without}/letter", form_at=without).status_code == 400
    sent = mailed.send(page, boss)
    assert "Thư có liên kết sẽ được gửi đi ngay" in boss.get(sent.location).text
    assert "liên kết để vào lần đầu: chưa gửi" in words(boss.get(page))
    mailed.carry()
    assert "liên kết để vào lần đầu: đã gửi" in words(boss.get(page))
    assert "bạn gửi liên kết vào học qua thư điện tử" in words(boss.get(page))


def test_who_may_make_a_slip_may_send_a_letter_and_nobody_else(mailed: Mailed) -> None:
    made = mailed.installation
    learner, owner = mailed.add(), mailed.add("owner@example.org", role="owner")

    assert mailed.send(learner, made.person("mentor")).status_code == 303
    boss = made.person("administrator")
    assert boss.post(f"{owner}/letter", form_at=learner).status_code == 403
    assert made.person("mentor").post(f"{owner}/letter", form_at=learner).status_code == 403
    assert made.person("auditor").post(f"{learner}/letter", form_at=learner).status_code == 403
    assert mailed.send(owner, made.person("owner")).status_code == 303  # control


def test_a_newer_letter_or_slip_takes_the_older_one_back(mailed: Mailed) -> None:
    boss, page = mailed.installation.person("administrator"), mailed.add()
    for _ in range(2):
        mailed.send(page, boss)

    (taken,) = mailed.carry()
    mailed.send(page, boss)
    slip = re.search(r"/s/haiphong/link/[\w-]{43}", boss.post(f"{page}/slip", form_at=page).text)

    assert len(mailed.carry()) == 1
    assert slip is not None
    visitor = mailed.installation.visitor()
    assert [visitor.get(link).status_code for link in (path(taken), slip[0])] == [410, 200]


def test_what_failed_is_listed_with_a_reason_and_tried_again_under_a_new_name(mailed: Mailed) -> None:
    boss, page = mailed.installation.person("administrator"), mailed.add("hao@example.org")
    mailed.send(page, boss)
    mailed.room.recipient = lambda address: "250 OK" if address.startswith("hoa") else "550 5.1.1 unknown"
    mailed.carry()

    assert "Thư điện tử (1 chưa gửi được)" in words(boss.get(PEOPLE))
    listed = boss.get(LETTERS)
    assert "Nguyễn Thị Hoà" in listed.text
    assert "Không có hộp thư này. Hãy xem lại địa chỉ. (550 5.1.1)" in words(listed)
    assert "không gửi được . Không có hộp thư này" in words(boss.get(page))
    boss.post(page, form_at=page, data={"name": "Nguyễn Thị Hoà", "email": "hoa@example.org"})
    assert boss.post(f"{page}/letter", form_at=LETTERS).status_code == 303
    assert [taken.to for taken in mailed.carry()] == [["hoa@example.org"]]
    assert "Không có: mọi thư đều đã gửi đi" not in words(boss.get(LETTERS))  # the word to the old address failed, too
    assert "liên kết để vào lần đầu" not in words(boss.get(LETTERS))


def test_what_waits_is_listed_and_hurried(mailed: Mailed) -> None:
    boss = mailed.installation.person("administrator")
    mailed.send(mailed.add(), boss)
    mailed.room.sender = lambda _: "550 5.7.1 not you"
    mailed.carry()

    assert "Máy chủ thư của chúng ta không cho gửi" in words(boss.get(LETTERS))
    assert "Đã thử 1 lần" in words(boss.get(LETTERS))
    mailed.room.sender = lambda _: "250 OK"
    done = boss.post(f"{LETTERS}/hurry", form_at=LETTERS)
    assert "trong vòng năm phút" in boss.get(done.location).text
    assert len(mailed.carry()) == 1
    assert "mọi thư đều đã gửi đi" in boss.get(LETTERS).text


def test_a_changed_address_is_told_about_at_the_old_one(mailed: Mailed) -> None:
    boss, page = mailed.installation.person("administrator"), mailed.add("old@example.org")
    for email in ("OLD@example.org", "new@example.org", "new@example.org"):
        boss.post(page, form_at=page, data={"name": "Nguyễn Thị Hoà", "email": email})
    mailed.installation.haidang("identity", "rotate")
    keys = mailed.installation.services.config.identity_keys_file
    keys.write_text(keys.read_text().splitlines()[0] + "\n")

    (taken,) = mailed.carry()

    assert taken.to == ["OLD@example.org"]
    assert "không còn dùng địa chỉ thư điện tử này" in taken.text
    assert "new@example.org" not in taken.text
    assert "http" not in taken.text + taken.html
    hurry(mailed)


def test_a_changed_password_is_told_about_and_a_first_one_is_not(mailed: Mailed) -> None:
    mailed.send(mailed.add())
    link = path(mailed.carry().pop())
    person, me = mailed.installation.visitor(), "/s/haiphong/me"
    person.post(link, form_at=link)
    person.post(f"{me}/password", form_at=me, data={"new": "con mèo leo cây cau"})
    assert mailed.carry() == []
    person.post(f"{me}/password", form_at=me, data={"old": "con mèo leo cây cau", "new": "mưa rào tháng bảy"})

    (taken,) = mailed.carry()

    assert taken.letter["Subject"] == "Mật khẩu của bạn đã đổi – Hải Phòng"
    assert "http" not in taken.text + taken.html
    assert "mưa rào" not in taken.text


def test_a_notice_that_failed_is_listed_and_not_counted_as_something_to_do(mailed: Mailed) -> None:
    boss, page = mailed.installation.person("administrator"), mailed.add("old@example.org")
    boss.post(page, form_at=page, data={"name": "Nguyễn Thị Hoà", "email": "new@example.org"})
    mailed.room.recipient = lambda _: "550 5.1.1 unknown"
    mailed.carry()

    assert "chưa gửi được)" not in words(boss.get(PEOPLE))
    assert "Không có hộp thư này" in words(boss.get(LETTERS))
    mailed.send(page, boss)
    mailed.carry()
    assert "Thư điện tử (1 chưa gửi được)" in words(boss.get(PEOPLE))  # control


def test_trying_again_is_offered_only_where_an_address_is_known(mailed: Mailed) -> None:
    boss, page = mailed.installation.person("administrator"), mailed.add()
    mailed.room.recipient = lambda _: "550 5.1.1 unknown"
    mailed.send(page, boss)
    mailed.carry()
    assert f'action="{page}/letter"' in boss.get(LETTERS).text

    boss.post(page, form_at=page, data={"name": "Nguyễn Thị Hoà"})

    assert page in boss.get(LETTERS).text
    assert f'action="{page}/letter"' not in boss.get(LETTERS).text


def test_trying_again_is_not_offered_where_the_account_was_closed(mailed: Mailed) -> None:
    boss, page = mailed.installation.person("administrator"), mailed.add()
    mailed.send(page, boss)
    account = UUID(page.rpartition("/")[2])
    with mailed.installation.services.database.write(1) as tx:
        people.close(tx, account, datetime.now(UTC))  # at the same moment: nobody has taken the letter back
    mailed.carry()
    assert "Tài khoản đã đóng" in words(boss.get(LETTERS))
    assert f'action="{page}/letter"' not in boss.get(LETTERS).text

    with mailed.installation.services.database.write(1) as tx:
        people.close(tx, account, None)

    assert f'action="{page}/letter"' in boss.get(LETTERS).text  # control
