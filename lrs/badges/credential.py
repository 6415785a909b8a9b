"""The credential of one certificate, or of a badge: Open Badges 3.0, with as much of its owner as its owner allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from lrs.badges.terms import BADGES, CREDENTIALS


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who says it."""

    did: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Of whom it is said: a name, or with a salt only its hash, which proves a name to whoever knows both."""

    name: str
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that everybody may see, and what is on it."""

    address: str
    caption: str


@dataclass(frozen=True, slots=True)
class Completed:
    """What was completed, and what had to be done for it."""

    id: UUID
    name: str
    criteria: str
    language: str = "vi"
    kind: str = "Certificate"
    """One of the standard's types of achievement."""
    description: str = ""
    """What it is; the criteria, if nothing is said."""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a status list."""

    address: str
    index: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """All that a credential tells."""

    id: UUID
    number: str
    issuer: Issuer
    holder: Holder
    completed: Completed
    awarded: datetime
    until: datetime | None
    status: Place


def credential(certificate: Certificate) -> dict[str, Any]:
    """Write the credential, without a proof."""
    completed = certificate.completed
    awarded = moment(certificate.awarded)
    written = {
        "@context": [CREDENTIALS, BADGES],
        "id": certificate.id.urn,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": completed.name,
        "issuer": profile(certificate.issuer),
        "validFrom": awarded,
        "awardedDate": awarded,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [_identity(certificate.holder)],
            "licenseNumber": certificate.number,
            "achievement": _achievement(completed),
        },
        "credentialStatus": {
            "id": f"{certificate.status.address}#{certificate.status.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(certificate.status.index),
            "statusListCredential": certificate.status.address,
        },
    }
    return written if certificate.until is None else written | {"validUntil": moment(certificate.until)}


def _achievement(completed: Completed) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": completed.id.urn,
        "type": ["Achievement"],
        "achievementType": completed.kind,
        "name": completed.name,
        "description": completed.description or completed.criteria,
        "criteria": {"narrative": completed.criteria},
        "inLanguage": completed.language,
    }
    if completed.picture is None:
        return written
    return written | {"image": {"id": completed.picture.address, "type": "Image", "caption": completed.picture.caption}}


def profile(issuer: Issuer) -> dict[str, Any]:
    """Say who issues."""
    return {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.url}


def moment(when: datetime) -> str:
    """Write a moment, to the second."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _identity(holder: Holder) -> Mapping[str, Any]:
    said = {"type": "IdentityObject", "identityType": "name", "hashed": bool(holder.salt)}
    if not holder.salt:
        return said | {"identityHash": holder.name}
    digest = sha256(f"{holder.name}{holder.salt}".encode()).hexdigest()
    return said | {"identityHash": f"sha256${digest}", "salt": holder.salt}
