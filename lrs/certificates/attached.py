"""The credential that a PDF of ours carries, taken out again. Pure; only of a PDF that was found genuine before."""

import re
import zlib

_STREAM = re.compile(rb"\n\d+ 0 obj\n<</Length (\d+)/Type/EmbeddedFile([^\n]*)>>\nstream\n")
_MOST = 64_000
"""Bytes of a credential."""


def credential_in(pdf: bytes) -> bytes:
    """Take it out; nothing, if the PDF carries none."""
    found = _STREAM.search(pdf)
    if found is None:
        return b""
    content = pdf[found.end() : found.end() + int(found[1])]
    if b"/Filter/FlateDecode" not in found[2]:
        return content[:_MOST]
    try:
        return zlib.decompressobj().decompress(content, _MOST)
    except zlib.error:
        return b""
