"""`haidang platform` and `haidang space`: what belongs to no space, for whoever runs the installation."""

from dataclasses import asdict
from typing import Any

import click

from lrs.catalogue import LANGUAGES
from lrs.commands import as_json, enter, in_space, tell
from lrs.hosts import is_slug
from lrs.people import settings
from lrs.people.identity import NotUnderstood
from lrs.platform import entry
from lrs.platform import quota as quotas
from lrs.platform.new_space import NewSpace
from lrs.services import services
from lrs.web import connection, current_space, reading, transaction
from storage import spaces
from storage.spaces import SpaceFigures


@click.group("platform")
def platform_group() -> None:
    """Let the platform's administrator in, who sees sums of all spaces and nobody's data."""


@platform_group.command("link")
@as_json
def link(*, as_json: bool) -> None:
    """Make a one-time link to the platform; whoever presses its button first is signed in for some hours."""
    with transaction() as tx:
        word = entry.make_link(tx)
    url = f"{services().config.public_url}/platform/link/{word}"
    minutes, hours = entry.LINK_LASTS.seconds // 60, entry.SESSION_LASTS.seconds // 3600
    value = {"url": url, "minutes": minutes, "session_hours": hours}
    tell(value, f"Opens once, within {minutes} minutes, for {hours} hours:\n{url}", as_json=as_json)


@click.group("space")
def space_group() -> None:
    """Make and list spaces: the tenancies of ministries and provinces."""


@space_group.command("add")
@click.argument("slug")
@click.option("--name", help="The name people read; the short name if it is left out.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@as_json
def add_space(slug: str, name: str | None, language: str, *, as_json: bool) -> None:
    """Make a space called SLUG: letters a-z, digits and hyphens, as it will stand in addresses."""
    if not is_slug(slug):
        raise click.ClickException(
            f"{slug} cannot stand in a host name, or is reserved: use letters a-z, digits, hyphens"
        )
    with reading() as tx:
        taken = spaces.find_by_slug(tx, slug) is not None
    if taken:
        raise click.ClickException(f"there is a space called {slug} already")
    with transaction() as tx:
        NewSpace(slug, name or slug, language).add(tx)
    address = f"{services().config.public_url}/s/{slug}/"
    tell({"space": slug, "url": address}, f"Made the space {slug}: {address}", as_json=as_json)


@space_group.command("set")
@in_space
@click.option("--name", help="The name people read.")
@click.option("--language", type=click.Choice(LANGUAGES), help="The language it speaks by itself.")
@click.option(
    "--speaks", type=click.Choice(LANGUAGES), multiple=True, help="A language it can be read in; may be said again."
)
@click.option("--zone", help="Its time zone, such as Asia/Ho_Chi_Minh: days begin and end by it.")
@click.option("--quota", help="How much its lessons may weigh together, such as 20GB; `none` for as much as there is.")
@as_json
def set_space(slug: str, speaks: tuple[str, ...], quota: str | None, *, as_json: bool, **said: str | None) -> None:
    """Change the settings of a space; what is not named stays as it is. The quota is set here alone, and not by the space itself."""
    enter(slug)
    now = current_space().settings
    wanted = {"name": now.name, "language": now.language, "zone": now.zone} | {k: v for k, v in said.items() if v}
    try:
        most = quotas.read("" if quota in {None, "none"} else str(quota))
        changed = settings.read(wanted, [*(speaks or now.languages)])
    except NotUnderstood as wrong:
        raise click.ClickException(f"--{_OPTIONS.get(wrong.field, wrong.field)}: {wrong.detail}") from wrong
    with transaction() as tx:
        settings.change(tx, None, changed)
    if quota is not None:
        with services().database.write(None, connection()) as above:  # it is not the space that says this
            quotas.set_to(above, slug, most)
    with reading() as tx:
        row = spaces.own(tx)
    told = {"space": slug} | asdict(row.settings) | {"quota": row.quota}
    tell(told, f"{slug}: {', '.join(f'{field} {value}' for field, value in told.items())}", as_json=as_json)


_OPTIONS = {"languages": "speaks"}


@space_group.command("list")
@as_json
def list_spaces(*, as_json: bool) -> None:
    """Sum up what each space holds: what the platform's administrator sees, nobody's data."""
    with reading() as tx:
        found = spaces.figures(tx)
    words = "\n".join(_in_words(each) for each in found)
    tell({"spaces": [_listed(each) for each in found]}, words or "There is no space yet.", as_json=as_json)


def _listed(space: SpaceFigures) -> dict[str, Any]:
    row = asdict(space)
    return {"space": row.pop("slug")} | row | {"created": space.created.isoformat()}


def _in_words(space: SpaceFigures) -> str:
    facts = (
        f"{space.accounts} accounts",
        f"{space.lessons} lessons of {space.bytes} bytes"
        + (f" (at most {space.quota})" if space.quota is not None else ""),
        f"{space.statements} statements",
        f"made {space.created:%Y-%m-%d}",
        f"written last {space.written or 'never'}",
    )
    return f"{space.slug}  {space.name}: {', '.join(facts)}"
