"""What is known of a person beside a random id: a name, and what tells them from others. Read at the edge, trusted inside."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self

import orjson
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.errors import Trouble

EMAIL, PHONE, STAFF, NUMBER = "email", "phone", "staff_code", "number"
CONTACT = "contact"
IDENTIFIERS = (EMAIL, PHONE, STAFF)

_COUNTRY = "84"
_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\\\]]{1,64}@([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_]([\w-]{0,61}[^\W_])")
_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")
_NUMBER = re.compile(r"[1-9][0-9]{8}")
_MOST = 200


class NotUnderstood(Trouble):
    """A field of a form says something that cannot be meant."""

    title = _("Please look at this once more")

    def __init__(self, field: str, detail: LazyString) -> None:
        super().__init__(detail)
        self.field, self.said = field, detail


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is; empty where it is not known."""

    name: str = ""
    email: str = ""
    phone: str = ""
    staff_code: str = ""
    number: str = ""
    """The learner number of somebody who has registered: nine digits that the service chose."""
    contact: str = ""
    """A phone number or an e-mail address that somebody has said and nobody has confirmed: nobody is found or signed in by it."""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read what a form or a row says; NotUnderstood names the field."""
        return cls(
            name=_name(given.get("name", "")),
            email=_email(given.get(EMAIL, "")),
            phone=_phone(given.get(PHONE, "")),
            staff_code=line(STAFF, given.get(STAFF, "")),
        )

    @classmethod
    def introduced(cls, given: Mapping[str, str]) -> Self:
        """Read what somebody says of themselves: a name, and a contact if they like. Nothing of it is confirmed."""
        name = _name(given.get("name", ""))
        if not name:
            raise NotUnderstood("name", _("Please write your name."))
        return cls(name=name, contact=_contact(given.get(CONTACT, "")))

    @classmethod
    def loads(cls, text: bytes) -> Self:
        """Read what was written by `dumps`."""
        return cls(**orjson.loads(text))

    def dumps(self) -> bytes:
        """Write it down."""
        return orjson.dumps(asdict(self))

    @property
    def identifiers(self) -> dict[str, str]:
        """Give what somebody can be found and signed in by, by kind, in the one form that is compared."""
        given = {EMAIL: self.email.casefold(), PHONE: self.phone, STAFF: self.staff_code.casefold()}
        given[NUMBER] = self.number
        return {kind: value for kind, value in given.items() if value}


def guesses(text: str) -> dict[str, str]:
    """List what somebody who types one word to sign in may mean by it, by kind."""
    found: dict[str, str] = {}
    for kind, read in (
        (EMAIL, _email),
        (PHONE, _phone),
        (STAFF, lambda code: line(STAFF, code)),
        (NUMBER, _number),
    ):
        try:
            value = read(text)
        except NotUnderstood:
            continue
        found |= Identity(**{kind: value}).identifiers
    return found


def line(field: str, text: str, most: int = _MOST) -> str:
    """Read one line of a form: NFC, single spaces, no control characters, and none that turn the direction of writing."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"} or letter in _TURNING for letter in line):
        raise NotUnderstood(field, _("There is a character in it that nobody can see. Please type it anew."))
    if len(line) > most:
        raise NotUnderstood(field, _("This is longer than %(most)s characters.", most=most))
    return line


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _name(text: str) -> str:
    name = line("name", text)
    if name and not any(letter.isalpha() for letter in name):
        raise NotUnderstood("name", _("A name has letters."))
    return name


def _email(text: str) -> str:
    address = line(EMAIL, text)
    if address and not _EMAIL.fullmatch(address):
        raise NotUnderstood(EMAIL, _("An e-mail address looks like ten@example.org."))
    return address


def _contact(text: str) -> str:
    """Read a phone number or an e-mail address."""
    try:
        return _email(text) if "@" in text else _phone(text)
    except NotUnderstood as wrong:
        raise NotUnderstood(CONTACT, wrong.said) from None


def _number(text: str) -> str:
    digits = re.sub(r"[\s.\-]", "", text)
    return digits if _NUMBER.fullmatch(digits) else ""


def _phone(text: str) -> str:
    """Read a phone number in the forms people write it: 0912 345 678 is +84912345678."""
    number = re.sub(r"[\s.()\-\u2010-\u2015]", "", line(PHONE, text))
    if not number:
        return ""
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif number.startswith("0"):
        number = f"+{_COUNTRY}{number[1:]}"
    if not _PHONE.fullmatch(number):
        raise NotUnderstood(PHONE, _("A phone number looks like 0912 345 678, or +84 912 345 678."))
    return number
