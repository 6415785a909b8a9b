"""What everybody may read of an issuer, also from pages of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lrs.issuing.given import badge, issued

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_a_space_without_certificates_has_no_keys_and_no_lists(installation: Installation) -> None:
    anybody = installation.visitor()

    assert anybody.get("/s/haiphong/did.json").json["verificationMethod"] == []  # type: ignore[index]
    assert anybody.get("/s/haiphong/badges/status/1").status_code == 404
    assert anybody.get("/s/nowhere/did.json").status_code == 404


def test_pages_of_others_may_read_both_and_keep_them_for_minutes(installation: Installation) -> None:
    badge(installation, issued(installation))

    for path in ("did.json", "badges/status/1"):
        answer = installation.visitor().get(f"/s/haiphong/{path}")
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert installation.visitor().get("/s/haiphong/badges/status/2").status_code == 404
    assert installation.visitor().get("/s/haiphong/badges/status/0").status_code == 404
