"""What the settings of the mail server may be, and which port follows from how it is spoken to."""

import re
from ipaddress import ip_address

STARTTLS = "starttls"
TLS = "tls"
PLAIN = "none"

PORTS = {STARTTLS: 587, TLS: 465, PLAIN: 25}

_NAME = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
_WORD = r"[A-Za-z0-9_+=-]+"


def host(text: str) -> str:
    """Read the server's name or address."""
    if not re.fullmatch(_NAME, text):
        try:
            ip_address(text)
        except ValueError:
            raise ValueError("a host name such as mail.example.org, without a port") from None
    return text.lower()


def visible(text: str) -> str:
    """Read a user or a password: the protocol has no sure spelling for other letters."""
    if not re.fullmatch(r"[ -~]+", text):
        raise ValueError("letters, digits and signs of ASCII")
    return text


def sender(text: str) -> str:
    """Read the address that letters are from."""
    if not re.fullmatch(rf"{_WORD}(\.{_WORD})*@{_NAME}", text):
        raise ValueError("an e-mail address such as haidang@example.org, without a name")
    return text
