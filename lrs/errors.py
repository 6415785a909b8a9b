"""What can go wrong, raised once where it is known; one place turns it into a page or into problem details (RFC 9457)."""

from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


class Trouble(Exception):
    """Something a caller can be told: a status, what happened, and what to do about it."""

    status: ClassVar[int] = 400
    title: ClassVar[LazyString] = _("This request cannot be carried out")
    advice: ClassVar[LazyString | None] = None
    retry_after: int | None = None

    def __init__(self, detail: str | LazyString | None = None) -> None:
        super().__init__(detail)
        self.detail = detail


class Malformed(Trouble):
    """What was sent cannot be read."""

    title = _("What was sent cannot be read")
    advice = _("Go back, check what you entered, and send it again.")


class SignInNeeded(Trouble):
    """Nobody is signed in here."""

    status = 401
    title = _("Please sign in")
    advice = _("If you have a link or a slip with a code, open that. With a password, press the button.")


class LinkNeeded(Trouble):
    """Nobody is signed in to the platform here."""

    status = 401
    title = _("Only the platform’s administrator comes in here")
    advice = _(
        "Whoever runs the service prints a link that works once: haidang platform link. A session ends after 12 hours."
    )


class KeyNeeded(Trouble):
    """A program came without a key that holds."""

    status = 401
    title = _("A key is needed")
    advice = _("Send a key and its secret with HTTP Basic authentication. An administrator makes them.")


class ScopeMissing(Trouble):
    """A program's key holds, and was not made for this."""

    status = 403
    title = _("This key may not do this")
    advice = _("Ask an administrator for a key with the scope that this needs.")


class WrongOrigin(Trouble):
    """A browser's key came from a page that it was not made for."""

    status = 403
    title = _("This key is not for this page")
    advice = _("Ask an administrator for a key that names the origin of your page.")


class NotItsActor(Trouble):
    """A key that is bound to one actor was used for another."""

    status = 403
    title = _("This key speaks for somebody else")
    advice = _("Nothing was saved. Open the lesson again: each launch comes with a key of its own.")


class NotForBrowsers(Trouble):
    """A browser's key asked for what everybody who opens the page would be able to do."""

    status = 403
    title = _("A key that browsers hold may not do this")
    advice = _("Nothing was changed. Do it from a server, with a key that nobody else can read.")


class NotAllowed(Trouble):
    """Somebody is signed in who may not do this."""

    status = 403
    title = _("This page is not for your account")
    advice = _("Go back to your start page. If you need this page, ask your administrator.")


class ForgedForm(Trouble):
    """A form did not come from our own page."""

    status = 403
    title = _("This form is too old or came from elsewhere")
    advice = _("Nothing was changed. Open the page again and send the form from there.")


class NotFound(Trouble):
    """There is nothing here, or nothing for this caller."""

    status = 404
    title = _("There is nothing at this address")
    advice = _("Check the address, or go back to the start page.")


class NotEmpty(Trouble):
    """A first owner was to be let into a space in which somebody has been, or is known already."""

    status = 409
    title = _("Somebody has an account in this space already")
    advice = _(
        "No link was made. Whoever looks after the space lets in everybody else. "
        "If nobody can get in any more, the command haidang account link makes another link."
    )


class LinkUsed(Trouble):
    """A one-time link was used already, or has expired, or never was."""

    status = 410
    title = _("This link no longer works")
    advice = _("Each link works once and for a limited time. Ask the person who gave it to you for a new one.")


class TooLarge(Trouble):
    """More was sent than is accepted."""

    status = 413
    title = _("This is too large")
    advice = _("Nothing was saved. Make the file smaller, or ask your administrator about the limit.")


class NotAFile(Trouble):
    """A file was to come, and the body says that it is a form without one."""

    status = 415
    title = _("This is not how a file is sent")
    advice = _("Send the file by itself as application/zip, or in a form as multipart/form-data.")


class TooManyRequests(Trouble):
    """A key asked more often than it may."""

    status = 429
    title = _("This key has asked too often")
    advice = _(
        "Nothing was saved. Wait as long as Retry-After says, then go on. Statements may be sent many at a time."
    )

    def __init__(self, detail: str | LazyString | None = None, *, seconds: int = 60) -> None:
        super().__init__(detail)
        self.retry_after = seconds


class Away(Trouble):
    """A part of the service does not answer at the moment."""

    status = 503
    title = _("The service is having a short break")
    advice = _("Nothing that was saved is lost. Please try again in a moment.")
    retry_after = 5


class NoRoom(Trouble):
    """The disk or the object store is full: whoever brings much has to know that waiting does not help."""

    status = 507
    title = _("There is no room left for this")
    advice = _("Nothing was saved. Tell your administrator; once there is room again, send it again.")
