"""The page on the network tells whoever has the code how a certificate stands, and nobody anything else."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from lrs.certificates.number import new_code, spaced
from lrs.people import limits
from lrs.people.limits import Limit
from tests.lrs.issuing.given import NAME, issued, office

if TYPE_CHECKING:
    from storage.certificates import CertificateRow
    from tests.parts.installations import Installation

LONG_AGO = datetime.now(UTC) - timedelta(days=800)


def page(installation: Installation, row: CertificateRow, code: str = "") -> str:
    answer = installation.visitor().get(f"/s/haiphong/verify/{code or row.code}?lang=en")
    assert answer.status_code == 200, answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def test_it_says_whose_it_is_and_that_it_is_valid(installation: Installation) -> None:
    row = issued(installation)

    told = page(installation, row)

    for words in ("Genuine and valid", NAME, "Kỹ năng số cơ bản", "/SNV", spaced(row.code)):
        assert words in told
    assert str(row.account_id) not in told
    assert str(row.id) not in told


def test_an_old_one_is_expired_a_bad_one_revoked_and_a_wrong_one_replaced(installation: Installation) -> None:
    old = issued(installation, moment=LONG_AGO, months=12)
    bad, wrong = issued(installation), issued(installation, "Nguyễn Thị Hoa")
    with office(installation) as there:
        there.revoke(bad, "lý do riêng của người ấy")
        anew = there.rename(wrong, NAME, "thiếu dấu")

    assert "Genuine, but expired" in page(installation, old)
    assert "Revoked" in page(installation, bad)
    assert "lý do riêng" not in page(installation, bad)
    assert "Replaced by another paper" in page(installation, wrong)
    assert anew.code not in page(installation, wrong)
    assert "Nguyễn" not in page(installation, wrong)
    assert "Genuine and valid" in page(installation, anew)


def test_a_code_is_read_as_people_type_it(installation: Installation) -> None:
    row = issued(installation)
    anybody = installation.visitor()

    for typed in (row.code, spaced(row.code), spaced(row.code).lower().replace("-", " ")):
        answer = anybody.get("/s/haiphong/verify", query_string={"code": typed})
        assert (answer.status_code, answer.location) == (303, f"/s/haiphong/verify/{row.code}")
    assert "Genuine" in page(installation, row, spaced(row.code))


@pytest.mark.parametrize("typed", ["x", "7GQX-2M4K", "<script>", "2" * 400])
def test_what_is_no_code_is_said_beside_the_field(embedded: Installation, typed: str) -> None:
    answer = embedded.visitor().get("/s/haiphong/verify", query_string={"code": typed, "lang": "en"})

    assert answer.status_code == 404
    assert "sixteen letters and digits" in answer.text
    assert "<script>" not in answer.text


def test_a_code_of_another_space_is_nobodys_here(installation: Installation) -> None:
    row = issued(installation)
    installation.haidang("space", "add", "quangninh")

    assert installation.visitor().get(f"/s/quangninh/verify/{row.code}").status_code == 404


def test_guessing_is_slowed_down_and_checking_is_not(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "VERIFICATIONS", Limit("verification", device=9, address=9, space=3))
    row, anybody = issued(installation), installation.visitor()

    answers = [anybody.get(f"/s/haiphong/verify/{new_code()}").status_code for _ in range(5)]

    assert answers == [404, 404, 404, 429, 429]
    assert int(anybody.get(f"/s/haiphong/verify/{new_code()}").headers["Retry-After"]) > 0
    assert "Genuine" in page(installation, row)


def test_its_owner_chooses_how_much_of_the_name_is_shown(installation: Installation) -> None:
    me = installation.person("learner")
    row = issued(installation, account=uuid.UUID(me.account))

    me.post("/s/haiphong/me/shown-name", form_at="/s/haiphong/me/shown-name", data={"shown": "initials"})
    told = page(installation, row)
    assert "Nguyễn T. H." in told
    assert NAME not in told

    me.post("/s/haiphong/me/shown-name", form_at="/s/haiphong/me/shown-name", data={"shown": "nothing"})
    assert "Nguyễn" not in page(installation, row)
