"""A letter as it goes over the line: who it is from, to whom, about what, and what it says twice, as plain text and as HTML."""

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any


class _Policy(EmailPolicy):
    """How a letter is written down: as Python's own policy does it, but for words in other letters than ASCII.

    That one cuts a long text at its spaces, and what stands between two encoded words is left out by readers (RFC 2047, 6.2).
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Write one field of the head."""
        text, after = _words(name, value)
        if self.utf8 or text.isascii():
            return super().fold_binary(name, value)
        encoded = Header(text, "utf-8", header_name=name, maxlinelen=75).encode(linesep=self.linesep)
        return f"{name}: {encoded}{after}{self.linesep}".encode("ascii")


def _words(name: str, value: Any) -> tuple[str, str]:
    """Tell which part of a field is words, and what stands behind them."""
    if name == "Subject":
        return str(value), ""
    if name == "From":
        (sender,) = value.addresses
        return sender.display_name, f" <{sender.addr_spec}>"
    return "", ""


_POLICY = _Policy(linesep="\r\n", cte_type="7bit")
"""Base64 or quoted-printable: every server takes it, also one that knows eight bits only by name."""

_ENCODED = "=?"
"""How a word begins that is encoded (RFC 2047): Python's email package decodes it wherever it stands."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands on the outside of a letter."""

    id: str
    """The same at each attempt, so that who gets the letter twice can tell."""
    sender_name: str
    sender: str
    to: str
    subject: str
    language: str
    at: datetime


def write(envelope: Envelope, text: str, html: str) -> EmailMessage:
    """Put a letter together; no text of anybody's ends a line of the head."""
    message = EmailMessage(policy=_POLICY)
    message["Message-ID"] = f"<{envelope.id}>"
    message["Date"] = format_datetime(envelope.at)
    message["From"] = Address(_one_line(envelope.sender_name), addr_spec=envelope.sender)
    local, _, domain = envelope.to.rpartition("@")
    message["To"] = Address(username=local, domain=domain)
    message["Subject"] = _one_line(envelope.subject)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: absence notices are not sent back
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    message["Content-Language"] = envelope.language  # what the two parts are set with would take it away
    return message


def address(text: str) -> str:
    """Write an address as servers want it: the letters of a domain become ASCII, those before the @ stay what they are.

    What is no address, or would be another one in the head of a letter, is nothing.
    """
    local, _, domain = text.rpartition("@")
    if not local or not domain or _ENCODED in text or not text.isprintable() or " " in text:
        return ""
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return ""


def _one_line(text: str) -> str:
    """Write a name on one line; one that looks encoded already would be decoded, with whatever ends of lines are in it."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line.replace(_ENCODED, "= ?")
