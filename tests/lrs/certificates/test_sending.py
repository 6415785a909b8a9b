"""A certificate is sent by letter once, in its reader's language, with a link that opens it; what has become of it stands in the office."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from lrs.outcomes.rules.language import COMPLETED
from storage import certificate_jobs, certificate_sendings, certificates, letters
from storage.letters import FAILED, SENT, WAITING, WITHDRAWN
from tests.lrs.certificates.test_jobs import Killed, sometimes
from tests.lrs.outcomes.test_pages import SAFE
from tests.lrs.outcomes.test_paper_pages import Class

if TYPE_CHECKING:
    from tests.lrs.people.mailing import Mailed
    from tests.parts.installations import Person

JOBS = "/s/haiphong/certificates/jobs"


class Sending(Class):
    """A school with a mail server beside it."""

    def __init__(self, mailed: Mailed) -> None:
        super().__init__(mailed.installation)
        self.mailed = mailed
        mailed.installation.haidang("certificates", "key")
        self.owner = mailed.installation.person("owner")

    def tell(self, **more: str) -> None:
        """Say what the rule gives."""
        data = {"template": str(self.template), "months": "12"} | more
        assert self.owner.post(self.at, form_at=self.at, data=data).status_code == 303

    def with_address(self, name: str, email: str) -> Person:
        """Let somebody in who has a name and an address."""
        person = self.installation.person("learner")
        at = f"/s/haiphong/people/{person.account}"
        assert self.owner.post(at, form_at=at, data={"name": name, "email": email}).status_code == 303
        return person

    def press_send(self) -> str:
        """Press "Send to those who have not got it yet", wait, and read the page."""
        asked = self.owner.post(JOBS, form_at="/s/haiphong/me", data={"kind": "send", "rule": str(self.rule)})
        assert asked.status_code == 303
        self.installation.app.extensions["haidang.followers"].catch_up()
        return self.owner.get(asked.location).text

    def office(self, person: Person) -> str:
        """Name the page of somebody's newest certificate."""
        with self.installation.services.database.read(self.space) as tx:
            row = certificates.of_account(tx, UUID(person.account))[0]
        return f"/s/haiphong/certificates/{row.id}"

    def states(self) -> list[str]:
        """List what has become of all letters."""
        return [letter.state for letter in self.mailed.letters()]


@pytest.fixture
def school(mailed: Mailed) -> Sending:
    return Sending(mailed)


def test_issued_and_sent_once_with_a_link_that_opens_it_without_a_password(school: Sending) -> None:
    school.tell(letter="1")
    person = school.with_address("Nguyễn Thị Hạnh", "hanh@example.org")
    unreached = school.named("Trần Văn Bình")
    for one in (person, unreached, person):
        school.say(one, COMPLETED, SAFE)

    (taken,) = school.mailed.carry()

    assert taken.to == ["hanh@example.org"]
    assert "An toàn trên mạng" in taken.letter["Subject"]
    assert "Xem chứng nhận của tôi" in taken.html
    found = re.search(r"(/s/haiphong/paper/[\w-]{43})\b", taken.text)
    assert found is not None
    visitor = school.installation.visitor()
    page = visitor.get(found[1])
    assert "Nguyễn Thị Hạnh" in page.text
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert visitor.get(f"{found[1]}.pdf").mimetype == "application/pdf"
    assert visitor.get(f"{found[1]}.png").data.startswith(b"\x89PNG")
    assert visitor.get(f"{found[1]}.json").mimetype == "application/vc"
    told = school.press_send()
    assert "0 thư điện tử" in told
    assert "2 người đã nhận trước đó" in told
    assert len(school.mailed.carry()) == 1  # a second press sends nothing
    assert "đã gửi" in school.owner.get(school.office(person)).text
    assert "Chưa có địa chỉ thư điện tử" in school.owner.get(school.office(unreached)).text


def test_a_corrected_name_is_sent_anew_and_the_older_letter_opens_nothing(school: Sending) -> None:
    school.tell()
    person = school.with_address("Nguyễn Thị Hành", "hanh@example.org")
    school.say(person, COMPLETED, SAFE)
    assert "1 thư điện tử" in school.press_send()
    (first,) = school.mailed.carry()
    link = re.search(r"(/s/haiphong/paper/[\w-]{43})\b", first.text)
    assert link is not None

    at = school.office(person)
    school.owner.post(f"{at}/name", form_at=at, data={"name": "Nguyễn Thị Hạnh", "reason": "Sai dấu"})
    assert "1 thư điện tử" in school.press_send()

    assert len(school.mailed.carry()) == 2
    assert school.installation.visitor().get(link[1]).status_code == 410


def test_what_was_taken_back_before_the_letter_went_out_is_not_sent(school: Sending) -> None:
    school.tell(letter="1")
    person = school.with_address("Nguyễn Thị Hạnh", "hanh@example.org")
    school.say(person, COMPLETED, SAFE)
    at = school.office(person)
    school.owner.post(f"{at}/revoke", form_at=at, data={"reason": "Làm bài hộ"})

    assert school.mailed.carry() == []
    assert school.states() == [WITHDRAWN]


def test_a_letter_that_failed_is_sent_once_more_by_a_press_and_no_other_is(school: Sending) -> None:
    school.tell(letter="1")
    person = school.with_address("Nguyễn Thị Hạnh", "hanh@example.org")
    school.say(person, COMPLETED, SAFE)
    at = school.office(person)
    waiting = school.owner.post(f"{at}/send", form_at=at)
    assert "done=unsent" in waiting.location
    with school.installation.services.database.write(school.space) as tx:
        [sent] = certificate_sendings.of(tx, [UUID(at.rpartition("/")[2])])
        letters.settle(tx, sent.letter_id, letters.End(FAILED, "no_mailbox"), sent.at)

    assert "Gửi qua thư điện tử" in school.owner.get(at).text
    again = [school.owner.post(f"{at}/send", form_at=at).location.rpartition("=")[2] for _ in range(2)]

    assert again == ["sent", "unsent"]
    assert sorted(school.states()) == sorted([FAILED, WAITING])
    school.mailed.carry()
    assert sorted(school.states()) == sorted([FAILED, SENT])


def test_who_stands_at_the_counter_gets_it_on_their_phone_until_somebody_ends_the_link(school: Sending) -> None:
    school.tell()
    person = school.named("Trần Văn Bình")
    school.say(person, COMPLETED, SAFE)
    at, mentor = school.office(person), school.installation.person("mentor")
    results = f"/s/haiphong/people/{person.account}/achievements/{school.rule}"
    assert "Cho xem trên điện thoại" in mentor.get(results).text

    slip = mentor.post(f"{at}/link", form_at=results)

    found = re.search(r"(/s/haiphong/paper/[\w-]{43})<", slip.text)
    assert found is not None
    assert "<svg" in slip.text
    assert results.rpartition("/")[0] in slip.text  # the way back
    assert school.installation.visitor().get(found[1]).status_code == 200
    assert "1 liên kết" in school.owner.get(at).text
    assert school.owner.post(f"{at}/links/end", form_at=at).status_code == 303
    assert [school.installation.visitor().get(f"{found[1]}{end}").status_code for end in ("", ".pdf", ".png")] == [
        410
    ] * 3
    assert school.installation.visitor().get("/s/haiphong/paper/nobody").status_code == 410
    owner_of_a_space = school.installation.person("administrator")
    with school.installation.services.database.read(school.space) as tx:
        assert certificate_sendings.of(tx, [UUID(at.rpartition("/")[2])]) == []
    assert mentor.post(f"{at}/links/end", form_at="/s/haiphong/me").status_code == 403
    assert owner_of_a_space.get(at).status_code == 200


def test_whoever_is_killed_while_letters_are_put_in_sends_each_once(
    school: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.tell()
    monkeypatch.setattr("lrs.certificates.jobs._LETTERS", 2)
    addresses = [f"nguoi{number}@example.org" for number in range(5)]
    for at, address in enumerate(addresses):
        school.say(school.with_address(f"Người thứ {at}", address), COMPLETED, SAFE)
    asked = school.owner.post(JOBS, form_at="/s/haiphong/me", data={"kind": "send", "rule": str(school.rule)})
    real, killed = certificate_jobs.move, 0
    monkeypatch.setattr(certificate_jobs, "move", sometimes(real))

    for _ in range(10):
        try:
            school.installation.app.extensions["haidang.followers"].catch_up()
            break
        except Killed:
            killed += 1

    assert killed == 2
    assert "5 thư điện tử" in school.owner.get(asked.location).text
    assert sorted(taken.to[0] for taken in school.mailed.carry()) == addresses
