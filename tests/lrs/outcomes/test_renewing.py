"""A certificate that ends is renewed by completing the rule once more, never by what was done long ago; its holder is told once."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text, update

from lrs.certificates import ending
from lrs.certificates.sending import send
from lrs.outcomes.rules.language import COMPLETED
from lrs.outcomes.versions import add
from storage import certificate_sendings, certificates
from storage import letters as kept
from storage.letters import WAITING
from tests.lrs.outcomes.test_pages import SAFE
from tests.lrs.outcomes.test_paper_pages import Class

if TYPE_CHECKING:
    from storage.certificates import CertificateRow
    from tests.parts.installations import Installation, Person

ME = "/s/haiphong/me"
TODAY = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


class Renewing(Class):
    """A school whose certificates hold for two years."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(installation)
        self.owner = self.gives("24")
        self.learner = self.named("Nguyễn Thị Hạnh")
        self.say(self.learner, COMPLETED, SAFE)
        self.page = f"{self.own}/renewal"

    def papers(self, person: Person | None = None) -> list[CertificateRow]:
        """List somebody's certificates, the newest first."""
        with self.installation.services.database.read(self.space) as tx:
            return certificates.of_account(tx, uuid.UUID((person or self.learner).account))

    def ends(self, until: date) -> None:
        """Let everything have been issued two years before a day, as time would, and what was said before that."""
        table = certificates.certificates
        with self.installation.services.database.write(self.space) as tx:
            day = until - timedelta(days=730)
            issued = datetime.combine(day, datetime.min.time(), UTC)
            tx.run(update(table).values(until=until, day=day, issued=issued))


@pytest.fixture
def school(embedded: Installation) -> Renewing:
    return Renewing(embedded)


@pytest.mark.parametrize(
    ("held", "opens"), [(730, 60), (120, 60), (60, 30), (None, None)], ids=["two years", "", "short", "for ever"]
)
def test_from_when_it_can_be_renewed(school: Renewing, held: int | None, opens: int | None) -> None:
    [row] = school.papers()

    day = date(2026, 1, 1)
    until = None if held is None else day + timedelta(days=held)
    found = ending.opens(replace(row, day=day, until=until))
    assert found == (None if until is None or opens is None else until - timedelta(days=opens))


def test_it_is_renewed_by_what_was_done_since_it_could_be(school: Renewing) -> None:
    assert school.learner.get(school.page).status_code == 404  # it holds for long
    school.ends(TODAY - timedelta(days=1))
    home, result = school.learner.get("/s/haiphong/").text, school.learner.get(school.own).text

    assert "Cách cấp lại" in home
    assert "đã hết hạn" in result
    assert f"{school.page}" in result
    assert "Nhận chứng nhận mới" in school.learner.get(school.page).text
    renewed = school.learner.post(school.page, form_at=ME, follow_redirects=True).text
    again = school.learner.post(school.page, form_at=ME)

    new, old = school.papers()
    assert (new.renews, old.id, new.counted) == (old.id, new.renews, 2)
    assert new.until is not None
    assert new.until.year == TODAY.year + 2
    assert "/renewal" not in renewed
    assert again.status_code == 404
    assert "Cách cấp lại" not in school.learner.get("/s/haiphong/").text


def test_what_was_done_long_ago_renews_nothing(school: Renewing) -> None:
    school.ends(TODAY - timedelta(days=1))
    with school.installation.services.database.write(school.space) as tx:
        tx.run(text("update statements set stored = '2020-01-01T00:00:00.000000Z'"))

    page = school.learner.get(school.page).text
    pressed = school.learner.post(school.page, form_at=ME)
    school.learner.post(f"{school.own}/certificate", form_at=ME)  # the button for those who have none renews nothing

    assert "Nhận chứng nhận mới" not in page
    assert "An toàn mạng" in page
    assert "done=none" in pressed.location
    assert len(school.papers()) == 1

    school.say(school.learner, COMPLETED, SAFE)
    assert school.learner.post(school.page, form_at=ME).location.endswith("done=given")
    assert len(school.papers()) == 2


def test_a_new_version_that_is_met_by_what_is_old_gives_no_second_paper(school: Renewing) -> None:
    with school.installation.services.database.write(school.space) as tx:
        from storage.awards import awards

        tx.run(update(awards).values(reached=datetime(2020, 1, 1, tzinfo=UTC)))
    school.ends(TODAY - timedelta(days=400))
    with school.installation.services.database.write(school.space) as tx:
        add(tx, {"any": [{"did": {"activities": [SAFE]}}, {"did": {"tag": "kỹ năng số"}}]}, school.rule)
        tx.run(update(certificates.certificates).values(until=TODAY + timedelta(days=400)))
    school.installation.follow()

    assert len(school.papers()) == 1


def test_one_letter_before_the_end(school: Renewing) -> None:
    parts = school.installation.services
    at = f"/s/haiphong/people/{school.learner.account}"
    school.owner.post(at, form_at=at, data={"name": "Nguyễn Thị Hạnh", "email": "hanh@example.org"})
    tell = ending.chore(parts.identity_keys)
    noon = datetime.combine(TODAY, datetime.min.time(), ZoneInfo("Asia/Ho_Chi_Minh")) + timedelta(hours=12)

    def count(at: datetime = noon) -> int:
        return tell(parts.database, at)  # type: ignore[call-arg]  # the leader's chores ask what time it is themselves

    assert count() == 0  # it holds for two years
    school.ends(TODAY + timedelta(days=20))
    assert [count(noon + timedelta(hours=12)), count(), count()] == [0, 1, 0]
    with parts.database.read(school.space) as tx:
        [letter] = kept.listed(tx, WAITING, 9)
        [sent] = certificate_sendings.of(tx, [row.id for row in school.papers()])
    assert (letter.kind, sent.kind) == ("certificate-ends", certificate_sendings.ENDING)


def test_who_has_renewed_is_told_nothing(school: Renewing) -> None:
    parts = school.installation.services
    at = f"/s/haiphong/people/{school.learner.account}"
    school.owner.post(at, form_at=at, data={"name": "Nguyễn Thị Hạnh", "email": "hanh@example.org"})
    school.ends(TODAY + timedelta(days=20))
    school.learner.post(school.page, form_at=ME)

    with parts.database.write(school.space) as tx:
        found = certificate_sendings.ending(tx, TODAY, TODAY + timedelta(days=30), 9)
        assert found == []
        assert send(tx, parts.identity_keys, []) == 0
