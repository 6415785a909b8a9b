"""A certificate as its owner has it, and as anybody sees it who has the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page as validator

from lrs.certificates import keeping
from lrs.certificates.signed import check
from tests.lrs.certificates.issued import issued

if TYPE_CHECKING:
    from tests.parts.installations import Installation

OWN = "/s/haiphong/certificates"


def test_an_owner_opens_a_signed_certificate(installation: Installation) -> None:
    installation.haidang("certificates", "key")
    learner = installation.person("learner")
    assert "chưa có chứng nhận" in learner.get(OWN).text
    row = issued(installation, learner.account)

    listed = learner.get(OWN).text
    answer = learner.get(f"{OWN}/{row.id}.pdf")

    assert "An toàn số" in listed
    assert f"{row.id}.pdf" in listed
    assert answer.mimetype == "application/pdf"
    assert "0001-" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].isascii()  # or no server sends it
    ours = keeping.seal_of(installation.services.config).certificate
    assert check(answer.data, [[ours]]) == ours
    assert validator.validate_pdf_bytes(answer.data, profile="3a").failures == []
    assert learner.get(f"{OWN}/{row.id}.pdf").data == answer.data  # drawn and signed once


def test_nobody_else_but_those_who_look_after_the_space_opens_it(embedded: Installation) -> None:
    embedded.haidang("certificates", "key")
    row = issued(embedded, embedded.person("learner").account)

    assert embedded.person("learner").get(f"{OWN}/{row.id}.pdf").status_code == 404
    assert embedded.person("owner").get(f"{OWN}/{row.id}.pdf").status_code == 200


def test_without_a_key_it_is_said_what_to_do_and_the_certificate_stands(embedded: Installation) -> None:
    learner = embedded.person("learner")
    row = issued(embedded, learner.account)

    answer = learner.get(f"{OWN}/{row.id}.pdf")

    assert answer.status_code == 503
    assert "haidang doctor" in answer.text
    assert "Genuine and valid" in embedded.visitor().get(f"/s/haiphong/verify/{row.code}?lang=en").text
    embedded.haidang("certificates", "key")
    assert learner.get(f"{OWN}/{row.id}.pdf").status_code == 200
