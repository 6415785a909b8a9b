"""Badges: a credential for a skill, or for the whole set, made when its owner asks for it the first time (docs/skills.md, Badges)."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson
from flask_babel import lazy_gettext as _

from lrs.badges.baking import bake
from lrs.badges.credential import Certificate, Completed, Holder, Issuer, Picture, Place, credential, moment
from lrs.badges.proof import sign
from lrs.badges.status import PLACES
from lrs.certificates.number import new_code, spaced
from lrs.errors import NotFound, Trouble
from lrs.issuing import keys as issuing_keys
from lrs.issuing import status
from lrs.issuing.did import method
from lrs.issuing.proving import issuer_of
from lrs.keys import Keys
from lrs.outcomes import versions
from lrs.outcomes.rules.sentence import sentence
from lrs.outcomes.rules.words import words
from lrs.skills import picture
from lrs.skills.keeping import said
from storage import awards, rules, skill_badges, skills
from storage.database import Tx
from storage.skill_badges import BadgeRow
from storage.spaces import SpaceRow

_FULL = PLACES // 2
"""Beyond it a random place is too often taken, and soon tells how many there are."""


class NamelessBadge(Trouble):
    """Somebody whose name is not known asks for a badge."""

    status = 409
    title = _("Your name is not known here yet")
    advice = _("A badge says who has earned it. Ask somebody who looks after your learning to write your name down.")


@dataclass(frozen=True, slots=True)
class Told:
    """What a badge says of what was learned, in the words of the day on which it was made."""

    name: str
    says: str
    criteria: str
    picture: str
    language: str


@dataclass(frozen=True, slots=True)
class Mint:
    """Whoever makes badges of a space; its first key is made when it is needed, so the transaction writes."""

    tx: Tx
    keys: Keys
    public_url: str
    space: SpaceRow

    @property
    def issuer(self) -> Issuer:
        """Who says it."""
        return issuer_of(self.public_url, self.space)

    def badge(self, account_id: UUID, rule_id: UUID) -> BadgeRow:
        """Give the badge that somebody has earned by a rule of a skill or of the set, made now if they never asked; else NotFound."""
        held = awards.holders(self.tx, rule_id, [account_id]).get(account_id, [])
        if not held or not skills.is_of_one(self.tx, rule_id):
            raise NotFound
        first = held[-1]
        while True:
            before = skill_badges.of_rule(self.tx, account_id, rule_id)
            valid = next((row for row in before if row.revoked is None), None)
            if valid is not None:
                return valid
            number, taken = skill_badges.newest(self.tx)
            # One name for the first, another for each that follows one that was taken back: who asks twice at once gets the same one.
            skill_badges.add(
                self.tx,
                BadgeRow(
                    uuid5(rule_id, f"{account_id.hex} {len(before)}"),
                    account_id,
                    rule_id,
                    new_code(),
                    orjson.dumps(self._told(rule_id, first.version_id)).decode(),
                    first.reached,
                    datetime.now(UTC),
                    max(number, 1) if taken < _FULL else number + 1,
                    secrets.randbelow(PLACES),
                ),
            )

    def credential(self, row: BadgeRow, name: str) -> bytes:
        """Sign the credential, in somebody's name of today."""
        if not name:
            raise NamelessBadge
        by, issuer, about = issuing_keys.signer(self.tx, self.keys), self.issuer, told(row)
        written = credential(
            Certificate(
                row.id,
                spaced(row.code),
                issuer,
                Holder(name),
                Completed(
                    uuid5(NAMESPACE_URL, f"{issuer.url}/skills/{row.rule_id}"),
                    about.name,
                    about.criteria,
                    about.language,
                    "Badge",
                    about.says or about.criteria,
                    Picture(f"{issuer.url}/skills/pictures/{about.picture}.svg", about.name),
                ),
                row.reached,
                None,
                Place(list_address(issuer, row.list), row.place),
            )
        )
        proved: dict[str, Any] = sign(written, by.private, method(issuer.did, by.public), moment(datetime.now(UTC)))
        return orjson.dumps(proved, option=orjson.OPT_INDENT_2)

    def baked(self, row: BadgeRow, name: str) -> bytes:
        """Draw the picture with the credential in it."""
        about = told(row)
        return bake(picture.alone(about.picture, about.name), self.credential(row, name))

    def status_list(self, number: int) -> bytes | None:
        """Sign the list that says which badges are revoked; None where there is none."""
        if not 1 <= number <= skill_badges.newest(self.tx)[0]:
            return None
        address = list_address(self.issuer, number)
        return status.signed(self.tx, self.keys, self.issuer, address, skill_badges.revoked(self.tx, number))

    def _told(self, rule_id: UUID, version_id: UUID) -> Told:
        language = self.space.language
        row, whole = skills.with_rule(self.tx, rule_id), skills.the_set(self.tx)
        (version,) = rules.versions(self.tx, [version_id])
        rule = versions.read(version)
        criteria = sentence(rule, words(language), versions.names(self.tx, [rule], language))
        if row is not None:
            return Told(said(row.titles, language), said(row.says, language), criteria, row.picture, language)
        title = said(whole.titles, language) if whole is not None else ""
        return Told(title, "", criteria, picture.OF_THE_SET, language)


def told(row: BadgeRow) -> Told:
    """Read what a badge says."""
    return Told(**orjson.loads(row.told))


def list_address(issuer: Issuer, number: int) -> str:
    """Tell where a status list of badges is."""
    return f"{issuer.url}/badges/skills/{number}"
