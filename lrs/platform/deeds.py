"""The log of the platform: what was done above all spaces, in which session. No line names a person."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from storage import platform
from storage.database import Tx
from storage.platform import PlatformDeed

LINK, CAME, LEFT, ENDED = "link.made", "link.used", "signed.out", "session.ended"
SPACE, OWNER, QUOTA = "space.made", "owner.link", "quota.set"

WORDS: dict[str, LazyString] = {
    LINK: _("printed a link to the platform"),
    CAME: _("came in by a link"),
    LEFT: _("signed out"),
    ENDED: _("ended another session"),
    SPACE: _("made a space"),
    OWNER: _("made the link of its first owner"),
    QUOTA: _("said how much room its lessons have"),
}


def note(tx: Tx, act: str, slug: str | None = None, *, session: UUID | None = None) -> None:
    """Write one deed down, in the transaction that does it; without a session it is the command line's."""
    platform.add_deed(tx, PlatformDeed(uuid4(), datetime.now(UTC), session, act, slug))
