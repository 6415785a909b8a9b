"""A certificate has one place in a status list, and its bit is set when it is valid no more."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from storage import certificate_lists, certificate_templates, certificates, places
from storage.certificate_lists import Taking
from storage.certificate_templates import TemplateRow
from tests.storage.issuers import certificate
from tests.storage.samples import now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.database import Tx
    from tests.parts.databases import Ground

Three = tuple[uuid.UUID, uuid.UUID, uuid.UUID]


@pytest.fixture
def tx(ground: Ground) -> Iterator[Tx]:
    """Write in a space with three certificates."""
    space = ground.space("haiphong")
    account, template = ground.account(space).id, uuid.uuid4()
    with ground.app.write(space) as tx:
        certificate_templates.add(tx, TemplateRow(template, 1, "Lớp AI", "{}", now()))
        certificates.add(tx, [certificate(account, template, uuid.UUID(int=1), counted, None) for counted in (1, 2, 3)])
        yield tx


@pytest.fixture
def three(tx: Tx) -> Three:
    """Name the certificates."""
    one, two, three = certificate_lists.some(tx, Taking(), uuid.UUID(int=1), (0, 0), 3)
    return one.id, two.id, three.id


def test_a_place_is_taken_once_and_a_certificate_has_one(tx: Tx, three: Three) -> None:
    one, other, _third = three

    assert places.newest(tx) == (0, 0)
    assert places.take(tx, one, (1, 7))
    assert not places.take(tx, other, (1, 7))
    assert not places.take(tx, one, (1, 8))
    assert places.take(tx, other, (1, 8))

    assert (places.find(tx, one), places.find(tx, other), places.find(tx, uuid.uuid4())) == ((1, 7), (1, 8), None)
    assert places.newest(tx) == (1, 2)


def test_the_newest_list_is_counted_alone(tx: Tx, three: Three) -> None:
    places.take(tx, three[0], (1, 7))
    places.take(tx, three[1], (2, 7))

    assert places.newest(tx) == (2, 1)


def test_the_places_of_what_is_valid_no_more_are_told(tx: Tx, three: Three) -> None:
    for each, place in zip(three, (9, 8, 7), strict=True):
        places.take(tx, each, (1, place))
    certificates.leave_valid(tx, three[0], certificates.REVOKED)
    certificates.leave_valid(tx, three[2], certificates.REPLACED)

    assert places.revoked(tx, 1) == [7, 9]
    assert places.revoked(tx, 2) == []
