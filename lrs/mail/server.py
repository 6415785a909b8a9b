"""The mail server that takes letters from us: one talk with it, with an end to our patience, and what its answers mean (docs/mail.md)."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Self

from lrs.config import Config
from lrs.mail.answers import (
    CERTIFICATE,
    PASSWORD,
    SPEAK,
    START,
    Refused,
    ServerAway,
    ServerUnwilling,
    meaning,
    trouble,
)
from lrs.smtp_settings import PLAIN, STARTTLS, TLS

_ANSWERS = 4
"""A whole talk takes so many times as long as one answer may take."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over."""

    config: Config

    @classmethod
    def of(cls, config: Config) -> Self | None:
        """Name the server of a configuration, if it has one."""
        return cls(config) if config.smtp_host else None

    @property
    def patience(self) -> float:
        """Seconds after which any talk has ended."""
        return float(_ANSWERS * self.config.smtp_timeout)

    def look(self) -> str:
        """Connect, see the certificate, sign in, and send nothing; say what was seen."""
        with self._talk() as line:
            line.noop()
        user = ", signed in" if self.config.smtp_user else ""
        return f"{self.config.smtp_host}:{self.config.smtp_port}, {_KINDS[self.config.smtp_tls]}{user}"

    def send(self, message: EmailMessage, to: str) -> None:
        """Hand a letter over; when this returns, the server has taken it."""
        with self._talk() as line:
            try:
                line.send_message(message, self.config.smtp_from, [to])
            except smtplib.SMTPRecipientsRefused as refused:
                raise meaning(*next(iter(refused.recipients.values()))) from None
            except smtplib.SMTPDataError as refused:
                raise meaning(refused.smtp_code, refused.smtp_error) from None
            except smtplib.SMTPNotSupportedError:
                raise Refused("", "no_utf8") from None

    @contextmanager
    def _talk(self) -> Iterator[smtplib.SMTP]:
        """Open a line, signed in, and turn whatever fails into our words."""
        line: smtplib.SMTP | None = None
        try:
            line = self._open()
            yield line
        except ssl.SSLError as error:
            raise ServerUnwilling(f"TLS: {error.reason or type(error).__name__}", CERTIFICATE) from None
        except smtplib.SMTPResponseException as error:
            raise trouble(error) from None
        except smtplib.SMTPServerDisconnected:
            raise ServerAway("it broke off", START) from None
        except smtplib.SMTPException as error:
            raise ServerUnwilling(str(error), SPEAK) from None
        except OSError as error:
            raise ServerAway(error.strerror or type(error).__name__, START) from None
        else:
            _say_goodbye(line)
        finally:
            if line is not None:
                line.close()

    def _open(self) -> smtplib.SMTP:
        config = self.config
        kind = _Wrapped if config.smtp_tls == TLS else _Plain
        context: dict[str, Any] = {"context": ssl.create_default_context()} if config.smtp_tls == TLS else {}
        line: smtplib.SMTP = kind(
            self.patience,
            config.smtp_host,
            config.smtp_port,
            local_hostname=config.app_host,
            timeout=config.smtp_timeout,
            **context,
        )
        try:
            if config.smtp_tls == STARTTLS:
                line.starttls(context=ssl.create_default_context())
            line.ehlo_or_helo_if_needed()
            if config.smtp_user:
                line.login(config.smtp_user, self._password())
        except BaseException:
            line.close()
            raise
        return line

    def _password(self) -> str:
        path = self.config.smtp_password_file
        if path is None:
            return self.config.smtp_password
        try:
            return path.read_text("ascii").strip()
        except (OSError, ValueError) as error:
            raise ServerUnwilling(f"cannot read {path}: {type(error).__name__}", PASSWORD) from None


_KINDS = {STARTTLS: "encrypted (starttls)", TLS: "encrypted (tls)", PLAIN: "not encrypted"}


class _Timed:
    """A line that is cut when the patience with the whole talk has ended, also with who sends a letter a second."""

    sock: socket.socket | None = None

    def __init__(self, patience: float, *arguments: Any, **values: Any) -> None:
        self._end = threading.Timer(patience, self._cut)
        self._end.daemon = True
        self._end.start()
        try:
            super().__init__(*arguments, **values)
        except BaseException:
            self._end.cancel()
            raise

    def _cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):  # it has just ended by itself
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def close(self) -> None:
        """End the talk."""
        self._end.cancel()
        super().close()  # type: ignore[misc]  # smtplib's


class _Plain(_Timed, smtplib.SMTP):
    """A line that begins in plain text."""


class _Wrapped(_Timed, smtplib.SMTP_SSL):
    """A line that is encrypted from the beginning."""


def _say_goodbye(line: smtplib.SMTP) -> None:
    """Part in peace; what the server took before, it has taken, whatever it does now."""
    with suppress(smtplib.SMTPException, OSError):
        line.quit()
