"""The words in a seal: as much of a text as there is room for, and in place of the rest eight bytes that know the whole."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

_HASH = 8
_CUT = 0x80
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn what follows around: with them one name could be shown as another."""


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_JOINER = "\u200d"


class NotWords(ValueError):
    """These bytes are no words of a seal."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text as a seal holds it."""

    text: str
    rest: bytes = b""
    """If it was cut: the beginning of the SHA-256 of the whole."""

    @classmethod
    def of(cls, text: str, most: int) -> Self:
        """Take a text, cut to so many bytes between whole letters."""
        clean = cleaned(text)
        whole = clean.encode()
        if len(whole) <= most:
            return cls(clean)
        return cls(_beginning(clean, most - _HASH), sha256(whole).digest()[:_HASH])

    def is_whole(self, text: str) -> bool:
        """Tell whether this is the text that was sealed, or cut to be sealed."""
        whole = cleaned(text).encode()
        return sha256(whole).digest()[:_HASH] == self.rest if self.rest else whole == self.text.encode()

    def write(self) -> bytes:
        """Write the bytes, their number first."""
        content = self.rest + self.text.encode()
        return bytes([len(content) | (_CUT if self.rest else 0)]) + content

    @classmethod
    def read(cls, content: bytes, most: int) -> Self:
        """Read what `write` writes, and nothing else; the number of bytes has been taken off, and stands in front."""
        cut, body = bool(content[0] & _CUT), content[1:]
        rest, words = (body[:_HASH], body[_HASH:]) if cut else (b"", body)
        try:
            text = words.decode()
        except UnicodeDecodeError:
            raise NotWords("no UTF-8") from None
        if len(body) > most or len(rest) != (_HASH if cut else 0) or cleaned(text) != text:
            raise NotWords("another writing of these words")
        return cls(text, rest)


def cleaned(text: str) -> str:
    """Leave out what turns letters around, make what cannot be seen a space, and write the rest in NFC between single spaces."""
    kept = "".join(" " if _UNSEEN.fullmatch(each) else each for each in text if each not in _BIDI)
    return unicodedata.normalize("NFC", " ".join(word for word in kept.split(" ") if word))


def _beginning(text: str, most: int) -> str:
    """Take as many whole letters, with the marks that belong to them, as fit."""
    end = len(text)
    while len(text[:end].encode()) > most or _joined(text, end):
        end -= 1
    return text[:end].strip(" ")


def _joined(text: str, at: int) -> bool:
    """Tell whether what stands before and after belongs together."""
    if not 0 < at < len(text):
        return False
    return unicodedata.category(text[at]).startswith("M") or _JOINER in text[at - 1 : at + 1]
