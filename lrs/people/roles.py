"""What the roles of a space are called, and which of them stand above others."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.access import ADMINISTRATOR, AUDITOR, AUTHOR, LEARNER, MENTOR, OWNER

RANKS = {OWNER: 3, ADMINISTRATOR: 2, AUTHOR: 1, MENTOR: 1, AUDITOR: 1, LEARNER: 0}
"""Nobody gives, takes or closes what stands above their own."""

KEEPERS = (OWNER, ADMINISTRATOR)
"""Who looks after a space: its people, units and keys."""

WORDS: dict[str, LazyString] = {
    LEARNER: _("learner"),
    MENTOR: _("mentor"),
    AUTHOR: _("author"),
    AUDITOR: _("auditor"),
    ADMINISTRATOR: _("administrator"),
    OWNER: _("owner"),
}

MAY: dict[str, LazyString] = {
    LEARNER: _("learns"),
    MENTOR: _("learns, and helps learners who cannot get in"),
    AUTHOR: _("learns, and adds lessons"),
    AUDITOR: _("reads people and the log, and changes nothing"),
    ADMINISTRATOR: _("adds people and lessons, and helps those who cannot get in"),
    OWNER: _("may do everything in this space"),
}


def given_by(role: str | None) -> list[str]:
    """List the roles that somebody may give, those that are given most first."""
    own = RANKS.get(role or "", -1)
    return [each for each in WORDS if RANKS[each] <= own] if role in KEEPERS else []
