"""Publishing: the files go into the object store first, one row makes them visible last, and a failure leaves nothing half done."""

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO
from urllib.parse import quote
from uuid import UUID, uuid4

from lrs.outcomes import rules
from lrs.services import services
from lrs.web import current_space, transaction
from packages import archive, bare, manifest
from packages.findings import Finding
from packages.manifest import Found, Upload
from packages.model import SCORM12, Package
from storage import courses, outcomes
from storage.blobs import Blobs
from storage.courses import VersionRow


@dataclass(frozen=True, slots=True)
class Published:
    """A version that learners can open from now on."""

    package_id: UUID
    version_id: UUID
    package: Package
    findings: tuple[Finding, ...]


def prefix(space_id: int, version_id: UUID) -> str:
    """Name the place of a version's files in the object store; the space leads it as it leads every key."""
    return f"spaces/{space_id}/versions/{version_id.hex}/"


def activity(home_page: str, package_id: UUID, identifier: str) -> str:
    """Name an item as an activity: the same in every version of its package."""
    return f"{home_page}/activities/{package_id}/{quote(identifier, safe='')}"


def home_page(slug: str) -> str:
    """Name the page under which a space's accounts and activities are known in statements."""
    return f"{services().config.public_url}/s/{slug}"


def playable(package: Package) -> bool:
    """Tell whether the player can open a package's first lesson."""
    first = package.lessons[0].launch
    return package.kind == SCORM12 and first is not None and not first.elsewhere


def publish(source: IO[bytes]) -> Published:
    """Take a zip in, or a course structure alone, and publish it as the first version of a new package."""
    space = current_space()
    made = uuid4(), uuid4()
    blobs = services().blobs
    place = prefix(space.id, made[1])
    with _opened(source) as upload:
        found = manifest.read(upload)
        try:
            _put_files(blobs, place, upload, found.folder)
            _make_visible(found.package, *made)
        except BaseException:
            blobs.delete_all(place)
            raise
    return Published(*made, found.package, (*found.findings, *_not_played_yet(found.package)))


def read(source: IO[bytes]) -> Found:
    """Read what was sent without keeping anything of it."""
    with _opened(source) as upload:
        return manifest.read(upload)


def _opened(source: IO[bytes]) -> AbstractContextManager[Upload]:
    """Open what was sent as what it is by its first bytes."""
    beginning = source.read(bare.BEGINNING)
    source.seek(0)
    if bare.is_structure(beginning):
        return nullcontext(bare.Bare(source.read(bare.MOST_BYTES + 1)))
    return archive.opened(source)


def _not_played_yet(package: Package) -> tuple[Finding, ...]:
    """Say so when the player cannot open all of a package."""
    whole = playable(package) and len(package.lessons) == 1 and not package.lessons[0].prerequisites
    return () if whole else (Finding("not-played-yet"),)


def _put_files(blobs: Blobs, place: str, upload: Upload, folder: str) -> None:
    for name in upload.names:
        if name.startswith(folder):
            with upload.file(name) as file:
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
