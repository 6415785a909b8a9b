"""A revoked certificate's bit is set in the list that its credential names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrs.badges.proof import verify
from lrs.badges.status import is_set
from lrs.issuing import status
from tests.lrs.issuing.given import badge, issued, office
from tests.lrs.issuing.test_proving import keys_told

if TYPE_CHECKING:
    import pytest

    from tests.parts.installations import Installation


def is_revoked(installation: Installation, written: dict[str, Any]) -> bool:
    """Look a credential up as another program does."""
    entry = written["credentialStatus"]
    answer = installation.visitor().get(entry["statusListCredential"].removeprefix(installation.public_url))
    assert answer.status_code == 200, answer.text
    listed: Any = answer.get_json(force=True)
    verify(listed, keys_told(installation))
    assert listed["id"] == entry["statusListCredential"]
    return is_set(listed["credentialSubject"]["encodedList"], int(entry["statusListIndex"]))


def test_the_bit_of_a_certificate_that_is_valid_no_more_is_set(installation: Installation) -> None:
    kept, taken, renamed = (issued(installation) for _ in range(3))
    written = [badge(installation, each) for each in (kept, taken, renamed)]
    assert [is_revoked(installation, each) for each in written] == [False, False, False]

    with office(installation) as there:
        there.revoke(taken, "cấp nhầm người")
        anew = there.rename(renamed, "Nguyễn Thị Hòa", "sai dấu")

    assert [is_revoked(installation, each) for each in written] == [False, True, True]
    assert not is_revoked(installation, badge(installation, anew))
    assert is_revoked(installation, badge(installation, taken))  # whoever asks for it only now is told too


def test_a_certificate_keeps_its_place(installation: Installation) -> None:
    certificate = issued(installation)
    first, second = badge(installation, certificate), badge(installation, certificate)

    assert first["credentialStatus"] == second["credentialStatus"]


def test_a_new_list_begins_when_half_of_the_places_are_taken(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "_FULL", 2)

    lists = [badge(installation, issued(installation))["credentialStatus"]["statusListCredential"] for _ in range(5)]

    assert [each.rpartition("/")[2] for each in lists] == ["1", "1", "2", "2", "3"]
    assert len(set(lists)) == 3
