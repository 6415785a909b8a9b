"""`haidang certificates`: the key that signs them."""

from datetime import UTC, datetime

import click

from lrs.certificates import keeping, signing
from lrs.commands import as_json, tell
from lrs.services import services


@click.group("certificates")
def certificates_group() -> None:
    """Look after the key that certificates are signed with."""


@certificates_group.command("key")
@click.option("--name", default="Hải Đăng", show_default=True, help="Who signs, as readers of PDFs show it.")
@as_json
def key(name: str, *, as_json: bool) -> None:
    """Make a key of our own where there is none; nobody else vouches for it, so a certification authority's is better."""
    config = services().config
    path = keeping.file_of(config)
    made = path is not None and signing.make(path, name, datetime.now(UTC))
    try:
        seal = keeping.seal_of(config)
    except signing.NoSigningKey as wrong:
        raise click.ClickException(str(wrong)) from None
    until = f"{seal.certificate.not_valid_after_utc:%Y-%m-%d}"
    words = f"{'Made' if made else 'There already'}: {path or f'the {config.certificate_key}'} signs as {seal.name} until {until}."
    tell({"made": made, "name": seal.name, "until": until, "own": seal.own}, words, as_json=as_json)


def make_demo_key() -> None:
    """Make the demo's key, whose name says what it is."""
    path = keeping.file_of(services().config)
    if path is not None:
        signing.make(path, "Hải Đăng (bản dùng thử, demo)", datetime.now(UTC))
