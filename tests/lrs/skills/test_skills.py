"""Skills as people meet them: a set that fills up from lessons, other systems and a mentor's word, and badges that hold."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from lrs import record
from lrs.badges import proof, reading
from lrs.badges.baking import extract
from lrs.badges.errors import NotACredential, NotProved
from lrs.badges.multibase import from_multibase
from lrs.badges.status import is_set
from lrs.outcomes.rules.language import COMPLETED
from lrs.record import PARTNER_ASSERTED, Source
from storage import definitions, skills, spaces, tags
from storage.definitions import Definition
from tests.storage.samples import now

if TYPE_CHECKING:
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

    def settle(self) -> None:
        """Let the followers make anew what has changed."""
        self.installation.follow()

    def verify(self, content: bytes) -> dict[str, Any]:
        """Check a credential by the keys that the space publishes."""
        document = json.loads(self.installation.visitor().get("/s/haiphong/did.json").text)
        keys = {each["id"]: from_multibase(each["publicKeyMultibase"])[2:] for each in document["verificationMethod"]}
        found = reading.read(content)
        proof.verify(found, keys.get)
        return found


@pytest.fixture
def town(embedded: Installation) -> Town:
    return Town(embedded)


def test_a_skill_fills_part_by_part_from_any_source_and_its_badge_holds(embedded: Installation, town: Town) -> None:
    learner, mentor = embedded.person("learner"), embedded.person("mentor")
    asked = town.ask(tag="kỹ năng số: thanh toán", tagged="1", others=ELSEWHERE, confirmed="yes")
    assert asked.status_code == 303
    town.settle()
    assert "0 trong 3 phần" in learner.get(AT).text
    assert "0 trong 5 kỹ năng" in learner.get("/s/haiphong/").text

    town.say(learner, PAYING)
    assert "1 trong 3 phần" in learner.get(AT).text
    town.say(learner, ELSEWHERE)
    assert "2 trong 3 phần" in learner.get(AT).text
    at = f"/s/haiphong/people/{learner.account}/achievements/{town.rule()}"
    own = f"{embedded.public_url}/s/haiphong/skills/{town.paying.id}"
    assert mentor.post(at, form_at=at, data={"activity": own}).status_code == 303
    embedded.follow()

    assert "Giỏi lắm! Bạn đã có kỹ năng “Thanh toán trực tuyến”" in learner.get("/s/haiphong/").text
    assert "Giỏi lắm!" in learner.get(AT).text
    assert "Giỏi lắm!" not in learner.get(AT).text  # once
    assert "1 trong 5 kỹ năng" in learner.get("/s/haiphong/").text
    where = f"{AT}/badges/{town.rule()}"
    assert learner.get(f"{where}.json").status_code == 409  # who is nobody yet has no badge
    page = f"/s/haiphong/people/{learner.account}"
    assert town.boss.post(page, form_at=page, data={"name": "Trần Thị Mơ"}).status_code == 303
    assert "Lưu hình huy hiệu" in learner.get(where).text

    content = learner.get(f"{where}.json").data
    baked = learner.get(f"{where}.svg").data
    found = town.verify(content)
    subject = found["credentialSubject"]
    assert subject["achievement"]["achievementType"] == "Badge"
    assert subject["achievement"]["name"] == "Thanh toán trực tuyến"
    assert town.verify(extract(baked))["id"] == found["id"]
    for altered in (content.replace(b"Thanh to", b"Thanh tO"), content.replace(b'"Badge"', b'"Badgf"')):
        with pytest.raises((NotProved, NotACredential)):
            town.verify(altered)

    visitor = embedded.visitor()
    shown = visitor.get(f"/s/haiphong/verify/{subject['licenseNumber']}").text
    assert "Huy hiệu kỹ năng" in shown
    assert "Thật, còn giá trị" in shown or "Genuine" in shown or "✓" in shown
    assert visitor.get(subject["achievement"]["image"]["id"].removeprefix(embedded.public_url)).status_code == 200
    status = found["credentialStatus"]
    listed = visitor.get(status["statusListCredential"].removeprefix(embedded.public_url)).data
    bits = town.verify(listed)["credentialSubject"]["encodedList"]
    assert not is_set(bits, int(status["statusListIndex"]))
