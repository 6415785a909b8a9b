"""A real mail server on loopback: it keeps what it takes, and answers, hangs or breaks off as a test tells it."""

from __future__ import annotations

import asyncio
import email
import email.policy
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.parts.ports import free_port

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

USER, PASSWORD = "haidang", "a long word of its own"
SENDER = "haidang@example.org"
BREAK_OFF, HANG = "break off", "hang"


@dataclass
class Taken:
    """A letter that the server has, and how it came."""

    sender: str
    to: list[str]
    letter: EmailMessage
    utf8: bool
    encrypted: bool
    user: str

    @property
    def id(self) -> str:
        """Its Message-ID."""
        return str(self.letter["Message-ID"])

    @property
    def text(self) -> str:
        """What it says in plain text."""
        return _part(self.letter, "plain")

    @property
    def html(self) -> str:
        """What it says in HTML."""
        return _part(self.letter, "html")


def _part(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text


@dataclass
class Mailroom:
    """What a server has taken so far, and what it says: at each step it is asked anew."""

    port: int
    got: list[Taken] = field(default_factory=list)
    sender: Callable[[str], str] = lambda _address: "250 OK"
    recipient: Callable[[str], str] = lambda _address: "250 OK"
    data: Callable[[Taken], str] = lambda _taken: "250 OK"
    goodbye: Callable[[], str] = lambda: "221 Bye"

    @property
    def environ(self) -> dict[str, str]:
        """The settings that lead here."""
        return {
            "HAIDANG_SMTP_HOST": "localhost",
            "HAIDANG_SMTP_PORT": str(self.port),
            "HAIDANG_SMTP_TLS": "none",
            "HAIDANG_SMTP_FROM": SENDER,
            "HAIDANG_SMTP_TIMEOUT": "2",
        }

    async def handle_MAIL(self, server: Any, _session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a sender, or not."""
        answer = await _say(server, self.sender(address))
        if answer.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, address: str, _options: list[str]) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a recipient, or not."""
        answer = await _say(server, self.recipient(address))
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a letter: from here on it is there, whatever is answered."""
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        taken = Taken(
            envelope.mail_from,
            envelope.rcpt_tos,
            letter,
            "SMTPUTF8" in envelope.mail_options,
            session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None,
            getattr(session, "auth_data", None) or "",
        )
        answer = self.data(taken)
        if answer.startswith(("250", BREAK_OFF)):
            self.got.append(taken)
        return await _say(server, answer)

    async def handle_QUIT(self, server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Say goodbye, or not."""
        return await _say(server, self.goodbye())


async def _say(server: Any, answer: str) -> str:
    if answer == BREAK_OFF:
        server.transport.abort()
    if answer == HANG:
        await asyncio.sleep(60)
    return answer if answer[:1].isdigit() else "451 too late"


@contextmanager
def mailroom(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    password: str = "",
    utf8: bool = True,
) -> Iterator[Mailroom]:
    """Open a mail server on 127.0.0.1."""
    room = Mailroom(free_port())

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (USER.encode(), password.encode())
        return AuthResult(success=right, handled=False, auth_data=data.login.decode())

    more: dict[str, Any] = {"authenticator": check} if password else {}
    controller = Controller(
        room,
        hostname="127.0.0.1",
        port=room.port,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        enable_SMTPUTF8=utf8,
        auth_require_tls=False,
        **more,
    )
    controller.start()
    try:
        yield room
    finally:
        controller.stop(no_assert=True)
