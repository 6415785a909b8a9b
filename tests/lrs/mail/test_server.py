"""Letters are handed to a real mail server; what it answers, and whether it answers at all, decides what becomes of them."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from lrs import config
from lrs.mail import message
from lrs.mail.answers import Postponed, Refused, ServerAway, ServerTrouble, ServerUnwilling
from lrs.mail.message import Envelope
from lrs.mail.server import MailServer
from tests.lrs.mail.mailroom import BREAK_OFF, HANG, PASSWORD, SENDER, USER, Mailroom, mailroom
from tests.parts.certificates import certificate
from tests.parts.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TO = "hoa@example.org"


def server(room: Mailroom, **more: str) -> MailServer:
    found = MailServer.of(config.read(room.environ | more))
    assert found is not None
    return found


def send(to_server: MailServer, to: str = TO) -> None:
    envelope = Envelope(
        "1.2@app.lms.localhost", "Hải Phòng", SENDER, message.address(to), "Thư", "vi", datetime.now(UTC)
    )
    to_server.send(message.write(envelope, "Xin chào\n", "<p>Xin chào</p>"), envelope.to)


def test_a_letter_arrives_as_it_was_written() -> None:
    with mailroom() as room:
        send(server(room))

    (taken,) = room.got
    assert (taken.sender, taken.to, taken.encrypted) == (SENDER, [TO], False)
    assert taken.letter["From"] == f"Hải Phòng <{SENDER}>"
    assert (taken.text.strip(), taken.html.strip()) == ("Xin chào", "<p>Xin chào</p>")


def test_without_a_host_there_is_no_server() -> None:
    assert MailServer.of(config.read({})) is None


@pytest.fixture
def contexts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Make a certificate for localhost that is trusted here, and what a server needs of it."""
    shown, secret = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(shown, secret)
    return context


def test_starttls_encrypts_and_signs_in(contexts: ssl.SSLContext) -> None:
    with mailroom(starttls=contexts, password=PASSWORD) as room:
        there = server(room, HAIDANG_SMTP_TLS="starttls", HAIDANG_SMTP_USER=USER, HAIDANG_SMTP_PASSWORD=PASSWORD)
        assert there.look() == f"localhost:{room.port}, encrypted (starttls), signed in"
        assert room.got == []
        send(there)

    assert [(taken.encrypted, taken.user) for taken in room.got] == [(True, USER)]


def test_tls_encrypts_from_the_beginning(contexts: ssl.SSLContext) -> None:
    with mailroom(tls=contexts) as room:
        send(server(room, HAIDANG_SMTP_TLS="tls"))

    assert [taken.encrypted for taken in room.got] == [True]


def test_a_password_is_read_from_its_file_each_time(contexts: ssl.SSLContext, tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("an old one\n")
    with mailroom(starttls=contexts, password=PASSWORD) as room:
        there = server(room, HAIDANG_SMTP_TLS="starttls", HAIDANG_SMTP_USER=USER, HAIDANG_SMTP_PASSWORD_FILE=str(path))
        with pytest.raises(ServerUnwilling, match="does not let the user in") as refused:
            send(there)
        assert "HAIDANG_SMTP_PASSWORD_FILE" in refused.value.advice
        path.write_text(f"{PASSWORD}\n")
        send(there)
        path.unlink()
        with pytest.raises(ServerUnwilling, match="cannot read"):
            send(there)

    assert len(room.got) == 1


def test_a_server_that_does_not_encrypt_gets_neither_password_nor_letter() -> None:
    with mailroom() as room:
        there = server(room, HAIDANG_SMTP_TLS="starttls", HAIDANG_SMTP_USER=USER, HAIDANG_SMTP_PASSWORD=PASSWORD)
        with pytest.raises(ServerUnwilling, match="STARTTLS"):
            send(there)
        send(server(room))  # control: in plain text it would have taken it

    assert len(room.got) == 1


@pytest.mark.parametrize("kind", ["starttls", "tls"])
@pytest.mark.parametrize("trusted", [False, True])
def test_a_certificate_that_is_not_trusted_or_names_another_host_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, *, trusted: bool
) -> None:
    shown, secret = certificate(tmp_path, "mail.example.org" if trusted else "localhost")
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(shown, secret)

    with mailroom(**{kind: context}) as room:  # type: ignore[arg-type]
        with pytest.raises(ServerUnwilling, match="TLS") as refused:
            send(server(room, HAIDANG_SMTP_TLS=kind))
        assert "certificate" in refused.value.advice

    assert room.got == []


ANSWERS = [
    ("550 5.1.1 <hoa@example.org>: no such user", Refused, "550 5.1.1", "no_mailbox"),
    ("552 5.2.2 mailbox full", Refused, "552 5.2.2", "mailbox_full"),
    ("550 hoa@example.org is not welcome", Refused, "550", "refused"),
    ("554 5.7.1 spam", Refused, "554 5.7.1", "refused"),
    ("450 4.2.0 greylisted, hoa@example.org", Postponed, "450 4.2.0", ""),
    ("452 4.3.1 later", Postponed, "452 4.3.1", ""),
]


@pytest.mark.parametrize("step", ["recipient", "data"])
@pytest.mark.parametrize(("answer", "kind", "code", "reason"), ANSWERS)
def test_an_answer_to_a_letter_is_about_that_letter(
    step: str, answer: str, kind: type[Refused], code: str, reason: str
) -> None:
    with mailroom() as room:
        setattr(room, step, lambda _: answer)
        with pytest.raises(kind) as refused:
            send(server(room))
        setattr(room, step, lambda _: "250 OK")
        send(server(room))

    assert refused.value.code == code
    assert getattr(refused.value, "reason", "") == reason
    assert TO not in str(refused.value)
    assert len(room.got) == 1


@pytest.mark.parametrize("step", ["recipient", "data"])
def test_a_server_that_goes_down_is_away_for_all_letters(step: str) -> None:
    with mailroom() as room:
        setattr(room, step, lambda _: "421 4.3.2 going down")
        with pytest.raises(ServerAway):
            send(server(room))


@pytest.mark.parametrize("answer", ["550 5.7.1 not yours", "451 4.7.1 not now"])
def test_a_sender_that_is_not_accepted_is_no_fault_of_the_letter(answer: str) -> None:
    with mailroom() as room:
        room.sender = lambda _: answer
        with pytest.raises(ServerUnwilling, match="from our address") as refused:
            send(server(room))

    assert "HAIDANG_SMTP_FROM" in refused.value.advice


def test_a_server_that_wants_us_to_sign_in_says_so() -> None:
    with mailroom() as room:
        room.sender = lambda _: "530 5.7.0 authentication required"
        with pytest.raises(ServerUnwilling, match="who we are") as refused:
            send(server(room))

    assert "HAIDANG_SMTP_USER" in refused.value.advice


def test_nobody_there_is_said_at_once() -> None:
    begun = time.monotonic()

    with pytest.raises(ServerAway) as away:
        send(server(Mailroom(free_port())))
    assert "HAIDANG_SMTP_HOST" in away.value.advice
    assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize("step", ["sender", "recipient", "data"])
def test_a_server_that_hangs_is_left_after_a_while(step: str) -> None:
    with mailroom() as room:
        setattr(room, step, lambda _: HANG)
        begun = time.monotonic()
        with pytest.raises(ServerAway):
            send(server(room, HAIDANG_SMTP_TIMEOUT="1"))

        assert 0.9 < time.monotonic() - begun < 4


@pytest.mark.parametrize("step", ["sender", "recipient", "data"])
def test_a_server_that_breaks_off_has_not_taken_the_letter_as_far_as_anybody_knows(step: str) -> None:
    with mailroom() as room:
        setattr(room, step, lambda _: BREAK_OFF)
        with pytest.raises(ServerAway, match="broke off"):
            send(server(room))


@pytest.mark.parametrize("how", [BREAK_OFF, HANG])
def test_a_server_that_has_said_250_has_taken_the_letter_whatever_it_does_then(how: str) -> None:
    with mailroom() as room:
        room.goodbye = lambda: how
        send(server(room, HAIDANG_SMTP_TIMEOUT="1"))

    assert len(room.got) == 1


@contextmanager
def dripping() -> Iterator[int]:
    """Greet with a letter at a time, without end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = threading.Event()

        def serve() -> None:
            line, _ = listening.accept()
            with line:
                while not over.wait(0.2):
                    try:
                        line.sendall(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        over.set()
        thread.join()


def test_a_server_that_drips_is_cut_off_when_the_patience_ends() -> None:
    with dripping() as port:
        there = server(Mailroom(port), HAIDANG_SMTP_TIMEOUT="1")
        begun = time.monotonic()
        with pytest.raises(ServerTrouble):
            there.look()

    assert there.patience == 4
    assert 3.5 < time.monotonic() - begun < 6


def test_addresses_in_other_letters_are_written_to_where_the_server_can() -> None:
    with mailroom() as room:
        send(server(room), "hoà@ví-dụ.vn")
        send(server(room), "hoa@ví-dụ.vn")

    assert [(taken.to, taken.utf8) for taken in room.got] == [
        (["hoà@xn--v-d-rma6749a.vn"], True),
        (["hoa@xn--v-d-rma6749a.vn"], False),
    ]


def test_an_address_that_the_server_cannot_write_to_is_refused_and_others_are_not() -> None:
    with mailroom(utf8=False) as room:
        with pytest.raises(Refused) as refused:
            send(server(room), "hoà@example.org")
        send(server(room), "hoa@ví-dụ.vn")

    assert refused.value.reason == "no_utf8"
    assert len(room.got) == 1
