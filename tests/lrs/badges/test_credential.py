"""What a credential tells of a certificate, and how much of its owner."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from hashlib import sha256

from lrs.badges.credential import Holder, credential, moment
from tests.lrs.badges.given import DID, SAYS, certificate


def test_it_tells_the_certificate() -> None:
    written = credential(certificate())
    subject = written["credentialSubject"]

    assert written["issuer"]["id"] == DID
    assert written["id"] == "urn:uuid:00000000-0000-0000-0000-000000000009"
    assert (written["validFrom"], written["validUntil"]) == ("2026-11-20T10:00:00Z", "2029-11-20T10:00:00Z")
    assert subject["licenseNumber"] == "0001/2026/SNV"
    assert subject["identifier"][0]["identityHash"] == "Nguyễn Thị Hoà"
    assert subject["achievement"]["name"] == "Kỹ năng số cơ bản"
    assert written["credentialStatus"]["statusListCredential"] == f"{SAYS}/badges/status/1"
    assert written["credentialStatus"]["statusListIndex"] == "4711"


def test_without_an_end_it_says_none() -> None:
    assert "validUntil" not in credential(certificate(until=None))


def test_a_hashed_name_is_found_by_whoever_knows_it_and_the_salt() -> None:
    (identity,) = credential(certificate(holder=Holder("Nguyễn Thị Hoà", "muối")))["credentialSubject"]["identifier"]

    digest = sha256("Nguyễn Thị Hoàmuối".encode()).hexdigest()
    assert identity["hashed"] is True
    assert (identity["identityHash"], identity["salt"]) == (f"sha256${digest}", "muối")


def test_moments_are_in_utc_to_the_second() -> None:
    there = datetime(2026, 11, 20, 17, 0, 0, 999, tzinfo=timezone(timedelta(hours=7)))

    assert moment(there) == "2026-11-20T10:00:00Z"
