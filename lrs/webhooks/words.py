"""Events, states and reasons in the words of those who look after a space."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.webhooks import answers, events
from storage import webhooks

EVENTS: dict[str, LazyString] = {
    events.REMINDER: _("a learner is to be reminded of the last day of a course"),
    events.AWARD: _("somebody has completed a lesson, or met another rule"),
    events.COURSE: _("somebody has completed a course"),
    events.ISSUED: _("a certificate was issued"),
    events.REVOKED: _("a certificate was taken back"),
    events.TEST: _("a test"),
}

STATES: dict[str, LazyString] = {
    webhooks.ACTIVE: _("is told"),
    webhooks.PAUSED: _("paused"),
    webhooks.FAILING: _("paused, since it has not answered for three days"),
    webhooks.GONE: _("paused, since it wants to be told nothing more"),
}

REASONS: dict[str, LazyString] = {
    answers.DONE: _("delivered"),
    answers.NO_NAME: _("Nobody knows the name in the address. Look at the address once more."),
    answers.FORBIDDEN: _(
        "The address leads into a network that this service may not reach. Whoever runs this service can allow it."
    ),
    answers.AWAY: _("Nobody answers at this address."),
    answers.SLOW: _("The other system took too long to answer."),
    answers.TLS: _("The other system cannot prove who it is: its certificate is missing, out of date, or another’s."),
    answers.BROKEN: _("What answered there is not made for this."),
    answers.GONE: _("The other system wants to be told nothing more."),
    answers.MOVED: _("The other system has moved. Ask for its new address."),
    answers.DENIED: _("The other system does not let us in. Ask whether it knows our secret."),
    answers.NOWHERE: _("The other system has nothing at this address. Look at the address once more."),
    answers.BUSY: _("The other system asks us to come back later."),
    answers.TROUBLE: _("The other system has a fault of its own."),
    answers.REFUSED: _("The other system does not want this event."),
    "late": _("It could not be sent in time."),
    "closed": _("The account was closed."),
    "over": _("It was not needed any more: the course was completed or left."),
    "unopened": _("Its secret can no longer be read. Remove the address and add it anew."),
}
