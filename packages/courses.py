"""Publishing: the files go into the object store first, one row makes them visible last, and a failure leaves nothing half done."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO
from urllib.parse import quote
from uuid import UUID, uuid4

from lrs.outcomes import rules
from lrs.services import services
from lrs.web import current_space, transaction
from packages import archive, manifest
from packages.archive import Archive
from packages.model import Package
from storage import courses, outcomes
from storage.blobs import Blobs
from storage.courses import VersionRow


@dataclass(frozen=True, slots=True)
class Published:
    """A version that learners can open from now on."""

    package_id: UUID
    version_id: UUID
    package: Package


def prefix(space_id: int, version_id: UUID) -> str:
    """Name the place of a version's files in the object store; the space leads it as it leads every key."""
    return f"spaces/{space_id}/versions/{version_id.hex}/"


def activity(home_page: str, package_id: UUID, identifier: str) -> str:
    """Name an item as an activity: the same in every version of its package."""
    return f"{home_page}/activities/{package_id}/{quote(identifier, safe='')}"


def home_page(slug: str) -> str:
    """Name the page under which a space's accounts and activities are known in statements."""
    return f"{services().config.public_url}/s/{slug}"


def publish(source: IO[bytes]) -> Published:
    """Take a zip in and publish it as the first version of a new package."""
    space = current_space()
    made = uuid4(), uuid4()
    blobs = services().blobs
    place = prefix(space.id, made[1])
    with archive.opened(source) as opened:
        found = manifest.read(opened)
        try:
            _put_files(blobs, place, opened, found.folder)
            _make_visible(found.package, *made)
        except BaseException:
            blobs.delete_all(place)
            raise
    return Published(*made, found.package)


def _put_files(blobs: Blobs, place: str, opened: Archive, folder: str) -> None:
    for name in opened.names:
        if name.startswith(folder):
            with opened.file(name) as file:
                blobs.put(place + name.removeprefix(folder), file)


def _make_visible(package: Package, package_id: UUID, version_id: UUID) -> None:
    now = datetime.now(UTC)
    about = activity(home_page(current_space().slug), package_id, package.lessons[0].identifier)
    version = VersionRow(
        id=version_id,
        package_id=package_id,
        kind=package.kind,
        edition=package.edition,
        title=package.title,
        activity=about,
        model=json.dumps(package.to_json(), ensure_ascii=False),
        published=now,
    )
    rule = rules.completion_of(about)
    rules.check(rule)
    with transaction() as tx:
        courses.add_package(tx, package_id, now)
        courses.publish(tx, version)
        outcomes.add_rule(tx, outcomes.RuleRow(uuid4(), about, json.dumps(rule)), now)
