"""Tags: the words under which authors gather packages, such as “kỹ năng số”; a rule asks for all lessons that carry one."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
)

from storage.columns import Space
from storage.database import Tx
from storage.schema import metadata
from storage.versions import packages, versions

tags = Table(
    "package_tags",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("package_id", Uuid, nullable=False),
    Column("tag", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "package_id", "tag"),
    ForeignKeyConstraint(["space_id", "package_id"], ["packages.space_id", "packages.id"]),
)


def of_package(tx: Tx, package_id: UUID) -> list[str]:
    """List the tags of a package."""
    query = select(tags.c.tag).where(tags.c.space_id == tx.space, tags.c.package_id == package_id)
    return list(tx.run(query.order_by(tags.c.tag)).scalars())


def tag(tx: Tx, package_id: UUID, wanted: Iterable[str]) -> bool:
    """Give a package these tags and no others; tell whether that changed anything."""
    was, will = {*of_package(tx, package_id)}, {*wanted}
    here = (tags.c.space_id == tx.space) & (tags.c.package_id == package_id)
    if was - will:
        tx.run(delete(tags).where(here, tags.c.tag.in_(sorted(was - will))))
    if will - was:
        values = {"space_id": tx.space, "package_id": package_id}
        tx.run(insert(tags), [values | {"tag": each} for each in sorted(will - was)])
    return was != will


def tagged_activities(tx: Tx) -> dict[str, tuple[str, ...]]:
    """Map each tag to the activities of the packages that carry it, in the order in which the packages came.

    A package is the activity of its newest version, should an author have turned its first lesson into another.
    """
    package = (packages.c.space_id == tags.c.space_id) & (packages.c.id == tags.c.package_id)
    version = (versions.c.space_id == tags.c.space_id) & (versions.c.package_id == tags.c.package_id)
    query = (
        select(tags.c.tag, tags.c.package_id, versions.c.activity)
        .join(packages, package)
        .join(versions, version)
        .where(tags.c.space_id == tx.space)
        .order_by(tags.c.tag, packages.c.created, packages.c.id, versions.c.published, versions.c.id)
    )
    newest: dict[str, dict[UUID, str]] = {}
    for word, package_id, activity in tx.run(query):
        newest.setdefault(word, {})[package_id] = activity
    return {word: tuple(dict.fromkeys(each.values())) for word, each in newest.items()}
