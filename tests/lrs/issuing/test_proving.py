"""What a space signs is verified by what it tells everybody, and by nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lrs.badges.multibase import from_multikey
from lrs.badges.proof import verify
from lrs.certificates.issuing import number_of
from lrs.seals.letters import to_letters
from lrs.seals.seal import read
from storage import issuing
from tests.lrs.issuing.given import badge, issued, seal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.parts.installations import Installation


def keys_told(installation: Installation) -> Callable[[str], bytes | None]:
    """Read the keys as another program does."""
    told: Any = installation.visitor().get("/s/haiphong/did.json").json
    return {each["id"]: from_multikey(each["publicKeyMultibase"]) for each in told["verificationMethod"]}.get


def test_a_credential_is_verified_by_the_keys_that_the_space_tells(installation: Installation) -> None:
    row = issued(installation, moment=datetime(2026, 11, 20, 18, tzinfo=UTC), months=12)
    written = badge(installation, row)

    verify(written, keys_told(installation))
    assert written["issuer"]["id"] == installation.visitor().get("/s/haiphong/did.json").json["id"]  # type: ignore[index]
    assert written["credentialSubject"]["licenseNumber"] == "0001/2026/SNV"
    assert written["awardedDate"] == "2026-11-20T18:00:00Z"
    assert written["validUntil"] == "2027-11-21T17:00:00Z"  # when the 21st is over in Việt Nam


def test_what_was_signed_before_a_rotation_is_still_verified_and_after_a_withdrawal_no_more(
    installation: Installation,
) -> None:
    old = badge(installation, issued(installation))
    installation.haidang("issuing", "rotate", "--space", "haiphong")
    new = badge(installation, issued(installation))

    for each in (old, new):
        verify(each, keys_told(installation))

    installation.haidang("issuing", "withdraw", "1", "--space", "haiphong")
    known = keys_told(installation)
    verify(new, known)
    assert known(old["proof"]["verificationMethod"]) is None


def test_a_name_is_hashed_where_its_owner_wants_it(installation: Installation) -> None:
    written = badge(installation, issued(installation), salt="muối")

    assert "Hoà" not in str(written["credentialSubject"]["identifier"])


def test_a_seal_is_verified_by_the_same_key(installation: Installation) -> None:
    row = issued(installation, months=24)
    text = seal(installation, row, "Nguyễn " * 30)

    with installation.services.database.read() as tx:
        (key,) = issuing.everybodys(tx)
    told = read(text).verify(key.public)
    assert told.name.is_whole("Nguyễn " * 30)
    assert (told.number.text, told.issued, told.until) == (number_of(row), row.day, row.until)
    assert to_letters(told.code) == row.code
