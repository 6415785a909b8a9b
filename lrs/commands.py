"""What all commands of `haidang` share: the space they work in, and the two ways to say what was done."""

import json
from collections.abc import Callable
from typing import Any

import click
from flask import g

from lrs.web import reading
from storage import spaces

in_space = click.option(
    "--space", "slug", required=True, metavar="NAME", help="The space's short name, such as haiphong."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")

Command = Callable[..., Any]


def enter(slug: str) -> None:
    """Work in a space from here on."""
    with reading() as tx:
        found = spaces.find_by_slug(tx, slug)
    if found is None:
        raise click.ClickException(f"there is no space called {slug}; `haidang space list` names them")
    g.space, g.space_id = found, found.id


def tell(value: dict[str, Any], words: str, *, as_json: bool) -> None:
    """Say what was done, to a program or to a person."""
    click.echo(said(value, words, as_json=as_json))


def said(value: dict[str, Any], words: str, *, as_json: bool) -> str:
    """Choose between the two ways."""
    return json.dumps(value, ensure_ascii=False, default=str) if as_json else words
