"""`haidang rule`."""

from pathlib import Path
from typing import Any
from uuid import UUID

import click
import orjson

from lrs.commands import as_json, enter, in_space, tell
from lrs.language import reader_language
from lrs.outcomes import versions
from lrs.outcomes.rules.problems import WrongRule
from lrs.outcomes.rules.sentence import sentence
from lrs.outcomes.rules.words import words
from lrs.outcomes.trying import Ground, dry_run
from lrs.outcomes.versions import Naming
from lrs.people import audit
from lrs.services import services
from lrs.web import reading, transaction
from storage import awards, rules, tags
from storage.database import Tx
from storage.rules import RuleRow, VersionRow

_body = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_rule = click.option(
    "--rule", "rule_id", type=click.UUID, help="The rule that is changed; without it a new one is made."
)


@click.group("rule")
def rule_group() -> None:
    """Say what somebody must have done, try it, and see what it said before."""


@rule_group.command("list")
@in_space
@click.option("--lessons", is_flag=True, help="Also those that lessons begin with.")
@as_json
def list_rules(slug: str, *, lessons: bool, as_json: bool) -> None:
    """List the rules of a space, and how many people have met each."""
    enter(slug)
    with reading() as tx:
        found = [
            (rule, row, _said(tx, row), awards.count(tx, rule.id))
            for rule in rules.listed(tx)
            if (lessons or rule.activity is None) and (row := versions.current(tx, rule.id)) is not None
        ]
    lines = [f"{rule.id}  {rule.name or said}  ({count} people)" for rule, _, said, count in found]
    told = [_described(rule, row, said) | {"awards": count} for rule, row, said, count in found]
    tell({"rules": told}, "\n".join(lines) or "there are no rules", as_json=as_json)


@rule_group.command("add")
@in_space
@_body
@_rule
@click.option("--name", default="", help="What people call it.")
@as_json
def add_rule(slug: str, file: Path, rule_id: UUID | None, name: str, *, as_json: bool) -> None:
    """Let a rule say what a file says: a new rule, or a new version of one."""
    enter(slug)
    body = _read(file)
    try:
        with transaction() as tx:
            row = versions.add(tx, body, _there(tx, rule_id) if rule_id else Naming(name))
            act = audit.RULE_ADDED if row.number == 1 else audit.RULE_CHANGED
            audit.note(tx, None, act, rule=str(row.rule_id), version=row.number)
            said = _said(tx, row)
    except WrongRule as wrong:
        raise _refusal(wrong) from wrong
    value = {"rule": row.rule_id, "version": row.number, "sentence": said}
    tell(value, f"Version {row.number} of the rule {row.rule_id}: {said}", as_json=as_json)


@rule_group.command("try")
@in_space
@_body
@_rule
@as_json
def try_rule(slug: str, file: Path, rule_id: UUID | None, *, as_json: bool) -> None:
    """Tell who would gain or lose by what a file says; nothing is changed."""
    enter(slug)
    body = _read(file)
    ground = Ground(services().identity_keys, services().config.public_url)
    try:
        with reading() as tx:
            found = dry_run(tx, ground, _there(tx, rule_id) if rule_id else None, body)
    except WrongRule as wrong:
        raise _refusal(wrong) from wrong
    value = {"learners": found.learners, "met": found.met, "gain": found.gain, "lose": found.lose}
    said = f"{found.met} of {found.learners} people meet it; {len(found.gain)} would gain by it, {len(found.lose)} would lose"
    tell(value, said, as_json=as_json)


@rule_group.command("history")
@in_space
@click.argument("rule_id", type=click.UUID)
@as_json
def history(slug: str, rule_id: UUID, *, as_json: bool) -> None:
    """List the versions of a rule, the newest first."""
    enter(slug)
    with reading() as tx:
        found = [(row, _said(tx, row)) for row in rules.history(tx, _there(tx, rule_id))]
    told = [
        {
            "version": row.number,
            "created": row.created,
            "by": row.made_by,
            "sentence": said,
            "body": orjson.loads(row.body),
        }
        for row, said in found
    ]
    lines = [f"{row.number}  {row.created:%Y-%m-%d %H:%M}  {said}" for row, said in found]
    tell({"rule": rule_id, "versions": told}, "\n".join(lines), as_json=as_json)


@rule_group.command("tag")
@in_space
@click.argument("tag")
@click.argument("activities", nargs=-1, metavar="IRI...")
@click.option("--remove", is_flag=True, help="Take the tag from them instead.")
@as_json
def tag_activities(slug: str, tag: str, activities: tuple[str, ...], *, remove: bool, as_json: bool) -> None:
    """Let activities carry a tag by which rules name them; versions that are there know nothing of it."""
    enter(slug)
    change = tags.remove if remove else tags.put
    with transaction() as tx:
        for each in activities:
            change(tx, tag, each)
        carried = tags.all_of(tx).get(tag, ())
    tell({"tag": tag, "activities": carried}, f"{tag} stands for {', '.join(carried) or 'nothing'}", as_json=as_json)


def _read(file: Path) -> Any:
    try:
        return orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise click.ClickException(f"{file} is no JSON text: {error}") from error


def _there(tx: Tx, rule_id: UUID) -> UUID:
    if rules.find(tx, rule_id) is None:
        raise click.ClickException(f"there is no rule {rule_id}; `haidang rule list` names them")
    return rule_id


def _said(tx: Tx, row: VersionRow) -> str:
    rule, tongue = versions.read(row), reader_language()
    return sentence(rule, words(tongue), versions.names(tx, [rule], tongue))


def _described(rule: RuleRow, row: VersionRow, said: str) -> dict[str, Any]:
    return {"rule": rule.id, "name": rule.name, "sentence": said, "version": row.number, "ended": rule.ended}


def _refusal(wrong: WrongRule) -> click.ClickException:
    tongue = words(reader_language())
    return click.ClickException("; ".join(f"{each.place or '/'}: {each.says(tongue)}" for each in wrong.problems))
