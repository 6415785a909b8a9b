"""Packages and their versions."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from storage import courses
from tests.storage.samples import now, version

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_a_version_comes_back_as_it_was_published(shared: Ground, space: int) -> None:
    made = version(uuid.uuid4())

    with shared.app.write(space) as tx:
        courses.add_package(tx, made.package_id, now())
        courses.publish(tx, made)
    with shared.app.read(space) as tx:
        assert courses.find_version(tx, made.id) == made
        assert courses.find_version(tx, made.package_id) is None


def test_versions_are_listed_in_the_order_in_which_they_appeared(shared: Ground, space: int) -> None:
    package = uuid.uuid4()
    made = [version(package, published=now() + timedelta(hours=hours)) for hours in (2, 0, 1)]

    with shared.app.write(space) as tx:
        courses.add_package(tx, package, now())
        for each in made:
            courses.publish(tx, each)
    with shared.app.read(space) as tx:
        assert courses.list_versions(tx) == [made[1], made[2], made[0]]


def test_the_newest_version_of_a_kind_and_title_is_found(shared: Ground, space: int) -> None:
    package = uuid.uuid4()
    made = [version(package, published=now() + timedelta(hours=hours)) for hours in (0, 2, 1)]
    other = replace(version(package, published=now() + timedelta(hours=3)), title="Bài khác")

    with shared.app.write(space) as tx:
        courses.add_package(tx, package, now())
        for each in (*made, other):
            courses.publish(tx, each)
    with shared.app.read(space) as tx:
        assert courses.newest_alike(tx, made[0].kind, made[0].title) == made[1].id
        assert courses.newest_alike(tx, made[0].kind, other.title) == other.id
        assert courses.newest_alike(tx, "aicc", other.title) is None


def test_a_version_needs_its_package(shared: Ground, space: int) -> None:
    with pytest.raises(IntegrityError), shared.app.write(space) as tx:
        courses.publish(tx, version(uuid.uuid4()))
