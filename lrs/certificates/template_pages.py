"""The pages on which templates of certificates are written, with a look at them as they are written (docs/certificates.md, Templates)."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.access import allow, caller
from lrs.certificates import editing
from lrs.certificates.editing import Draft
from lrs.certificates.template import BEGIN, FRAMES, INKS, LANGUAGES, PICTURES, PLACEHOLDERS, Template
from lrs.errors import Malformed, NotFound
from lrs.people import audit
from lrs.people.emblem import MOST_BYTES, Emblem
from lrs.people.identity import NotUnderstood, line
from lrs.people.roles import KEEPERS
from lrs.web import current_space, reading, transaction
from storage import certificate_templates
from storage.certificate_templates import TemplateRow
from storage.database import Tx

pages = Blueprint("certificate_templates", __name__)

Hole = Callable[[Tx, UUID, Template], tuple[str, LazyString] | None]
"""Names a field that a rule could not fill, and says why."""

_TEXTS = (
    ("heading", _("Heading"), ""),
    ("lead", _("Before the name"), ""),
    ("body", _("After the name, before the course"), ""),
    ("closing", _("Below the course"), _("Such as the duration or the grade.")),
    ("above", _("The body above the one that issues"), ""),
    ("organisation", _("Who issues"), ""),
    ("place", _("Where it is issued"), _("Stands before the day.")),
    ("position", _("As what somebody signs"), ""),
)
_CHOICES = (
    ("language", _("Languages"), LANGUAGES),
    ("frame", _("Frame"), FRAMES),
    ("ink", _("Colour"), tuple(INKS)),
)
_WORDS = {
    "vi": _("Vietnamese"),
    "en": _("English"),
    "vi+en": _("Vietnamese, with English beneath"),
    "none": _("none"),
    "thin": _("one thin line"),
    "double": _("two lines"),
    "navy": _("dark blue"),
    "green": _("dark green"),
    "red": _("dark red"),
    "black": _("black"),
    "emblem": _("Emblem"),
    "signature": _("Signature, as a picture"),
    "seal": _("Seal, as a picture"),
}


@pages.get("/s/<space>/certificates/templates")
@allow(*KEEPERS)
def listed() -> ResponseReturnValue:
    """List what certificates can look like here."""
    with reading() as tx:
        rows = certificate_templates.newest(tx)
    return render_template("certificate_templates.html", space=current_space(), rows=rows)


@pages.get("/s/<space>/certificates/templates/new")
@allow(*KEEPERS)
def new() -> ResponseReturnValue:
    """Show a template to begin with."""
    return _page(
        editing.form_of(BEGIN) | {"organisation.vi": current_space().name, "organisation.en": current_space().name}
    )


@pages.get("/s/<space>/certificates/templates/<uuid:template_id>")
@allow(*KEEPERS)
def one(template_id: UUID) -> ResponseReturnValue:
    """Show a template as it is now."""
    with reading() as tx:
        row = next((row for row in certificate_templates.newest(tx) if row.id == template_id), None)
        if row is None:
            raise NotFound
        template = Template.loads(row.body)
        kept = {part: certificate_templates.picture(tx, each.digest) for part, each in template.pictures.items()}
    pictures = {row.digest: Emblem(row.type, row.content) for row in kept.values() if row is not None}
    form = editing.form_of(template) | {"id": str(row.id), "version": str(row.version), "name": row.name}
    return _page(form, look=Draft(template, pictures).look())


@pages.post("/s/<space>/certificates/templates")
@allow(*KEEPERS)
def save() -> ResponseReturnValue:
    """Show what it would look like; or keep it, as a new template or as the next version of one."""
    given = request.form.to_dict()
    try:
        with transaction() as tx:
            pictures = editing.read_pictures(tx, given, request.files)
        given |= {f"{part}.digest": pictures[part].digest if part in pictures else "" for part in PICTURES}
        looked = {"signatory": given.get("signatory") or str(_("The name of who signs"))} if "look" in given else {}
        made = editing.draft(given | looked, pictures)
        name = "" if "look" in given else _name(given)
        look = made.look()
    except NotUnderstood as wrong:
        return _page(given, wrong), 422
    if "look" in given:
        return _page(given, look=look)
    template_id, version = _which(given)
    with transaction() as tx:
        if hole := _hole(tx, template_id, made.template):
            return _page(given, NotUnderstood(*hole), look=look), 422
        newest = next((row.version for row in certificate_templates.newest(tx) if row.id == template_id), 0)
        if newest != version:
            return _page(given | {"version": str(newest)}, look=look, late=True), 409
        row = TemplateRow(template_id, version + 1, name, made.template.dumps(), datetime.now(UTC), caller().account_id)
        certificate_templates.add(tx, row)
        audit.note(tx, caller().account_id, audit.TEMPLATE, None, name=name, version=version + 1)
    return redirect(url_for("certificate_templates.one", template_id=template_id, done="saved"), 303)


def _name(given: dict[str, str]) -> str:
    name = line("name", given.get("name", ""))
    if not name:
        raise NotUnderstood("name", _("Please give the template a name, to find it by."))
    return name


def _which(given: dict[str, str]) -> tuple[UUID, int]:
    """Read which version of which template somebody had before them."""
    if not given.get("id"):
        return uuid4(), 0
    try:
        return UUID(given["id"]), int(given.get("version", ""))
    except ValueError:
        raise Malformed from None


def _hole(tx: Tx, template_id: UUID, template: Template) -> tuple[str, LazyString] | None:
    """Ask those who give certificates by rules whether a text could not be filled; they stand above us, and are told to us by wsgi."""
    asked: Hole = current_app.extensions["haidang.hole"]
    return asked(tx, template_id, template)


def _page(given: dict[str, str], wrong: NotUnderstood | None = None, *, look: str = "", late: bool = False) -> str:
    return render_template(
        "certificate_template.html",
        space=current_space(),
        given=given,
        wrong=wrong,
        look=look,
        late=late,
        texts=_TEXTS,
        choices=_CHOICES,
        words=_WORDS,
        pictures=PICTURES,
        placeholders=PLACEHOLDERS,
        most=MOST_BYTES // 1000,
        done=request.args.get("done", ""),
    )
