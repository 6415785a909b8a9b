"""A new space: what it is called, and the link by which its first owner comes in. Read at the edge, trusted inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _

from lrs.catalogue import LANGUAGES
from lrs.errors import NotEmpty
from lrs.hosts import is_reserved, is_slug
from lrs.people import words
from lrs.people.accounts import LINK_LASTS
from lrs.people.identity import NotUnderstood, line
from lrs.platform import deeds
from storage import platform, spaces
from storage.database import Tx
from storage.errors import Taken
from storage.platform import FirstOwner


@dataclass(frozen=True, slots=True)
class NewSpace:
    """A short name that can stand in a host, the name people read, and the language they read it in."""

    slug: str
    name: str
    language: str = LANGUAGES[0]

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read what a form says; NotUnderstood names the field."""
        name, language = line("name", given.get("name", "")), given.get("language", LANGUAGES[0])
        slug = _slug(given.get("slug", "").strip().lower())
        if not name:
            raise NotUnderstood("name", _("A space has a name that people read."))
        if language not in LANGUAGES:
            raise NotUnderstood("language", _("Choose one of the languages."))
        return cls(slug, name, language)

    def add(self, tx: Tx, session: UUID | None = None) -> None:
        """Make the space; NotUnderstood where there is one of that short name."""
        try:
            spaces.add(tx, self.slug, self.name, self.language, datetime.now(UTC))
        except Taken:
            raise NotUnderstood(
                "slug", _("There is a space called %(slug)s already. Choose another short name.", slug=self.slug)
            ) from None
        deeds.note(tx, deeds.SPACE, self.slug, session=session)


def _slug(text: str) -> str:
    if not text:
        raise NotUnderstood("slug", _("A space has a short name, which stands in its address."))
    if is_reserved(text):
        raise NotUnderstood(
            "slug", _("%(slug)s is kept for the service’s own addresses. Choose another short name.", slug=text)
        )
    if not is_slug(text):
        raise NotUnderstood(
            "slug",
            _(
                "A short name has letters from a to z without accents, digits and hyphens, 63 at most; no hyphen begins or ends it."
            ),
        )
    return text


def let_first_owner_in(tx: Tx, slug: str, session: UUID | None = None) -> str:
    """Make the first account of a space, an owner's; give back the word of its link, or refuse where somebody is already."""
    now, word = datetime.now(UTC), words.new()
    owner = FirstOwner(uuid4(), words.digest(word), now, now + LINK_LASTS, uuid4())
    if not platform.let_first_owner_in(tx, slug, owner):
        raise NotEmpty
    deeds.note(tx, deeds.OWNER, slug, session=session)
    return word
