"""The set of skills of a space: made, changed, put in order; and the rules that follow from it (docs/skills.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
from flask_babel import lazy_gettext as _

from lrs.errors import NotFound, Trouble
from lrs.outcomes import ending, versions
from lrs.outcomes.versions import Naming
from lrs.skills import asking
from lrs.skills.asking import Asks, Body
from storage import courses, definitions, rules, skills, spaces, tags
from storage.database import Tx
from storage.definitions import Definition
from storage.skills import SetRow, SkillRow

Words = Mapping[str, str]
"""What something is called, by language."""

MOST = 12
"""So many skills fit on one page, and into somebody's mind."""

_KIND = "http://adlnet.gov/expapi/activities/objective"


class ChangedMeanwhile(Trouble):
    """Somebody else has changed the set since the page was made."""

    status = 409
    title = _("Somebody else has changed the skills in the meantime")
    advice = _("Nothing was changed. Open the page again to see how they stand now.")


@dataclass(frozen=True, slots=True)
class Shop:
    """Where skills are kept: a transaction, the address of the space, and who does it."""

    tx: Tx
    home: str
    by: UUID | None = None

    def own(self, skill_id: UUID) -> str:
        """Give the address of a skill: a confirmation is about it."""
        return f"{self.home}/skills/{skill_id}"

    def begin(self, titles: Words) -> bool:
        """Make the set of a space, if it has none; tell whether it had none."""
        return skills.begin(self.tx, _text(titles))

    def count(self, changed: int) -> None:
        """Count a change; refuse it to whoever began with something older."""
        if skills.the_set(self.tx) is None:
            raise NotFound
        if not skills.count_change(self.tx, changed):
            raise ChangedMeanwhile

    def count_on(self) -> None:
        """Count a change that undoes nothing of anybody's."""
        skills.count_change(self.tx)

    def add(self, titles: Words, says: Words, picture: str, asks: Asks) -> SkillRow:
        """Put a skill at the end of the set."""
        last = max((row.position for row in skills.listed(self.tx)), default=0)
        row = SkillRow(uuid4(), last + 1, _text(titles), _text(says), picture, asking.write(asks))
        skills.add(self.tx, row)
        self._define(row)
        self.settle()
        return row

    def change(self, skill_id: UUID, titles: Words, says: Words, picture: str, asks: Asks) -> None:
        """Let a skill be called so, and ask this, from now on."""
        row = find(self.tx, skill_id)
        row = replace(row, titles=_text(titles), says=_text(says), picture=picture, asks=asking.write(asks))
        skills.change(self.tx, row)
        self._define(row)
        self.settle()

    def ask(self, row: SkillRow, asks: Asks) -> None:
        """Let a skill ask this from now on."""
        skills.change(self.tx, replace(row, asks=asking.write(asks)))
        self.settle()

    def rename_set(self, titles: Words) -> None:
        """Call the set something else."""
        row = skills.the_set(self.tx)
        if row is not None:
            skills.set_rule(self.tx, _text(titles), row.rule_id)
            self.settle()

    def move(self, skill_id: UUID, *, up: bool) -> None:
        """Let a skill change places with the one before it, or after it."""
        order = [row.id for row in skills.listed(self.tx)]
        at = order.index(skill_id) if skill_id in order else -1
        to = at - 1 if up else at + 1
        if at < 0 or not 0 <= to < len(order):
            return
        order[at], order[to] = order[to], order[at]
        for position, each in enumerate(order, 1):
            row = skills.find(self.tx, each)
            if row is not None and row.position != position:
                skills.change(self.tx, replace(row, position=position))

    def remove(self, row: SkillRow) -> None:
        """Take a skill out of the set; what was given for it stays."""
        skills.change(self.tx, replace(row, removed=datetime.now(UTC)))
        if row.rule_id is not None:
            ending.stop(self.tx, row.rule_id)
        self.settle()

    def tagged(self, given: Iterable[str]) -> None:
        """Let a lesson count that was given tags. One that has lost a tag goes on counting until something is given one."""
        those = {tag.casefold() for tag in given}
        skills.hold(self.tx)
        if any(asking.read(row.asks).tag.casefold() in those for row in skills.listed(self.tx)):
            self.settle()

    def settle(self) -> None:
        """Let each skill that can be filled have its rule, and the set one that asks for all of them."""
        asked = courses_of(self.tx)
        bodies = [self._settled(row, asked) for row in skills.listed(self.tx)]
        whole = skills.the_set(self.tx)
        if whole is None:
            return
        ready = [body for body in bodies if body is not None]
        if bodies and len(ready) == len(bodies):
            self._keep_whole(whole, asking.rule_of_all(ready))
        elif whole.rule_id is not None:
            ending.stop(self.tx, whole.rule_id)

    def _settled(self, row: SkillRow, asked: Mapping[UUID, Body]) -> Body | None:
        """Give what a skill's rule says from now on; None where nothing that is there could count yet."""
        asks = asking.read(row.asks)
        written = {tag.casefold(): tag for tag in tags.all_of(self.tx)}  # a tag is the same however it is typed
        asks = replace(asks, tag=written.get(asks.tag.casefold(), asks.tag))
        body = asking.rule_of(asks, asked, self.own(row.id))
        if body is None or any(not each.hint for each in versions.problems(self.tx, body)):
            return self._as_it_was(row)
        name = self._called(row.titles)
        if row.rule_id is None:
            version = versions.add(self.tx, body, Naming(name), self.by)
            skills.change(self.tx, replace(row, rule_id=version.rule_id))
        else:
            versions.add(self.tx, body, row.rule_id, self.by)
            rules.rename(self.tx, row.rule_id, name)
        return body

    def _as_it_was(self, row: SkillRow) -> Body | None:
        """Keep what a skill asked before: a lesson that went away must not close a skill."""
        version = None if row.rule_id is None else versions.current(self.tx, row.rule_id)
        return None if version is None else orjson.loads(version.body)

    def _keep_whole(self, whole: SetRow, body: Body) -> None:
        name = self._called(whole.titles)
        if any(not each.hint for each in versions.problems(self.tx, body)):
            return  # more than a rule may say: the skills stand alone
        if whole.rule_id is None:
            version = versions.add(self.tx, body, Naming(name), self.by)
            skills.set_rule(self.tx, whole.titles, version.rule_id)
            return
        rule = rules.find(self.tx, whole.rule_id)
        if rule is not None and rule.ended is not None:
            rules.end(self.tx, rule.id, None)
            version = versions.add(self.tx, body, rule.id, self.by)
            versions.go_through(self.tx, version)
        else:
            versions.add(self.tx, body, whole.rule_id, self.by)
        rules.rename(self.tx, whole.rule_id, name)

    def _called(self, titles: str) -> str:
        return said(titles, spaces.own(self.tx).language)

    def _define(self, row: SkillRow) -> None:
        """Say in the record what the address of a skill stands for, so that a rule can name it and people can read it."""
        body = orjson.dumps({"name": orjson.loads(row.titles), "type": _KIND}).decode()
        definitions.add(self.tx, [Definition(self.own(row.id), body)], datetime.now(UTC))


def courses_of(tx: Tx) -> dict[UUID, Body]:
    """Tell what each course asks that was published."""
    found: dict[UUID, Any] = {}
    for row in courses.listed(tx):
        version = None if row.rule_id is None else versions.current(tx, row.rule_id)
        if version is not None:
            found[row.id] = orjson.loads(version.body)
    return found


def find(tx: Tx, skill_id: UUID) -> SkillRow:
    """Find a skill of the set."""
    row = skills.find(tx, skill_id)
    if row is None or row.removed is not None:
        raise NotFound
    return row


def said(text: str, language: str) -> str:
    """Say it in a language, or in the one that is known."""
    words: Words = orjson.loads(text)
    return words.get(language) or words.get("vi") or next((each for each in words.values() if each), "")


def _text(words: Words) -> str:
    return orjson.dumps(dict(words), option=orjson.OPT_SORT_KEYS).decode()
