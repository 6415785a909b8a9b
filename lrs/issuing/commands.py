"""`haidang issuing`: the keys that certificates of a space are signed with."""

from datetime import UTC, datetime
from typing import Any

import click

from lrs.commands import as_json, enter, in_space, tell
from lrs.issuing import did, keys
from lrs.people import audit
from lrs.seals.seal import name_of
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import issuing
from storage.issuing import KeyRow


@click.group("issuing")
def issuing_group() -> None:
    """Show and change the keys that certificates are signed with."""


@issuing_group.command("list")
@in_space
@as_json
def listed(slug: str, *, as_json: bool) -> None:
    """List the keys of a space, the newest first."""
    enter(slug)
    with reading() as tx:
        found = [_told(row) for row in issuing.keys(tx)]
    name = did.did(services().config.public_url, current_space().slug)
    words = "\n".join(_in_words(each) for each in found)
    tell(
        {"did": name, "keys": found}, words or "There is no key yet: the first certificate makes one.", as_json=as_json
    )


@issuing_group.command("rotate")
@in_space
@as_json
def rotate(slug: str, *, as_json: bool) -> None:
    """Sign with a new key from now on; what older ones signed stays genuine."""
    enter(slug)
    with transaction() as tx:
        row = keys.rotate(tx, services().keys)
        audit.note(tx, None, audit.ISSUING_ROTATED, number=row.number)
    words = f"Key {row.number} ({name_of(row.public).hex()}) signs now. Pages that check learn it when they next have a network."
    tell(_told(row), words, as_json=as_json)


@issuing_group.command("withdraw")
@in_space
@click.argument("number", type=int)
@as_json
def withdraw(slug: str, number: int, *, as_json: bool) -> None:
    """Let nothing be genuine any more that key NUMBER signed: for one that was stolen. Every paper signed with it must be printed anew."""
    enter(slug)
    with transaction() as tx:
        if not issuing.withdraw(tx, number, datetime.now(UTC)):
            raise click.ClickException(f"there is no key {number}; `haidang issuing list --space {slug}` lists them")
        audit.note(tx, None, audit.ISSUING_WITHDRAWN, number=number)
        row = next(each for each in issuing.keys(tx) if each.number == number)
    words = f"Nothing is genuine any more that key {number} signed. A saved page learns it only when it is saved anew."
    tell(_told(row), words, as_json=as_json)


def _told(row: KeyRow) -> dict[str, Any]:
    state = "withdrawn" if row.withdrawn else "retired" if row.retired else "signing"
    return {
        "number": row.number,
        "key": name_of(row.public).hex(),
        "state": state,
        "since": row.since,
        "retired": row.retired,
        "withdrawn": row.withdrawn,
    }


def _in_words(told: dict[str, Any]) -> str:
    return f"{told['number']}  {told['key']}  {told['state']} since {told['withdrawn'] or told['retired'] or told['since']:%Y-%m-%d}"
