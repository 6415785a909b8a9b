"""`haidang identity`: the keys that names are sealed with."""

import click
from flask import current_app

from lrs import sealing
from lrs.commands import as_json, tell
from lrs.people import letters
from lrs.people.directory import Directory
from lrs.services import services
from storage import spaces

_AT_ONCE = 200


@click.group("identity")
def identity_group() -> None:
    """Change the keys that names, e-mail addresses, phone numbers and staff codes are sealed with."""


@identity_group.command("rotate")
@click.option("--go-on", is_flag=True, help="Make no new key: finish what an earlier run has begun.")
@as_json
def rotate(*, go_on: bool, as_json: bool) -> None:
    """Put a new key on top, and seal everything anew; people can be found and signed in all the while."""
    parts = services()
    key = parts.identity_keys.newest if go_on else sealing.add(parts.config.identity_keys_file)
    resealers = [letters.reseal, *current_app.extensions["haidang.reseal"]]
    done = 0
    with parts.database.read() as tx:
        slugs = spaces.slugs(tx)
    for slug in slugs:
        with parts.database.read() as tx:
            space = spaces.find_by_slug(tx, slug)
        while space is not None:
            with parts.database.write(space.id) as tx:
                sealed = Directory(tx, parts.identity_keys).reseal(_AT_ONCE)
                more = sum(reseal(tx, parts.identity_keys, _AT_ONCE) for reseal in resealers)
            done += sealed
            if not sealed + more:
                break
    words = (
        f"Key {key.id} seals now; {done} identities were sealed anew. "
        f"Older keys in {parts.identity_keys.path} can be taken out after seven days."
    )
    tell({"key": key.id, "sealed": done}, words, as_json=as_json)
