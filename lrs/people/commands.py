"""`haidang account` and `haidang key`."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import click
from flask import g

from lrs.access import ADMINISTRATOR, GUEST, PUBLISH, ROLES
from lrs.commands import as_json, enter, in_space, tell
from lrs.people import accounts, audit, credentials
from lrs.people.credentials import SCOPES, NewKey, NoOrigin
from lrs.people.directory import Directory
from lrs.people.identity import Identity, NotUnderstood
from lrs.services import services
from lrs.web import reading, transaction
from storage import credentials as kept
from storage import people, spaces, usage
from storage.credentials import CredentialRow

EVERYBODYS_KEY = (
    "WARNING: everybody who opens the page can read this key, and write statements in anybody's name with it. "
    "A lesson that the player launches gets a key that speaks for its learner alone."
)


@click.group("account")
def account_group() -> None:
    """Make accounts and the one-time links that let people in."""


@account_group.command("add")
@in_space
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--name", default="", help="What the person is called.")
@click.option("--email", default="", help="An e-mail address, to sign in with.")
@click.option("--phone", default="", help="A phone number, to sign in with.")
@click.option("--staff-code", default="", help="A staff code, to sign in with.")
@as_json
def add_account(slug: str, role: str, *, as_json: bool, **known: str) -> None:
    """Make an account: a random id and a role; and, sealed, who that is."""
    enter(slug)
    try:
        identity = Identity.read(known)
        with transaction() as tx:
            account = Directory(tx, services().identity_keys).add(role, identity)
    except NotUnderstood as wrong:
        raise click.ClickException(f"--{wrong.field.replace('_', '-')}: {wrong.detail}") from wrong
    tell({"account": account.id, "role": role}, f"Made the account {account.id} ({role})", as_json=as_json)


@account_group.command("list")
@in_space
@as_json
def list_accounts(slug: str, *, as_json: bool) -> None:
    """List the accounts of a space."""
    enter(slug)
    with reading() as tx:
        found = people.list_accounts(tx)
    rows = [{"account": account.id, "role": account.role, "created": account.created.isoformat()} for account in found]
    words = "\n".join(f"{account.id}  {account.role}" for account in found)
    tell({"accounts": rows}, words or "There is no account yet.", as_json=as_json)


@account_group.command("link")
@in_space
@click.option("--role", type=click.Choice(ROLES), help="Make a new account with this role for the link.")
@click.option("--account", "account_id", type=click.UUID, help="Make the link for this account.")
@as_json
def link(slug: str, role: str | None, account_id: UUID | None, *, as_json: bool) -> None:
    """Make a one-time link; whoever presses its button first is signed in, once."""
    if (role is None) == (account_id is None):
        raise click.UsageError("say either --role, for a new account, or --account")
    enter(slug)
    with transaction() as tx:
        if role is not None:
            account = accounts.create(tx, role)
        else:
            found = people.find_account(tx, account_id) if account_id else None
            if found is None or found.role == GUEST:  # nobody comes in as a guest by a link
                raise click.ClickException("this space has no such account; `haidang account list` names them")
            account = found
        word = accounts.make_link(tx, account)
        audit.note(tx, None, audit.LINK, account.id)
    url = link_address(slug, word)
    value = {"url": url, "account": account.id, "role": account.role, "days": accounts.LINK_LASTS.days}
    tell(value, f"Opens once, within {accounts.LINK_LASTS.days} days, as {account.role}:\n{url}", as_json=as_json)


def link_address(slug: str, word: str) -> str:
    """Write a link's address."""
    return accounts.link_address(services().config.space_url(slug, own_host=False), word)


def administrator_link(slug: str, name: str) -> str:
    """Make a link for the oldest administrator of a space, making both where they are missing."""
    with transaction() as tx:
        if spaces.find_by_slug(tx, slug) is None:
            spaces.add(tx, slug, name, "vi", datetime.now(UTC))
    enter(slug)
    with transaction() as tx:
        account = people.first_account(tx, ADMINISTRATOR) or accounts.create(tx, ADMINISTRATOR)
        return link_address(slug, accounts.make_link(tx, account))


@click.group("key")
def key_group() -> None:
    """Make and revoke keys, with which other programs reach the record, or publish packages."""


@key_group.command("create")
@in_space
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, help="May be given several times.")
@click.option("--days", type=click.IntRange(1, 36500), help="How long it holds; without end if left out.")
@click.option("--rate", type=click.IntRange(1, 1_000_000), help="Requests a minute; without limit if left out.")
@click.option("--browser", is_flag=True, help="For pages that post statements: it can do nothing else.")
@click.option("--origin", "origins", multiple=True, metavar="URL", help="With --browser: a page's scheme and host.")
@as_json
def create_key(
    slug: str,
    scopes: tuple[str, ...],
    origins: tuple[str, ...],
    *,
    browser: bool,
    as_json: bool,
    **limits: int | None,
) -> None:
    """Make a key. Its secret is shown this once: only a hash of it is kept."""
    enter(slug)
    made = _create_for_browsers(scopes, origins, limits) if browser else _create(scopes, origins, limits)
    endpoint = f"{services().config.machine_url}/xapi"
    value = {
        "endpoint": endpoint,
        "public_endpoint": f"{services().config.public_url}/xapi",
        "key": made.key,
        "secret": made.secret,
        "scopes": list(made.scopes),
        "expires": made.expires.isoformat() if made.expires else None,
        "space": g.space.slug,
    }
    words = f"endpoint  {endpoint}\nkey       {made.key}\nsecret    {made.secret}   (shown only now)"
    if PUBLISH in made.scopes:
        value["packages"] = f"{services().config.machine_url}/api/packages"
        words = f"{words}\npackages  {value['packages']}"
    if browser:
        value["warning"] = EVERYBODYS_KEY
        words = f"{words}\n{EVERYBODYS_KEY}"
    tell(value, words, as_json=as_json)


def _create(scopes: tuple[str, ...], origins: tuple[str, ...], limits: dict[str, int | None]) -> NewKey:
    if not scopes or origins:
        raise click.UsageError("say at least one --scope; --origin goes with --browser alone")
    with transaction() as tx:
        made = credentials.create(tx, scopes, **limits)
        audit.note(tx, None, audit.KEY_MADE, key=made.key, scopes=made.scopes)
    return made


def _create_for_browsers(scopes: tuple[str, ...], origins: tuple[str, ...], limits: dict[str, int | None]) -> NewKey:
    may = credentials.MAY[credentials.BROWSER]
    if not origins or set(scopes) - set(may):
        raise click.UsageError(f"a browser's key needs an --origin, and no --scope but {', '.join(may)}")
    try:
        with transaction() as tx:
            made = credentials.create_for_browsers(tx, origins, **limits)
            audit.note(tx, None, audit.KEY_MADE, key=made.key, scopes=made.scopes)
    except NoOrigin as wrong:
        raise click.ClickException(
            f"{wrong} is no origin: write scheme and host alone, such as https://school.example"
        ) from wrong
    return made


@key_group.command("list")
@in_space
@click.option("--launches", is_flag=True, help="Show launch keys too; there is one for each launch.")
@as_json
def list_keys(slug: str, *, launches: bool, as_json: bool) -> None:
    """List the keys of a space, without their secrets."""
    enter(slug)
    with reading() as tx:
        found = kept.listed(tx) if launches else kept.listed(tx, credentials.SERVER, credentials.BROWSER)
        used = usage.last_uses(tx)
    rows = [_listed(row, used.get(row.id)) for row in found]
    words = "\n".join(_in_words(row) for row in rows)
    tell({"keys": rows}, words or "There is no key yet.", as_json=as_json)


def _listed(row: CredentialRow, used: datetime | None) -> dict[str, Any]:
    return {
        "key": row.key,
        "kind": row.kind,
        "scopes": json.loads(row.scopes),
        "made": row.created.isoformat(),
        "expires": row.expires and row.expires.isoformat(),
        "revoked": row.revoked and row.revoked.isoformat(),
        "last_used": used and used.isoformat(timespec="minutes"),
        "rate": row.rate,
        "origins": json.loads(row.origins or "[]"),
        "actor": row.actor,
    }


def _in_words(row: dict[str, Any]) -> str:
    facts = (
        ("made", row["made"][:10]),
        ("expires", (row["expires"] or "")[:16]),
        ("last used", row["last_used"] or "never"),
        ("a minute", row["rate"]),
        ("for pages of", " ".join(row["origins"])),
        ("for", row["actor"]),
        ("revoked", (row["revoked"] or "")[:16]),
    )
    said = [f"{name} {value}" for name, value in facts if value]
    return "  ".join([row["key"], row["kind"], " ".join(row["scopes"]), ", ".join(said)])


@key_group.command("revoke")
@in_space
@click.argument("key")
@as_json
def revoke_key(slug: str, key: str, *, as_json: bool) -> None:
    """Take a key back; it stops working at once."""
    enter(slug)
    with transaction() as tx:
        done = credentials.revoke(tx, key)
        if done:
            audit.note(tx, None, audit.KEY_REVOKED, key=key)
    if not done:
        raise click.ClickException("this space has no such key, or it is revoked already")
    tell({"revoked": key}, f"Revoked {key}", as_json=as_json)
