"""`haidang package`."""

from pathlib import Path
from typing import Any

import click

from lrs.commands import as_json, enter, in_space, tell
from lrs.web import reading
from packages import outcome
from packages.quota import QuotaReached
from storage import versions as rows


@click.group("package")
def package_group() -> None:
    """Add and list packages: the zips that authoring tools export."""


@package_group.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@in_space
@as_json
@click.pass_context
def add(context: click.Context, files: tuple[Path, ...], slug: str, *, as_json: bool) -> None:
    """Publish FILES, each as a package of its own; a refused one is explained and does not stop the others."""
    enter(slug)
    done = [_add(path) for path in files]
    words = "\n".join(_sentence(one) for one in done)
    tell({"files": done}, words, as_json=as_json)
    if any(one["status"] == outcome.REFUSED for one in done):
        context.exit(1)


def _add(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return outcome.publish(str(path), file)
    except QuotaReached as full:
        return {"file": str(path), "status": outcome.REFUSED, "findings": [], "detail": str(full.detail)}


def _sentence(one: dict[str, Any]) -> str:
    """Say what became of a file, and below it what was found."""
    done = " ".join(["refused:", one["detail"]] if "detail" in one else ["refused"])
    if one["status"] == outcome.PUBLISHED:
        done = f"published as {one['title']} ({one['kind']} {one['edition']}, version {one['version']})"
    return "\n".join([f"{one['file']}: {done}", *(_line(finding) for finding in one["findings"])])


def _line(finding: dict[str, Any]) -> str:
    place = f"{finding['file']}:{finding['line']}" if "line" in finding else finding["file"]
    words = (f"  {finding['severity']} ({finding['code']}):", finding["text"], place, finding.get("about", ""))
    advice = finding.get("advice", "")
    return " ".join(word for word in (*words, advice) if word)


@package_group.command("list")
@in_space
@as_json
def list_packages(slug: str, *, as_json: bool) -> None:
    """List what is published in a space."""
    enter(slug)
    with reading() as tx:
        found = rows.list_versions(tx)
    listed = [
        {"package": row.package_id, "version": row.id, "kind": row.kind, "edition": row.edition, "title": row.title}
        for row in found
    ]
    words = "\n".join(f"{row.id}  {row.kind} {row.edition}  {row.title}" for row in found)
    tell({"packages": listed}, words or "There is no package yet.", as_json=as_json)
