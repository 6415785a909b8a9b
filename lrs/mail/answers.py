"""What the answers of a mail server mean: for one letter, or for all of them and for whoever runs the service (docs/mail.md)."""

import re
import smtplib

_GOING_DOWN = 421
_WHO_ARE_YOU = 530
_FOR_GOOD = 500

_FULL = frozenset({"5.2.2", "5.2.3"})


class NotTaken(Exception):
    """The server did not take this letter: `code` is its answer as a number, never its words, which may repeat an address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(NotTaken):
    """It never will, for a reason in one word."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code)
        self.reason = reason


class Postponed(NotTaken):
    """It may later."""


class ServerTrouble(Exception):
    """No letter can be sent at the moment, and what an operator can do about it."""

    def __init__(self, says: str, advice: str) -> None:
        super().__init__(says)
        self.advice = advice


class ServerAway(ServerTrouble):
    """The server does not answer, or broke off."""


class ServerUnwilling(ServerTrouble):
    """The server answers, and does not let us in."""


START = "start the mail server, or correct HAIDANG_SMTP_HOST, HAIDANG_SMTP_PORT and HAIDANG_SMTP_TLS"
CERTIFICATE = (
    "HAIDANG_SMTP_HOST has to be the name in the server's certificate; SSL_CERT_FILE names an authority of one's own"
)
SPEAK = "set HAIDANG_SMTP_TLS to what the server speaks, and leave HAIDANG_SMTP_USER out if it lets everybody in"
PASSWORD = "correct HAIDANG_SMTP_USER and HAIDANG_SMTP_PASSWORD_FILE (or HAIDANG_SMTP_PASSWORD)"  # noqa: S105 - advice
KNOWN = "set HAIDANG_SMTP_TLS and HAIDANG_SMTP_USER: it takes letters only from those who have signed in"
SENDER = "let the server accept letters from HAIDANG_SMTP_FROM, or name another address"


def meaning(code: int, words: bytes | str) -> Exception:
    """Tell what an answer to a letter means: for the letter alone, unless the server is going down."""
    if code == _GOING_DOWN:
        return ServerAway("it is going down", START)
    exact = _enhanced(words)
    number = f"{code} {exact}".strip()
    if code < _FOR_GOOD:
        return Postponed(number)
    return Refused(number, _reason(exact))


def _enhanced(words: bytes | str) -> str:
    """Find the exact status (RFC 3463) at the beginning of an answer."""
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    found = re.match(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}\b", text)
    return found[0] if found else ""


def _reason(exact: str) -> str:
    if exact in _FULL:
        return "mailbox_full"
    return "no_mailbox" if exact.startswith(("5.1.", "5.2.1")) else "refused"


def trouble(error: smtplib.SMTPResponseException) -> ServerTrouble:
    """Tell what an answer means that concerns all letters."""
    exact = f"{error.smtp_code} {_enhanced(error.smtp_error)}".strip()
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return ServerUnwilling(f"it does not let the user in ({exact})", PASSWORD)
    if error.smtp_code == _WHO_ARE_YOU:
        return ServerUnwilling(f"it wants to know who we are ({exact})", KNOWN)
    if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code != _GOING_DOWN:
        return ServerUnwilling(f"it does not take letters from our address ({exact})", SENDER)
    return ServerAway(f"it does not work at the moment ({exact})", START)
