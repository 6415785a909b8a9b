"""A space with the five skills, in which somebody learns to pay online: what the tests of skills are told with."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

from lrs import record
from lrs.badges import proof, reading
from lrs.badges.multibase import from_multibase
from lrs.outcomes import versions
from lrs.outcomes.rules.language import COMPLETED
from lrs.outcomes.versions import Naming
from lrs.record import PARTNER_ASSERTED, Source
from lrs.xapi.references import VOIDED
from storage import definitions, skills, spaces, tags
from storage.definitions import Definition
from tests.storage.samples import now

if TYPE_CHECKING:
    from storage.database import Tx
    from storage.skills import SetRow
    from tests.parts.installations import Installation, Person

AT = "/s/haiphong/skills"
SET = f"{AT}/set"
PAYING, ELSEWHERE = "https://example.org/thanh-toan", "https://lms.example.org/vi-dien-tu"


class Town:
    """A space with the five skills, of which paying asks for a lesson, a lesson elsewhere and a confirmation."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.boss = installation.person("administrator")
        with installation.services.database.read() as tx:
            found = spaces.find_by_slug(tx, "haiphong")
        assert found is not None
        self.space = found.id
        with installation.services.database.write(self.space) as tx:
            names = {PAYING: "Thanh toán tiền điện", ELSEWHERE: "Ví điện tử"}
            given = [Definition(iri, json.dumps({"name": {"vi": name}})) for iri, name in names.items()]
            definitions.add(tx, given, now())
            tags.put(tx, "kỹ năng số: thanh toán", PAYING)
        assert self.boss.post(SET, form_at=SET, data={"do": "five"}).status_code == 303
        with installation.services.database.read(self.space) as tx:
            self.rows = skills.listed(tx)
        self.paying = self.rows[2]

    def ask(self, **said: Any) -> Any:
        """Change what counts for paying."""
        at = f"{SET}/{self.paying.id}"
        data = {"title-vi": "Thanh toán trực tuyến", "title-en": "Paying online", "picture": "payment", "do": "save"}
        shown = self.boss.get(at).text
        found = re.search(r'name="changed" value="(\d+)"', shown)
        assert found
        return self.boss.post(at, form_at=at, data=data | {"changed": found[1]} | said)

    def rule(self) -> uuid.UUID:
        """Give the rule of paying."""
        with self.installation.services.database.read(self.space) as tx:
            row = skills.find(tx, self.paying.id)
        assert row is not None
        assert row.rule_id is not None
        return row.rule_id

    def say(self, who: Person, about: str) -> uuid.UUID:
        """Report that somebody has completed something, as another system does."""
        actor = record.actor_of(uuid.UUID(who.account), self.installation.public_url)
        said = {"actor": actor, "verb": {"id": COMPLETED}, "object": {"id": about}}
        source = Source({"objectType": "Agent", "mbox": "mailto:a@example.org"}, PARTNER_ASSERTED)
        with self.installation.services.database.write(self.space) as tx:
            (kept,) = record.append(tx, [said], source)
        self.installation.follow()
        return kept

    def void(self, target: uuid.UUID) -> None:
        """Void what was reported."""
        said = {
            "actor": {"mbox": "mailto:a@example.org"},
            "verb": {"id": VOIDED},
            "object": {"objectType": "StatementRef", "id": str(target)},
        }
        source = Source({"objectType": "Agent", "mbox": "mailto:a@example.org"}, PARTNER_ASSERTED)
        with self.installation.services.database.write(self.space) as tx:
            record.append(tx, [said], source)
        self.installation.follow()

    def whole(self, tx: Tx) -> SetRow:
        """Give the set."""
        found = skills.the_set(tx)
        assert found is not None
        return found

    def rule_of_the_lesson(self, learner: Person) -> uuid.UUID:
        """Let a rule that is no skill's hold, which a learner meets."""
        with self.installation.services.database.write(self.space) as tx:
            made = versions.add(tx, {"did": {"activity": PAYING}}, Naming("Một bài")).rule_id
        self.installation.follow()
        assert learner.get(f"/s/haiphong/achievements/{made}").status_code == 200
        return made

    @staticmethod
    def account(who: Person) -> uuid.UUID:
        """Give somebody's account."""
        return uuid.UUID(who.account)

    def named(self, who: Person, name: str) -> None:
        """Write down what somebody is called."""
        page = f"/s/haiphong/people/{who.account}"
        assert self.boss.post(page, form_at=page, data={"name": name}).status_code == 303

    def earn(self, who: Person) -> None:
        """Let somebody learn to pay, which asks for one lesson now."""
        assert self.ask(tag="kỹ năng số: thanh toán").status_code == 303
        self.installation.follow()
        self.say(who, PAYING)

    def verify(self, content: bytes) -> dict[str, Any]:
        """Check a credential by the keys that the space publishes."""
        document = json.loads(self.installation.visitor().get("/s/haiphong/did.json").text)
        keys = {each["id"]: from_multibase(each["publicKeyMultibase"])[2:] for each in document["verificationMethod"]}
        found = reading.read(content)
        proof.verify(found, keys.get)
        return found
