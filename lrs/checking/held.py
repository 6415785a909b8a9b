"""What somebody holds as a file, a signed PDF, a credential or a badge: whether this space issued it as it is, and what it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.x509.oid import NameOID

from lrs.badges import reading
from lrs.badges.baking import extract
from lrs.badges.errors import NotACredential, NotProved
from lrs.badges.proof import verify
from lrs.certificates.attached import credential_in
from lrs.certificates.signed import Chain, NotGenuine, check
from lrs.issuing.did import method
from storage.issuing import KeyRow

MOST_BYTES = 4_000_000
"""A page with three pictures of the largest size and all its letters has a third of it."""

_DAY = timedelta(days=1)
_KIND = "AchievementCredential"


class NothingOfOurs(Exception):
    """It is neither a PDF nor a credential: perhaps a picture, or a letter about it."""


class Altered(Exception):
    """It is not as this space issued it, or somebody else issued it."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is genuine."""

    certificate: UUID
    signer: str = ""
    """Who signed the PDF; nobody a credential alone."""
    drawn: bool = False
    """Whether it is a picture with a credential in it: what is drawn around it is signed by nobody."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose files are taken: the name of a space, its keys, and who signs its PDFs."""

    did: str
    keys: Sequence[KeyRow]
    chains: Iterable[Chain]

    def held(self, content: bytes) -> Held:
        """Find out which certificate a file is, or raise Altered or NothingOfOurs."""
        if content.startswith(b"%PDF-"):
            return self._pdf(content)
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return Held(self._credential(content))
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return self._picture(content)
        raise NothingOfOurs

    def _picture(self, content: bytes) -> Held:
        try:
            baked = extract(content)
        except NotACredential:
            raise NothingOfOurs from None
        return Held(self._credential(baked), drawn=True)

    def _pdf(self, content: bytes) -> Held:
        try:
            by = check(content, self.chains)
        except NotGenuine:
            raise Altered from None
        names = by.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        said = str(names[0].value) if names else by.subject.rfc4514_string()
        return Held(self._credential(credential_in(content)), said)

    def _credential(self, content: bytes) -> UUID:
        try:
            told = reading.read(content)
            verify(told, self._finder(told))
            if told["type"][1] != _KIND or told["issuer"]["id"] != self.did:
                raise Altered
            return UUID(told["id"])
        except (NotACredential, NotProved, ValueError, KeyError, TypeError, OverflowError):
            raise Altered from None

    def _finder(self, told: dict[str, Any]) -> Any:
        """Find keys of this space alone; one that was retired, only for what was signed before, and a withdrawn one never."""
        known = {method(self.did, key.public): key for key in self.keys if key.withdrawn is None}

        def find(name: str) -> bytes | None:
            key = known.get(name)
            if key is None:
                return None
            created = datetime.fromisoformat(told["proof"]["created"]).astimezone(UTC)
            return key.public if key.retired is None or created <= key.retired + _DAY else None

        return find
