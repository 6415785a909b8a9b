"""What deeds are called where people read the audit log."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.people import audit, letters

DEEDS: dict[str, LazyString] = {
    audit.LOOKED: _("looked at who people are"),
    audit.ADDED: _("added a person"),
    audit.CHANGED: _("changed what is known of a person"),
    audit.ROLE: _("gave a person another role"),
    audit.CLOSED: _("closed an account"),
    audit.OPENED: _("opened an account again"),
    audit.LINK: _("made a link to come in"),
    audit.MAILED: _("sent a link to come in by e-mail"),
    audit.ASKED: _("sent a link to somebody who asked for it on the sign-in page"),
    audit.HURRIED: _("had waiting letters tried again"),
    audit.CAME_BY_LINK: _("came in by a link"),
    audit.PASSWORD: _("set a password"),
    audit.ENDED: _("signed out on other devices"),
    audit.SIGNED_IN: _("signed in with a password"),
    audit.UNIT_MADE: _("made a unit"),
    audit.UNIT_MOVED: _("put a unit under another"),
    audit.UNIT_ENDED: _("dissolved a unit"),
    audit.UNIT_RENAMED: _("renamed a unit"),
    audit.JOINED: _("gave a person a unit"),
    audit.SPACE_CHANGED: _("changed the settings of the space"),
    audit.REGISTERED: _("registered by themselves"),
    audit.CLAIMED: _("took over what was learnt without a name"),
    audit.DOORS: _("said who may register by themselves"),
    audit.LESSON_OPENED: _("opened a lesson to everybody"),
    audit.LESSON_CLOSED: _("closed a lesson that was open to everybody"),
    audit.COURSE_MADE: _("made a course"),
    audit.COURSE_PUBLISHED: _("published a course"),
    audit.COURSE_OPENED: _("opened a course to everybody"),
    audit.COURSE_CLOSED: _("closed a course that was open to everybody"),
    audit.CODE_GIVEN: _("let people join a course with its code"),
    audit.CODE_TAKEN: _("let nobody join a course with its code any more"),
    audit.BATCH_MADE: _("made a batch of a course"),
    audit.BATCH_CHANGED: _("changed a batch of a course"),
    audit.ENROLLED: _("put people into a course"),
    audit.EXPORTED: _("took the progress of a course away as a file"),
    audit.COURSE_LEFT: _("left a course, or took somebody out of it"),
    audit.LESSON_TAGGED: _("gave a lesson tags"),
    audit.KEY_MADE: _("made a key for a program"),
    audit.KEY_REVOKED: _("took a key back"),
    audit.RULE_ADDED: _("made a rule"),
    audit.RULE_CHANGED: _("changed a rule"),
    audit.RULE_ENDED: _("ended a rule"),
    audit.RULE_RESUMED: _("let a rule hold again"),
    audit.RULE_PAPER: _("said which certificate a rule gives"),
    audit.SKILLS_CHANGED: _("changed the skills, or what counts for them"),
    audit.SKILLS_TAKEN: _("took away as a file who has which skill"),
    audit.PAPERS_TAKEN: _("took certificates away as a file"),
    audit.REVIEWED: _("decided whether somebody keeps what they completed"),
    audit.CONFIRMED: _("confirmed that somebody can do something"),
    audit.ACTOR_KNOWN: _("said who a person is in another system"),
    audit.ACTOR_PASSED: _("passed over somebody from another system"),
    audit.ACTOR_FORGOTTEN: _("took back who a person is in another system"),
    audit.ISSUING_ROTATED: _("made a new key for signing certificates"),
    audit.ISSUING_WITHDRAWN: _("withdrew a key that certificates were signed with"),
    audit.TEMPLATE: _("saved a template for certificates"),
    audit.WEBHOOK_ADDED: _("had another system told of events"),
    audit.WEBHOOK_CHANGED: _("changed what another system is told"),
    audit.WEBHOOK_PAUSED: _("had another system told nothing for now"),
    audit.WEBHOOK_RESUMED: _("had another system told of events again"),
    audit.WEBHOOK_GIVEN_UP: _("gave up telling another system, which did not answer"),
    audit.WEBHOOK_ROTATED: _("made a new secret for another system"),
    audit.WEBHOOK_REMOVED: _("had another system told nothing any more"),
    audit.CONTACT_TOLD: _("told another system who people are"),
    audit.TAKEN_BACK: _("took a certificate back"),
    audit.NAMED_ANEW: _("issued a certificate anew with another name"),
    audit.PAPER_LINK: _("made a link that opens a certificate"),
    audit.PAPER_LINKS_ENDED: _("ended the links that opened a certificate"),
    audit.PAPER_SENT: _("sent a certificate by e-mail"),
    audit.PAPERS_ASKED: _("had something done to many certificates"),
}

FIELDS: dict[str, LazyString] = {
    "name": _("Name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "staff_code": _("Staff code"),
    "number": _("Learner number"),
    "contact": _("Contact, not confirmed"),
}

SETTINGS: dict[str, LazyString] = {
    "name": _("Name"),
    "language": _("Language to begin with"),
    "languages": _("Languages that people may choose"),
    "zone": _("Time zone"),
    "emblem": _("Emblem"),
    "quota": _("Room for lessons"),
}

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
"""Each in its own words: whoever looks for it reads it."""
LETTERS: dict[str, LazyString] = {
    letters.ACTIVATE: _("a link to come in for the first time"),
    letters.RECOVER: _("a link to come in again"),
    letters.FORGOTTEN: _("a link that was asked for on the sign-in page"),
    letters.PASSWORD: _("word that the password was changed"),
    letters.REMINDER: _("a reminder of the last day of a course"),
    letters.EMAIL: _("word that the e-mail address was changed"),
    letters.PAPER: _("a certificate"),
    letters.PAPER_ENDS: _("word that a certificate ends soon"),
}

REASONS: dict[str, LazyString] = {
    "no_mailbox": _("There is no such mailbox. Look at the address once more."),
    "mailbox_full": _("The mailbox is full."),
    "refused": _("The other mail server does not want it."),
    "no_utf8": _("Our mail server cannot write to this address."),
    "late": _("It could not be sent in time."),
    "closed": _("The account was closed."),
    "no_address": _("No e-mail address is known any more."),
    "unopened": _("What it was about can no longer be read."),
}
"""Why a letter was not sent, in the words of those who look after people."""

DELAYS: dict[str, LazyString] = {
    "AskedToWait": _("The other mail server asks us to come back later."),
    "ServerAway": _("Our mail server does not answer. Tell whoever runs this service."),
    "ServerUnwilling": _("Our mail server does not let us in. Tell whoever runs this service."),
}
"""Why a letter still waits, by the kind of the last error."""

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
