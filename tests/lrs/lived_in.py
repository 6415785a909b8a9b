"""Installations that have been lived in, to be backed up and restored, and what to compare afterwards."""

from __future__ import annotations

import json
import shutil
import uuid
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, text, update

from lrs import backup, record
from lrs.backup import Parts
from lrs.outcomes import versions
from storage import actors, awards, dump, people, spaces, statements
from tests.parts.installations import Installation, environment, make_installation
from tests.storage.samples import fill, fill_above, now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from storage.database import Database

AUTHORITY = {"objectType": "Agent", "account": {"homePage": "http://app.lms.localhost", "name": "player"}}
FAR = 10**12


@contextmanager
def parts(installation: Installation) -> Iterator[Parts]:
    """Reach what is backed up."""
    services = installation.services
    found = Parts(backup.owner(services.config), services.blobs, services.keys, services.identity_keys)
    yield found
    found.database.dispose()


def space_of(installation: Installation, slug: str = "haiphong") -> int:
    """Find a space's number."""
    with installation.services.database.read() as tx:
        found = spaces.find_by_slug(tx, slug)
    assert found is not None
    return found.id


def learn(installation: Installation, slug: str = "haiphong") -> uuid.UUID:
    """Let somebody complete the lesson of a space; give back who it was."""
    database, space = installation.services.database, space_of(installation, slug)
    account = people.AccountRow(uuid.uuid4(), "learner", now())
    said = {
        "id": str(uuid.uuid4()),
        "actor": record.actor_of(account.id, installation.public_url),
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"objectType": "Activity", "id": f"{installation.public_url}/{slug}/lesson"},
    }
    with database.write(space) as tx:
        people.add_account(tx, account)
        record.append(tx, [said], record.Source(AUTHORITY, record.CLIENT_ASSERTED))
    return account.id


def live(installation: Installation) -> None:
    """Make two spaces with a lesson each, objects, learners who have done it, and something in every table."""
    installation.haidang("space", "add", "danang", "--name", "Đà Nẵng")
    with parts(installation) as found:
        with found.database.write() as tx:
            fill_above(tx)
        for slug in ("haiphong", "danang"):
            space = space_of(installation, slug)
            lesson = f"{installation.public_url}/{slug}/lesson"
            rule = {"did": {"verbs": ["http://adlnet.gov/expapi/verbs/completed"], "activity": lesson}}
            with found.database.write(space) as tx:
                versions.add(tx, rule, versions.Naming(activity=lesson), unheard=True)
                made_up = fill(tx, space)
                tx.run(delete(statements.statements).where(statements.statements.c.id == made_up["statements"]["id"]))
                owner = made_up["actors"]["account_id"]
                key_id, sealed = found.identity_keys.seal(space, owner, b"mailto:an@example.org")
                tx.run(
                    update(actors.actors)
                    .values(key_id=key_id, sealed=sealed)
                    .where(actors.actors.c.account_id == owner)
                )
            for name in ("index.html", "ảnh/Ảnh #1.png", "film.mp4"):
                found.blobs.put(f"spaces/{space}/versions/{uuid.uuid4().hex}/{name}", name.encode() * 1000)
            for _ in range(3):
                learn(installation, slug)
    assert installation.follow() == 6


def done(installation: Installation) -> dict[str, list[str]]:
    """Read who has completed the lesson of each space, and what shows it."""
    found = {}
    for slug in ("haiphong", "danang"):
        with installation.services.database.read(space_of(installation, slug)) as tx:
            reached = [awards.reached(tx, account.id) for account in people.list_accounts(tx, guests=True)]
        found[slug] = sorted(str(outcome) for each in reached for outcome in each.values())
    return found


def rows(database: Database) -> dict[str, list[bytes]]:
    """Read every row; the epoch apart, which a restore raises."""
    with database.read() as tx:
        return {name: [*dump.lines(tx, name)] for name in dump.tables() if name != "service"}


def objects(installation: Installation) -> dict[str, bytes]:
    """Read every object."""
    found = {}
    for blob in installation.services.blobs.list(""):
        with installation.services.blobs.get(blob.key) as reading:
            found[blob.key] = reading.read()
    return found


@contextmanager
def fresh(request: pytest.FixtureRequest, make_up: str, folder: Path, like: Installation) -> Iterator[Installation]:
    """Make another installation that has the same keys and nothing else."""
    folder.mkdir()
    for environ in environment(request, make_up, folder):
        secret = folder / "data" / "keys" / "secret.key"
        secret.parent.mkdir(parents=True)
        shutil.copy(like.services.config.secret_file, secret)
        shutil.copy(like.services.config.identity_keys_file, secret.parent)
        made = make_installation(environ)
        yield made
        made.services.database.dispose()


def count_further(installation: Installation) -> None:
    """Pretend that the server has counted very many transactions."""
    with parts(installation) as found, found.database.write() as tx:
        if tx.postgresql:
            far = {"far": FAR}
            tx.run(text("update statements set txid = cast(cast(:far + seq as text) as xid8)"), far)
            tx.run(text("update cursors set txid = :far + seq where follower = 'outcomes'"), far)


def sums(found: Parts, file: Path) -> dict[str, Any]:
    """Back up, and take the checksums out of the archive."""
    backup.write(found, file)
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    del manifest["tables"]["service"]
    return {"tables": manifest["tables"], "objects": manifest["objects"]}
