"""Links that open one certificate without an account, for some days: of each nothing but a hash is kept (docs/certificates-sending.md)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from lrs.people import words
from storage import certificate_links
from storage.certificate_links import LinkRow
from storage.database import Tx

LASTS = timedelta(days=30)


def make(tx: Tx, certificate_id: UUID, actor: UUID | None) -> tuple[str, LinkRow]:
    """Make a link; give its word."""
    word = words.new()
    return word, keep(tx, word, certificate_id, datetime.now(UTC), actor)


def keep(tx: Tx, word: str, certificate_id: UUID, now: datetime, actor: UUID | None = None) -> LinkRow:
    """Keep the link of a word; one that is there already stays as it is."""
    link = LinkRow(words.digest(word), certificate_id, now, now + LASTS, actor_id=actor)
    certificate_links.add(tx, link)
    return certificate_links.find(tx, link.hash) or link
