"""`haidang package`."""

from pathlib import Path
from typing import Any

import click

from lrs.commands import as_json, enter, in_space, tell
from lrs.web import reading
from packages import courses
from packages.findings import PackageRefused
from storage import courses as rows


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
    if any(one["status"] == "refused" for one in done):
        context.exit(1)


def _add(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = {"file": str(path), "status": "published", "findings": []}
    try:
        with path.open("rb") as file:
            published = courses.publish(file)
    except PackageRefused as refused:
        found = refused.finding
        finding = {"code": found.code, "severity": found.severity, "file": found.file, "text": str(found.text)}
        return told | {"status": "refused", "findings": [finding]}
    return told | {
        "package": str(published.package_id),
        "version": str(published.version_id),
        "kind": published.package.kind,
        "edition": published.package.edition,
        "title": published.package.title,
    }


def _sentence(told: dict[str, Any]) -> str:
    if told["status"] == "refused":
        finding = told["findings"][0]
        return f"{told['file']}: refused ({finding['code']}). {finding['text']} {finding['file']}".rstrip()
    return f"{told['file']}: published as {told['title']} (version {told['version']})"


@package_group.command("list")
@in_space
@as_json
def list_packages(slug: str, *, as_json: bool) -> None:
    """List what is published in a space."""
    enter(slug)
    with reading() as tx:
        found = rows.list_versions(tx)
    told = [
        {"package": row.package_id, "version": row.id, "kind": row.kind, "edition": row.edition, "title": row.title}
        for row in found
    ]
    words = "\n".join(f"{row.id}  {row.kind} {row.edition}  {row.title}" for row in found)
    tell({"packages": told}, words or "There is no package yet.", as_json=as_json)
