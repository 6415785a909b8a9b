"""Words that do not say how they are written, in plain files and in the names of a zip."""

import re
import unicodedata
from collections.abc import Sequence

ENCODINGS = ("utf-8", "cp1258", "cp437")


_BETWEEN = re.compile(r"[\"'<>/\\?#\r\n]+")
"""What stands around a file's name in a descriptor."""


def decode_names(raw: Sequence[bytes], known: str) -> tuple[list[str], str]:
    """Read names in the encoding in which most of them stand in a known text, such as the manifest; of equals the first counts."""
    words = set(_BETWEEN.split(known))
    best, chosen, most = [name.decode("cp437") for name in raw], "cp437", -1
    for encoding in ENCODINGS:
        try:
            names = [unicodedata.normalize("NFC", name.decode(encoding)) for name in raw]
        except UnicodeDecodeError:
            continue
        found = sum(name.rsplit("/", 1)[-1] in words for name in names)
        if found > most:
            best, chosen, most = names, encoding, found
    return best, chosen


def text_of(data: bytes) -> str:
    """Read a file of plain text in whichever of the usual encodings it is written."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", "replace")
