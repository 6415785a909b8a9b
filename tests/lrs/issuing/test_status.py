"""A revoked certificate's bit is set in the list that its credential names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lrs.badges.proof import verify
from lrs.badges.status import is_set
from lrs.issuing import status
from storage import places
from tests.lrs.issuing.given import badge, proved, space_of
from tests.lrs.issuing.test_proving import keys_told

if TYPE_CHECKING:
    import pytest

    from tests.parts.installations import Installation

NOW = datetime.now(UTC)


def is_revoked(installation: Installation, written: dict[str, Any]) -> bool:
    """Look a credential up as another program does."""
    entry = written["credentialStatus"]
    answer = installation.visitor().get(entry["statusListCredential"].removeprefix(installation.public_url))
    assert answer.status_code == 200, answer.text
    listed: Any = answer.get_json(force=True)
    verify(listed, keys_told(installation))
    assert listed["id"] == entry["statusListCredential"]
    return is_set(listed["credentialSubject"]["encodedList"], int(entry["statusListIndex"]))


def test_the_bit_of_a_revoked_certificate_is_set(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "_FRESH", -1)
    kept, taken = proved(), proved()
    written = [badge(installation, each) for each in (kept, taken)]
    assert [is_revoked(installation, each) for each in written] == [False, False]

    with installation.services.database.write(space_of(installation).id) as tx:
        places.revoke(tx, taken.id, NOW)

    assert [is_revoked(installation, each) for each in written] == [False, True]


def test_one_that_was_revoked_before_anybody_asked_for_it_is_revoked(installation: Installation) -> None:
    assert is_revoked(installation, badge(installation, proved(revoked=NOW)))


def test_a_certificate_keeps_its_place(installation: Installation) -> None:
    certificate = proved()
    first, second = badge(installation, certificate), badge(installation, certificate)

    assert first["credentialStatus"] == second["credentialStatus"]


def test_a_new_list_begins_when_half_of_the_places_are_taken(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "_FULL", 2)

    lists = [badge(installation, proved(id=UUID(int=n)))["credentialStatus"]["statusListCredential"] for n in range(5)]

    assert [each.rpartition("/")[2] for each in lists] == ["1", "1", "2", "2", "3"]
    assert len(set(lists)) == 3


def test_a_list_is_made_once_a_minute() -> None:
    lists = status.Lists()
    lists.keep(1, 1, b"a list")

    assert (lists.find(1, 1), lists.find(1, 2), lists.find(2, 1)) == (b"a list", None, None)
