"""What deeds are called where people read the audit log."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.people import audit

DEEDS: dict[str, LazyString] = {
    audit.LOOKED: _("looked at who people are"),
    audit.ADDED: _("added a person"),
    audit.CHANGED: _("changed what is known of a person"),
    audit.ROLE: _("gave a person another role"),
    audit.CLOSED: _("closed an account"),
    audit.OPENED: _("opened an account again"),
    audit.LINK: _("made a link to come in"),
    audit.CAME_BY_LINK: _("came in by a link"),
    audit.PASSWORD: _("set a password"),
    audit.ENDED: _("signed out on other devices"),
    audit.SIGNED_IN: _("signed in with a password"),
    audit.UNIT_MADE: _("made a unit"),
    audit.UNIT_MOVED: _("put a unit under another"),
    audit.UNIT_ENDED: _("dissolved a unit"),
    audit.UNIT_RENAMED: _("renamed a unit"),
    audit.JOINED: _("gave a person a unit"),
    audit.REGISTERED: _("registered by themselves"),
    audit.CLAIMED: _("took over what was learnt without a name"),
    audit.DOORS: _("said who may register by themselves"),
    audit.LESSON_OPENED: _("opened a lesson to everybody"),
    audit.LESSON_CLOSED: _("closed a lesson that was open to everybody"),
    audit.KEY_MADE: _("made a key for a program"),
    audit.KEY_REVOKED: _("took a key back"),
}

FIELDS: dict[str, LazyString] = {
    "name": _("Name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "staff_code": _("Staff code"),
    "number": _("Learner number"),
    "contact": _("Contact, not confirmed"),
}

SCOPE_WORDS: dict[str, LazyString] = {
    "statements/write": _("write statements"),
    "statements/read": _("read statements"),
    "statements/read/mine": _("read the statements it wrote itself"),
    "state": _("keep and read states of lessons"),
    "profile": _("keep and read profiles"),
    "define": _("describe activities"),
    "all/read": _("read everything in the record"),
    "all": _("everything in the record"),
    "packages/write": _("publish lessons"),
}
