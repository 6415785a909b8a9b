"""A space with a learner, rules, and a record that many write: what the tests of awards are told with."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from lrs import record, sealing
from lrs.followers import Followers
from lrs.outcomes import versions
from lrs.outcomes.follower import Awards
from lrs.outcomes.remaking import Remaking
from lrs.outcomes.rules.language import ADL, CONFIRM
from lrs.outcomes.versions import Naming
from lrs.record import PARTNER_ASSERTED, Source
from lrs.xapi.references import VOIDED
from storage import history, reviews
from storage.awards import AwardRow, awards
from storage.states import StateRow, states

if TYPE_CHECKING:
    from pathlib import Path

    from storage.rules import VersionRow
    from storage.statements import StatementRow
    from tests.parts.databases import Ground

HOME = "http://app.lms.localhost"
SOURCE = Source({"objectType": "Agent", "account": {"homePage": HOME, "name": "a key"}}, PARTNER_ASSERTED)


def lesson(number: int) -> str:
    """Name a lesson."""
    return f"{HOME}/activities/{number}"


def keyring(folder: Path) -> sealing.KeyRing:
    """Make keys of identities."""
    path = folder / "identity.keys"
    sealing.make(path)
    return sealing.KeyRing(path)


class School:
    """A space."""

    def __init__(self, ground: Ground, slug: str = "haiphong", folder: Path | None = None) -> None:
        self.ground = ground
        self.space = ground.space(slug)
        self.keys = keyring(folder or scratch())
        self.learner = self.account()
        self.versions: list[VersionRow] = []
        self.jobs = [Remaking(HOME, self.keys)]
        self.followers = Followers(ground.app, [Awards(HOME, self.keys)], jobs=self.jobs)

    def follow(self) -> None:
        """Follow, and make nothing anew."""
        Followers(self.ground.app, [Awards(HOME, self.keys)]).catch_up()

    def account(self, role: str = "learner") -> uuid.UUID:
        """Make somebody."""
        return self.ground.account(self.space, role).id

    def rule(self, body: dict[str, Any], rule_id: uuid.UUID | None = None) -> VersionRow:
        """Let a rule hold from now on, whether its activities are known or not."""
        with self.ground.app.write(self.space) as tx:
            found = versions.add(tx, body, rule_id or Naming(), unheard=True)
            versions.go_through(tx, found)
        self.versions.append(found)
        return found

    def say(self, who: uuid.UUID | dict[str, Any], verb: str, about: str | None, **more: Any) -> StatementRow:
        """Put a statement into the record."""
        actor = record.actor_of(who, HOME) if isinstance(who, uuid.UUID) else {"objectType": "Agent"} | who
        result: dict[str, Any] = {}
        if "score" in more:
            result["score"] = {"scaled": more["score"]}
        if "duration" in more:
            result["duration"] = more["duration"]
        said: dict[str, Any] = {
            "id": str(more.get("id", uuid.uuid4())),
            "actor": actor,
            "verb": {"id": verb},
            "object": more.get("object", {"objectType": "Activity", "id": about}),
            "timestamp": (datetime.now(UTC) + more.get("later", timedelta())).isoformat(),
        }
        if result:
            said["result"] = result
        if "parent" in more:
            said["context"] = {"contextActivities": {"parent": [{"id": more["parent"]}]}}
        return self.put(said, more.get("source", SOURCE))

    def put(self, said: dict[str, Any], source: Source = SOURCE) -> StatementRow:
        """Put a statement into the record as it is."""
        with self.ground.app.write(self.space) as tx:
            (kept,) = record.append(tx, [said], source)
        with self.ground.app.read(self.space) as tx:
            return history.some(tx, [kept])[kept]

    def void(self, target: uuid.UUID) -> StatementRow:
        """Void a statement."""
        thing = {"objectType": "StatementRef", "id": str(target)}
        return self.say({"mbox": "mailto:admin@example.org"}, VOIDED, None, object=thing)

    def confirm(self, who: uuid.UUID, whom: uuid.UUID, parent: str) -> StatementRow:
        """Let somebody confirm what somebody else did."""
        return self.say(who, CONFIRM, None, object=record.actor_of(whom, HOME), parent=parent)

    @staticmethod
    def verb(name: str) -> str:
        """Name one of ADL's verbs."""
        return ADL + name

    def awards(self) -> list[AwardRow]:
        """Follow, and list all awards."""
        self.followers.catch_up()
        return self.given()

    def given(self) -> list[AwardRow]:
        """List all awards that are there."""
        columns = [awards.c[name] for name in AwardRow.__slots__]
        with self.ground.app.read(self.space) as tx:
            query = (
                select(*columns).where(awards.c.space_id == self.space).order_by(awards.c.reached, awards.c.version_id)
            )
            return [
                AwardRow(row[0], row[1], row[2], tuple(map(uuid.UUID, orjson.loads(row[3]))), *row[4:])
                for row in tx.run(query)
            ]

    def reviews(self) -> list[tuple[uuid.UUID, uuid.UUID, str, uuid.UUID]]:
        """Follow, and list what nobody has decided."""
        self.followers.catch_up()
        with self.ground.app.read(self.space) as tx:
            return [(row.version_id, row.account_id, row.cause, row.about) for row in reviews.undecided(tx, 1000)]

    def state(self, version: uuid.UUID, learner: uuid.UUID) -> StateRow:
        """Follow, and give a state."""
        self.followers.catch_up()
        columns = [states.c[name] for name in StateRow.__slots__]
        with self.ground.app.read(self.space) as tx:
            own = (states.c.version_id == version) & (states.c.account_id == learner)
            return StateRow(*tx.run(select(*columns).where(states.c.space_id == self.space, own)).one())

    def states(self) -> list[tuple[Any, ...]]:
        """Follow, and list all states."""
        self.followers.catch_up()
        with self.ground.app.read(self.space) as tx:
            query = select(states).where(states.c.space_id == self.space)
            return sorted(tuple(row) for row in tx.run(query.order_by(states.c.version_id, states.c.account_id)))


def scratch() -> Path:
    """Make a folder that goes with the run."""
    import tempfile
    from pathlib import Path as Folder

    return Folder(tempfile.mkdtemp(prefix="haidang-school-"))
