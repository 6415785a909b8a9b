"""Packages and their versions."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from storage import versions
from tests.storage.samples import now, version

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_a_version_comes_back_as_it_was_published(shared: Ground, space: int) -> None:
    made = version(uuid.uuid4())

    with shared.app.write(space) as tx:
        versions.add_package(tx, made.package_id, now())
        versions.publish(tx, made)
    with shared.app.read(space) as tx:
        assert versions.find_version(tx, made.id) == made
        assert versions.find_version(tx, made.package_id) is None


def test_versions_are_listed_in_the_order_in_which_they_appeared(shared: Ground, space: int) -> None:
    package = uuid.uuid4()
    made = [version(package, published=now() + timedelta(hours=hours)) for hours in (2, 0, 1)]

    with shared.app.write(space) as tx:
        versions.add_package(tx, package, now())
        for each in made:
            versions.publish(tx, each)
    with shared.app.read(space) as tx:
        assert versions.list_versions(tx) == [made[1], made[2], made[0]]


ALIKE = {
    "both": ("course", "Bài một", 0),
    "both, newer": ("course", "Bài một", 2),
    "both, between": ("course", "Bài một", 1),
    "another of that tool": ("course", "Bài hai", 3),
    "renamed": ("bai-ba", "Bài ba", 4),
    "exported anew": ("7f3a", "Bài ba", 5),
}
"""Versions by identifier, title and hour."""


@pytest.mark.parametrize(
    ("identifier", "title", "found"),
    [
        ("course", "Bài một", "both, newer"),
        ("course", "Bài bốn", "another of that tool"),
        ("bai-ba", "Bài ba, sửa lại", "renamed"),
        ("bai-ba", "Bài ba", "renamed"),
        ("91bc", "Bài ba", "exported anew"),
        ("91bc", "Bài bốn", None),
    ],
)
def test_the_version_most_like_another_is_found(
    shared: Ground, space: int, identifier: str, title: str, found: str | None
) -> None:
    package = uuid.uuid4()
    made = {
        name: version(package, identifier=identifier, title=title, published=now() + timedelta(hours=hours))
        for name, (identifier, title, hours) in ALIKE.items()
    }

    with shared.app.write(space) as tx:
        versions.add_package(tx, package, now())
        for each in made.values():
            versions.publish(tx, each)
    with shared.app.read(space) as tx:
        expected = None if found is None else made[found].id
        assert versions.newest_alike(tx, "scorm12", identifier, title) == expected
        assert versions.newest_alike(tx, "aicc", identifier, title) is None


def test_a_version_needs_its_package(shared: Ground, space: int) -> None:
    with pytest.raises(IntegrityError), shared.app.write(space) as tx:
        versions.publish(tx, version(uuid.uuid4()))


def test_a_package_is_open_until_it_is_closed_again(shared: Ground, space: int) -> None:
    packages = [uuid.uuid4(), uuid.uuid4()]

    with shared.app.write(space) as tx:
        for package in packages:
            versions.add_package(tx, package, now())
        assert versions.open_packages(tx) == frozenset()
        assert versions.set_open(tx, packages[0], now())
        assert not versions.set_open(tx, packages[0], now())
        assert versions.open_packages(tx) == {packages[0]}
        assert versions.set_open(tx, packages[0], None)
        assert versions.open_packages(tx) == frozenset()


def test_a_list_of_what_is_open_reads_no_model(shared: Ground, space: int) -> None:
    opened, closed = (version(uuid.uuid4()) for _ in range(2))

    with shared.app.write(space) as tx:
        for each in (opened, closed):
            versions.add_package(tx, each.package_id, now())
            versions.publish(tx, each)
        versions.set_open(tx, opened.package_id, now())
        line = versions.ListedVersion(opened.id, opened.package_id, opened.title, opened.activity)
        assert versions.list_open(tx) == [line]
        assert versions.list_some(tx, [opened.id]) == [line]
        assert versions.list_some(tx, []) == []
