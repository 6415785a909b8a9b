"""The author's pages: a zip goes up, and what it is, what was found in it and what to change is told."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal

from lrs.access import ADMINISTRATOR, AUTHOR, OWNER, allow, caller
from lrs.amounts import size
from lrs.errors import Malformed, NotFound
from lrs.people import audit
from lrs.people.identity import NotUnderstood
from lrs.services import services
from lrs.skills.blueprint import home
from lrs.skills.keeping import Shop
from lrs.web import current_space, reading, transaction
from packages import publishing, tagging
from packages.codes import HURTS, REPAIRED
from packages.findings import PackageRefused
from packages.model import Package
from packages.shown import chart, duration, explained, grouped, languages
from packages.told import Told
from storage import versions as rows
from storage.versions import VersionRow

pages = Blueprint(
    "packages", __name__, template_folder="templates", static_folder="static", static_url_path="/static/packages"
)

_MB = 1024 * 1024
_AUTHORS = (OWNER, ADMINISTRATOR, AUTHOR)


@pages.get("/s/<space>/packages/new")
@allow(*_AUTHORS)
def new() -> ResponseReturnValue:
    """Show where to put the zip."""
    most = services().config.upload_limit
    return render_template("new.html", space=current_space(), most=most, most_megabytes=format_decimal(most // _MB))


@pages.post("/s/<space>/packages/new")
@allow(*_AUTHORS, uploads=True)
def upload() -> ResponseReturnValue:
    """Publish a zip and tell about it, or say what is wrong with it."""
    sent = request.files.get("package")
    if sent is None:
        raise Malformed
    try:
        published = publishing.publish(sent.stream)
    except PackageRefused as refused:
        return _page("refused.html", Told.refused(refused), name=sent.filename), refused.status
    return redirect(url_for("packages.report", version_id=published.version_id), 303)


@pages.get("/s/<space>/packages/<uuid:version_id>/report")
@allow(*_AUTHORS)
def report(version_id: UUID) -> ResponseReturnValue:
    """Tell what a version is, what is in it, and what was found."""
    return _report(version_id)


@pages.get("/s/<space>/packages/<uuid:version_id>/report.json")
@allow(*_AUTHORS)
def report_as_json(version_id: UUID) -> ResponseReturnValue:
    """Tell the same to a program."""
    version, told = _told(version_id)
    about = {"package": str(version.package_id), "version": str(version.id), "kind": version.kind}
    about |= {"edition": version.edition, "title": version.title}
    findings = [publishing.explained(finding) for finding in told.findings]
    return jsonify(about | {"report": told.report.to_json(), "findings": findings})


@pages.post("/s/<space>/packages/<uuid:version_id>/open")
@allow(*_AUTHORS)
def set_open(version_id: UUID) -> ResponseReturnValue:
    """Open a lesson to everybody, or close it again."""
    opened = {"yes": datetime.now(UTC), "no": None}
    said = request.form.get("open", "")
    if said not in opened:
        raise Malformed
    with transaction() as tx:
        version = rows.find_version(tx, version_id)
        if version is None:
            raise NotFound
        if rows.set_open(tx, version.package_id, opened[said]):
            act = audit.LESSON_OPENED if said == "yes" else audit.LESSON_CLOSED
            audit.note(tx, caller().account_id, act, package=str(version.package_id))
    return redirect(url_for("packages.report", version_id=version_id, done=said), 303)


@pages.post("/s/<space>/packages/<uuid:version_id>/tags")
@allow(*_AUTHORS)
def set_tags(version_id: UUID) -> ResponseReturnValue:
    """Give a lesson the tags by which rules name many lessons at once."""
    try:
        wanted = tagging.read(request.form.get("tags", ""))
    except NotUnderstood as wrong:
        return _report(version_id, wrong), 422
    with transaction() as tx:
        version = rows.find_version(tx, version_id)
        if version is None:
            raise NotFound
        if tagging.give(tx, version.activity, wanted):
            audit.note(tx, caller().account_id, audit.LESSON_TAGGED, package=str(version.package_id))
            Shop(tx, home(), caller().account_id).tagged(wanted)
    return redirect(url_for("packages.report", version_id=version_id, done="tags", _anchor="tags"), 303)


@pages.get("/s/<space>/packages/findings")
@allow(*_AUTHORS)
def findings() -> ResponseReturnValue:
    """Explain everything that can be found in a package."""
    return render_template("findings.html", space=current_space(), groups=explained())


def _report(version_id: UUID, wrong: NotUnderstood | None = None) -> str:
    version, told = _told(version_id)
    opens = publishing.playable(Package.from_json(json.loads(version.model)))
    with reading() as tx:
        is_open = version.package_id in rows.open_packages(tx)
        tags, known = tagging.of(tx, version.activity), tagging.known(tx)
    return _page(
        "report.html",
        told,
        version,
        opens=opens,
        is_open=is_open,
        tags=request.form.get("tags", "") if wrong else ", ".join(tags),
        known=known,
        wrong=wrong,
        done=request.args.get("done", ""),
    )


def _told(version_id: UUID) -> tuple[VersionRow, Told]:
    with reading() as tx:
        version = rows.find_version(tx, version_id)
    if version is None:
        raise NotFound
    return version, Told.from_json(json.loads(version.report))


def _page(template: str, told: Told, version: VersionRow | None = None, **more: Any) -> str:
    groups = grouped(told)
    return render_template(
        template,
        space=current_space(),
        version=version,
        report=told.report,
        groups=groups,
        calm=all(group.severity == REPAIRED for group in groups),
        hurting=sum(len(group.found) for group in groups if group.severity == HURTS),
        chart=chart(told.report),
        languages=languages(told.report),
        size=size,
        duration=duration,
        **more,
    )
