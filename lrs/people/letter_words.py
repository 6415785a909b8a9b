"""What letters say, in the language of the moment: short, one thing to do, and whom to go to if it is not right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from flask_babel import format_datetime
from flask_babel import gettext as _

from lrs.people import letters
from lrs.people.letters import Reminder


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate: for what, and until when it holds."""

    course: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a letter needs to know."""

    name: str
    space: str
    asked: datetime
    address: str = ""
    """Of the link, if it has one."""
    until: datetime | None = None
    reminder: Reminder | None = None
    """What somebody is reminded of."""
    paper: Paper | None = None
    """The certificate that it is about."""


@dataclass(frozen=True, slots=True)
class Words:
    """A letter in words: a subject, what comes before the button, and what after it."""

    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    button: str = ""
    """What the link does, if it does not let in."""


def write(kind: str, about: About) -> tuple[str, str, str]:
    """Write a letter: its subject, its plain text, its HTML."""
    words = _KINDS[kind](about)
    greeting = _("Hello %(name)s,", name=about.name) if about.name else _("Hello,")
    footer = _("%(space)s has written this letter by itself. Nobody reads answers to it.", space=about.space)
    template = current_app.jinja_env.get_template("letter.html")
    html = template.render(words=words, about=about, greeting=greeting, footer=footer)
    way = _("%(what)s: open this address", what=words.button) if words.button else _("Open this address to come in:")
    link = [way, about.address] if about.address else []
    lines = [greeting, *words.before, *link, *words.after, f"-- \n{footer}"]
    return words.subject, "\n\n".join(lines) + "\n", html


def _activate(about: About) -> Words:
    return Words(
        _("Your link to come in – %(space)s", space=about.space),
        (
            _("An account has been made for you at %(space)s.", space=about.space),
            _("Press the button to come in. Then choose a password, so that you can come back."),
        ),
        (_once(about), _not_expected()),
    )


def _recover(about: About) -> Words:
    return Words(
        _("Your new link to come in – %(space)s", space=about.space),
        (
            _("Somebody who looks after people at %(space)s has made a new link for you.", space=about.space),
            _("Press the button to come in, and choose a new password. You keep everything you have learnt."),
        ),
        (_once(about), _not_expected()),
    )


def _forgotten(about: About) -> Words:
    return Words(
        _("Your new link to come in – %(space)s", space=about.space),
        (
            _("Somebody, most likely you, has asked for a new link at %(space)s.", space=about.space),
            _("Press the button to come in, and choose a new password. You keep everything you have learnt."),
        ),
        (
            _once(about),
            _("It was not you? Then you need not do anything: your password stays as it is."),
        ),
    )


def _password(about: About) -> Words:
    return Words(
        _("Your password has been changed – %(space)s", space=about.space),
        (
            _(
                "The password of your account at %(space)s was changed at %(moment)s.",
                space=about.space,
                moment=_moment(about.asked),
            ),
            _("Was it you? Then all is well, and you need not do anything."),
        ),
        (_not_me(),),
    )


def _email(about: About) -> Words:
    return Words(
        _("Your e-mail address has been changed – %(space)s", space=about.space),
        (
            _(
                "Your account at %(space)s no longer uses this e-mail address since %(moment)s.",
                space=about.space,
                moment=_moment(about.asked),
            ),
            _("Did you know? Then all is well, and you need not do anything."),
        ),
        (_not_me(),),
    )


def _reminder(about: About) -> Words:
    course, day = (about.reminder.title, f"{about.reminder.deadline:%d/%m/%Y}") if about.reminder else ("", "")
    return Words(
        _("“%(course)s” ends on %(day)s – %(space)s", course=course, day=day, space=about.space),
        (
            _(
                "You are learning “%(course)s” at %(space)s. Its last day is %(day)s.",
                course=course,
                space=about.space,
                day=day,
            ),
            _("What you have learnt is kept: press the button, sign in, and go on where you were."),
        ),
        (_("Have you completed it meanwhile? Then you need not do anything."),),
    )


def _paper(about: About) -> Words:
    course = about.paper.course if about.paper else ""
    until = "" if about.until is None else _moment(about.until)
    return Words(
        _("Your certificate for “%(course)s” – %(space)s", course=course, space=about.space),
        (
            _("You have completed “%(course)s”. Your certificate is there.", course=course),
            _("Press the button to look at it, to keep it as a file and to print it. You need no password for that."),
        ),
        (
            _(
                "The button works until %(moment)s. After that you find the certificate among your results, when you have signed in.",
                moment=until,
            ),
            _("Whoever has this letter can open your certificate: pass it on only to people who may see it."),
        ),
        _("Look at my certificate"),
    )


def _paper_ends(about: About) -> Words:
    course = about.paper.course if about.paper else ""
    day = f"{about.paper.until:%d/%m/%Y}" if about.paper and about.paper.until else ""
    return Words(
        _(
            "Your certificate for “%(course)s” holds until %(day)s – %(space)s",
            course=course,
            day=day,
            space=about.space,
        ),
        (
            _("Your certificate for “%(course)s” holds until %(day)s.", course=course, day=day),
            _("Do you need it longer? Press the button and sign in: you see what to complete once more for a new one."),
        ),
        (_("You do not need it any more? Then you need not do anything. It stays valid until that day."),),
        _("Renew my certificate"),
    )


_KINDS: dict[str, Callable[[About], Words]] = {
    letters.ACTIVATE: _activate,
    letters.RECOVER: _recover,
    letters.FORGOTTEN: _forgotten,
    letters.PASSWORD: _password,
    letters.EMAIL: _email,
    letters.REMINDER: _reminder,
    letters.PAPER: _paper,
    letters.PAPER_ENDS: _paper_ends,
}


def _once(about: About) -> str:
    until = "" if about.until is None else _moment(about.until)
    said: str = _(
        "It works once, until %(moment)s. Whoever has it can come in as you: pass it on to nobody.", moment=until
    )
    return said


def _not_expected() -> str:
    said: str = _("You do not know what this is about? Then you need not do anything.")
    return said


def _not_me() -> str:
    said: str = _(
        "It was not you? Go today to the person who looks after your class or office. They can make you a new link at once."
    )
    return said


def _moment(at: datetime) -> str:
    said: str = format_datetime(at, "HH:mm dd/MM/yyyy")
    return said
