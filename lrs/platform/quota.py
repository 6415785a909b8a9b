"""How much room the lessons of a space have: said above the spaces, on the page of the platform or on the command line."""

from uuid import UUID

from flask_babel import lazy_gettext as _

from lrs.amounts import read_size, written
from lrs.people.identity import NotUnderstood
from lrs.platform import deeds
from storage import spaces
from storage.database import Tx


def read(text: str) -> int | None:
    """Read what a form or a command says; nothing is no limit."""
    if not text.strip():
        return None
    try:
        return read_size(text)
    except ValueError:
        raise NotUnderstood("quota", _("Write it like 500 MB, 20 GB or 1.5 TB; nothing means no limit.")) from None


def write(most: int | None) -> str:
    """Write it as it can be read again."""
    return "" if most is None else written(most)


def set_to(tx: Tx, slug: str, most: int | None, session: UUID | None = None) -> None:
    """Let it hold from now on; what lies there already stays."""
    spaces.set_quota(tx, slug, most)
    deeds.note(tx, deeds.QUOTA, slug, session=session)
