"""Publishing: the files go into the object store first, one row makes them visible last, and a failure leaves nothing half done."""

import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any
from urllib.parse import quote
from uuid import UUID, uuid4

from lrs.logs import log
from lrs.outcomes import versions as rules
from lrs.outcomes.rules.language import completion_of
from lrs.services import services
from lrs.web import current_space, reading, release, transaction
from packages import reading as reader
from packages.findings import Finding
from packages.model import SCORM12, SCORM2004, Package
from packages.placing import Place
from packages.quota import QuotaReached
from packages.told import Told
from packages.unpacked import Unpacked
from storage import spaces, versions
from storage.blobs import StoreAway
from storage.errors import DatabaseAway
from storage.versions import VersionRow

_STAY = re.compile(r"(\d{1,10})-([0-9a-f]{32})")
"""The name of a stay in quarantine: the space and the version that is being published."""


@dataclass(frozen=True, slots=True)
class Published:
    """A version that learners can open from now on."""

    package_id: UUID
    version_id: UUID
    package: Package
    told: Told


def activity(home_page: str, package_id: UUID, identifier: str) -> str:
    """Name an item as an activity: the same in every version of its package."""
    return f"{home_page}/activities/{package_id}/{quote(identifier, safe='')}"


def home_page(slug: str) -> str:
    """Name the page under which a space's accounts and activities are known in statements."""
    return f"{services().config.public_url}/s/{slug}"


def explained(finding: Finding) -> dict[str, Any]:
    """Say a finding to a program, with the place where it is explained to people."""
    page = f"{home_page(current_space().slug)}/packages/findings"
    return finding.to_json() | {"help": f"{page}#{finding.code}"}


def playable(package: Package) -> bool:
    """Tell whether the player can open any lesson of a package."""
    return package.kind in {SCORM12, SCORM2004} and any(
        item.launch and not item.launch.elsewhere for item in package.lessons
    )


def publish(source: IO[bytes]) -> Published:
    """Take a zip in, or a course structure alone, and publish it as the first version of a new package."""
    sweep()
    release()  # what follows is long, and needs no database
    space, made = current_space(), (uuid4(), uuid4())
    place = Place(services().blobs, space.id, made[1])
    with services().quarantine.stay(f"{space.id}-{made[1].hex}") as stay:
        with _as_file(source) as file:
            unpacked = reader.read(file, stay.folder)
        weight = sum(each.size for each in unpacked.files)
        _refuse_what_exceeds_the_quota(weight)
        stay.owing = True
        try:
            place.fill(unpacked.files, stay.folder, _known(unpacked))
        except BaseException:
            with suppress(StoreAway):
                place.clear()
                stay.owing = False
            raise
        # If this fails, nobody here knows whether it was committed: the sweep asks, when the database answers again.
        told = Told(unpacked.report, (*unpacked.findings, *_not_played_yet(unpacked.package)))
        _make_visible(unpacked.package, told, *made, weight)
        stay.owing = False
    return Published(*made, unpacked.package, told)


def sweep() -> None:
    """Take back what imports that were killed, or that lost the store or the database, have left behind."""
    services().quarantine.sweep(_settle)


def _settle(name: str) -> bool:
    """Take back the files of a version that was not published; tell whether nothing is left to do."""
    found = _STAY.fullmatch(name)
    if found is None:
        return False  # not ours
    space_id, version_id = int(found[1]), UUID(found[2])
    try:
        with reading(space=space_id) as tx:
            published = versions.find_version(tx, version_id) is not None
        if not published:
            Place(services().blobs, space_id, version_id).clear()
    except (DatabaseAway, StoreAway) as error:
        log("import left", level="warning", part=type(error).__name__)
        return False
    return True


@contextmanager
def _as_file(source: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give what was sent as a file that another process can read."""
    try:
        source.fileno()
    except io.UnsupportedOperation:
        with services().quarantine.file() as file:
            shutil.copyfileobj(source, file)
            file.flush()
            yield file
    else:
        yield source


def _known(unpacked: Unpacked) -> dict[str, str]:
    """Tell which files an earlier version of the same lesson has in the store."""
    space = current_space()
    with reading() as tx:
        package = unpacked.package
        earlier = versions.newest_alike(tx, package.kind, package.identifier, package.title)
    release()
    return {} if earlier is None else Place(services().blobs, space.id, earlier).known()


def _not_played_yet(package: Package) -> tuple[Finding, ...]:
    """Say so when the player cannot open all of a package."""
    opens = playable(package) and not any(item.launch and item.launch.elsewhere for item in package.lessons)
    return () if opens else (Finding("not-played-yet"),)


def _refuse_what_exceeds_the_quota(weight: int) -> None:
    """Keep the lessons of a space within what it was given; what lies there already is never touched."""
    with reading() as tx:
        most, taken = spaces.own(tx).quota, versions.weight(tx)
    release()
    if most is not None and taken + weight > most:
        raise QuotaReached(weight, max(0, most - taken))


def _make_visible(package: Package, told: Told, package_id: UUID, version_id: UUID, weight: int) -> None:
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
        report=json.dumps(told.to_json(), ensure_ascii=False),
        identifier=package.identifier,
        size=weight,
    )
    with transaction() as tx:
        versions.add_package(tx, package_id, now)
        versions.publish(tx, version)
        rules.add(tx, completion_of(about), rules.Naming(activity=about), unheard=True)
