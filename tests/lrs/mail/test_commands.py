"""`haidang mail test` sends one letter and says what the server said; `haidang doctor` looks and sends none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrs.diagnosis import examine
from tests.lrs.mail.mailroom import PASSWORD, USER, Mailroom, mailroom
from tests.parts.installations import Installation
from tests.parts.ports import free_port
from wsgi import create_app

if TYPE_CHECKING:
    from lrs.diagnosis import Finding

TO = ("mail", "test", "--to", "operator@example.org")


def with_mail(embedded: Installation, room: Mailroom, **more: str) -> Installation:
    """Build the same installation anew, with a mail server."""
    environ = embedded.environ | room.environ | more
    return Installation(environ, create_app(environ))


def mail_in(made: Installation) -> Finding:
    """Look at the mail server."""
    with made.app.app_context():
        return next(found for found in examine(made.services) if found.part == "mail")


def test_one_letter_is_sent(embedded: Installation) -> None:
    with mailroom() as room:
        told = with_mail(embedded, room).haidang(*TO)

    (taken,) = room.got
    assert taken.to == ["operator@example.org"]
    assert taken.id == f"<{told['sent']}>"


def test_what_the_server_says_is_said_and_not_in_its_words(embedded: Installation) -> None:
    with mailroom() as room:
        made = with_mail(embedded, room)
        room.recipient = lambda _: "550 5.1.1 operator@example.org is unknown"
        assert "550 5.1.1" in made.haidang(*TO, code=1)["error"]
        assert "no e-mail address" in made.haidang("mail", "test", "--to", "nobody", code=1)["error"]

    assert "HAIDANG_SMTP_HOST" in made.haidang(*TO, code=1)["error"]
    assert "HAIDANG_SMTP_HOST" in embedded.haidang(*TO, code=1)["error"]


def test_the_doctor_looks_and_sends_nothing(embedded: Installation) -> None:
    with mailroom() as room:
        fine = mail_in(with_mail(embedded, room))

    assert (fine.fine, fine.warning) == (True, False)
    assert room.got == []


def test_the_doctor_says_what_to_do(embedded: Installation) -> None:
    away = mail_in(with_mail(embedded, Mailroom(free_port())))
    assert not away.fine
    assert "HAIDANG_SMTP_PORT" in away.advice

    with mailroom(password=PASSWORD) as room:
        wrong = mail_in(with_mail(embedded, room, HAIDANG_SMTP_USER=USER, HAIDANG_SMTP_PASSWORD="hidden"))
        bare = mail_in(with_mail(embedded, room, HAIDANG_SMTP_USER=USER, HAIDANG_SMTP_PASSWORD=PASSWORD))
    assert not wrong.fine
    assert "HAIDANG_SMTP_USER" in wrong.advice
    assert "hidden" not in wrong.seen + wrong.advice
    assert (bare.fine, bare.warning) == (True, True)
    assert "HAIDANG_SMTP_TLS" in bare.advice
