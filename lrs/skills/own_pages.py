"""One's own skills: five pictures that fill up, on a page and on paper; and those of a learner for whoever helps them."""

from datetime import UTC, datetime
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from lrs import days
from lrs.access import GUEST, LEARNER, LEARNERS, MENTOR, ROLES, allow, caller
from lrs.errors import NotFound
from lrs.language import reader_language
from lrs.people import audit
from lrs.people.directory import Directory
from lrs.people.people_pages import READERS
from lrs.services import services
from lrs.skills import standing
from lrs.skills.blueprint import helpers, pages
from lrs.skills.standing import Whole
from lrs.web import current_space, transaction
from storage import certificate_rules, skills
from storage.database import Tx


@pages.get("/s/<space>/skills")
@allow(*LEARNERS)
def own() -> ResponseReturnValue:
    """Show one's own skills; what is new is said once."""
    account = _own()
    with transaction() as tx:
        found = standing.of(tx, account, reader_language(), guest=caller().role == GUEST)
        new = _new(tx, account, found)
        paper_too = found is not None and found.rule_id is not None and bool(certificate_rules.of(tx, [found.rule_id]))
    return render_template(
        "skills.html", space=current_space(), found=found, new=new, person=None, paper_too=paper_too, **helpers()
    )


@pages.get("/s/<space>/skills/paper")
@allow(*ROLES)
def paper() -> ResponseReturnValue:
    """Show one's own skills as one sheet."""
    account = _own()
    with transaction() as tx:
        found = standing.of(tx, account, reader_language())
        name = Directory(tx, services().identity_keys).names([account]).get(account, "")
    if found is None:
        raise NotFound
    return render_template(
        "skills_paper.html", space=current_space(), found=found, name=name, today=days.today(), **helpers()
    )


@pages.get("/s/<space>/people/<uuid:account_id>/skills")
@allow(*READERS)
def of_person(account_id: UUID) -> ResponseReturnValue:
    """Show the skills of somebody, to who helps them; that is written down."""
    with transaction() as tx:
        person = Directory(tx, services().identity_keys, caller().account_id).find(account_id)
        if caller().role == MENTOR and person.account.role != LEARNER:
            raise NotFound
        audit.note_look(tx, caller().account_id, [account_id], "achievements")
        found = standing.of(tx, account_id, reader_language())
    called = (account_id, person.identity.name)
    return render_template("skills.html", space=current_space(), found=found, new=[], person=called, **helpers())


def _new(tx: Tx, account: UUID, found: Whole | None) -> list[str]:
    """Name the skills that somebody has and was not told of yet; from now on they were told."""
    if found is None:
        return []
    untold = {each.id for each in skills.glance(tx, account) if each.got and not each.told}
    told = [each for each in found.skills if each.row.id in untold]
    skills.tell(tx, account, [each.row.rule_id for each in told if each.row.rule_id], datetime.now(UTC))
    return [each.title for each in told]


def _own() -> UUID:
    account = caller().account_id
    if account is None:
        raise NotFound
    return account
