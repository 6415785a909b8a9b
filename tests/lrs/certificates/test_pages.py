"""A certificate as its owner has it, and as anybody sees it who has the code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import page as validator

from lrs.badges.multibase import from_multikey
from lrs.badges.proof import verify
from lrs.certificates import keeping
from lrs.certificates.signed import check
from tests.lrs.certificates.issued import issued, revoked

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


def test_its_owner_keeps_the_credential_by_itself_and_is_told_where_it_is_checked(embedded: Installation) -> None:
    learner, other = embedded.person("learner"), embedded.person("learner")
    row = issued(embedded, learner.account)
    at, checked = f"{OWN}/{row.id}.json", f"/s/haiphong/verify/{row.code}"

    answer = learner.get(at)

    assert answer.mimetype == "application/vc"
    assert answer.headers["Content-Disposition"].endswith(".json")
    written = json.loads(answer.data)
    anybody = embedded.visitor()
    told = json.loads(anybody.get("/s/haiphong/did.json").data)
    verify(written, {each["id"]: from_multikey(each["publicKeyMultibase"]) for each in told["verificationMethod"]}.get)
    assert written["credentialSubject"]["achievement"]["name"] == "An toàn số"
    assert [f"{row.id}.json" in learner.get(page).text for page in (OWN, checked)] == [True, True]
    assert "/verify" in learner.get(OWN).text
    assert f"{row.id}.json" not in anybody.get(checked).text
    assert f"{row.id}.json" not in other.get(checked).text
    assert (other.get(at).status_code, embedded.person("owner").get(at).status_code) == (404, 200)
    revoked(embedded, row)
    assert learner.get(at).status_code == 410
