"""Tags gather packages; a rule asks what each of them stands for."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from storage import tags, versions
from tests.storage.samples import now, version

if TYPE_CHECKING:
    from uuid import UUID

    from storage.database import Tx
    from tests.parts.databases import Ground

SKILLS, SAFETY = "kỹ năng số", "an toàn"


def package(tx: Tx, *activities: str, hours: int = 0) -> UUID:
    """Keep a package whose versions are these activities, the newest last."""
    made, then = uuid.uuid4(), now() + timedelta(hours=hours)
    versions.add_package(tx, made, then)
    for number, activity in enumerate(activities):
        versions.publish(tx, version(made, activity=activity, published=then + timedelta(minutes=number)))
    return made


def test_a_package_has_the_tags_it_was_given_last(shared: Ground, space: int) -> None:
    with shared.app.write(space) as tx:
        one = package(tx, "urn:one")
        assert tags.tag(tx, one, [SKILLS, "cũ"])
        assert tags.tag(tx, one, [SAFETY, SKILLS, SKILLS])
        assert not tags.tag(tx, one, [SKILLS, SAFETY])

    with shared.app.read(space) as tx:
        assert set(tags.of_package(tx, one)) == {SAFETY, SKILLS}


def test_a_tag_stands_for_the_activities_of_its_packages_in_the_order_in_which_they_came(
    shared: Ground, space: int
) -> None:
    with shared.app.write(space) as tx:
        late, early = package(tx, "urn:late", hours=1), package(tx, "urn:early")
        tags.tag(tx, late, [SKILLS])
        tags.tag(tx, early, [SKILLS, SAFETY])
        package(tx, "urn:without")

    with shared.app.read(space) as tx:
        assert tags.tagged_activities(tx) == {SKILLS: ("urn:early", "urn:late"), SAFETY: ("urn:early",)}


def test_a_package_is_the_activity_of_its_newest_version(shared: Ground, space: int) -> None:
    with shared.app.write(space) as tx:
        tags.tag(tx, package(tx, "urn:before", "urn:after"), [SKILLS])

    with shared.app.read(space) as tx:
        assert tags.tagged_activities(tx) == {SKILLS: ("urn:after",)}


def test_a_package_that_is_not_there_gets_no_tag(shared: Ground, space: int) -> None:
    with pytest.raises(IntegrityError), shared.app.write(space) as tx:
        tags.tag(tx, uuid.uuid4(), [SKILLS])
