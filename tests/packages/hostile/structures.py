"""Zips that contradict themselves: what stands before a file says other than the directory does, or files share their bytes."""

from __future__ import annotations

import struct
import zlib

from tests.packages.hostile.case import CENTRAL, LOCAL, Case, central, local, named, package

_WORDS = b"some words that are longer than their packing " * 50
_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_DEFLATED, _AES, _DEFLATE64 = 8, 99, 9


def structures() -> list[Case]:
    """Make them all."""
    plain = package(named("a.txt", _WORDS), named("b.txt", _WORDS))

    def both(offset: int, value: int) -> bytes:
        return central(local(plain, "a.txt", offset, "<H", value), "a.txt", offset + 2, "<H", value)

    return [
        Case("locked before the bytes alone", "encrypted", local(plain, "a.txt", 6, "<H", 1), plain),
        Case("locked with AES", "encrypted", central(both(8, _AES), "a.txt", 8, "<H", 1), plain),
        Case("another method before the bytes", "damaged", local(plain, "a.txt", 8, "<H", 0), plain),
        Case("deflate64", "method", both(8, _DEFLATE64), both(8, _DEFLATED)),
        Case("another name before the bytes", "damaged", _renamed(plain), plain),
        Case("nothing before the bytes", "damaged", local(plain, "a.txt", 0, "<L", 0), plain),
        Case("an extra field that swallows the next file", "overlap", local(plain, "a.txt", 28, "<H", 60_000), plain),
        Case("a stored file longer than itself", "damaged", _stored(plain), plain),
        Case("no deflate stream", "damaged", _stream(b"\x07" * 40), _stream(_deflated(_WORDS))),
        Case("a deflate stream that goes on", "damaged", _stream(_deflated(_WORDS)[:-9]), _stream(_deflated(_WORDS))),
        Case("a thousand names for one bomb", "overlap", _shared(1000), _shared(1)),
        Case("each file within the one before", "overlap", _quoted(20), _quoted(1)),
        Case("exabytes by zip64", "bomb", _exabytes(2**62), _exabytes(len(_WORDS))),
        Case("a zip64 field that is cut", "no-zip", _exabytes(2**62, cut=4), _exabytes(len(_WORDS))),
        Case("a directory of half a million names", "too-heavy", _many(500_000), _many(0)),
        Case("more files than allowed", "too-many-files", _many(20_001), _many(0)),
        Case(
            "a file and a folder of one name",
            "same-name",
            package(named("a"), named("a/b")),
            package(named("a"), named("b/a")),
        ),
        Case(
            "a folder and a file of one name, but for case",
            "same-name",
            package(named("A/b"), named("a")),
            package(named("A/b"), named("A/c")),
        ),
    ]


def _renamed(data: bytes) -> bytes:
    at = data.index(b"a.txt")
    return data[:at] + b"z" + data[at + 1 :]


def _stored(data: bytes) -> bytes:
    """Say that a file is stored which is deflated."""
    return central(local(data, "a.txt", 8, "<H", 0), "a.txt", 10, "<H", 0)


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _entry(name: bytes, packed: bytes, size: int, crc: int, *, at: int, extra: bytes = b"") -> tuple[bytes, bytes]:
    """Make what stands before a file's bytes with these, and its entry in the directory."""
    said = 0xFFFFFFFF if extra else size
    begin = _LOCAL.pack(LOCAL, 45, 0, _DEFLATED, 0, 0, crc, len(packed), size & 0xFFFFFFFF, len(name), 0)
    listed = _CENTRAL.pack(
        CENTRAL, 45, 45, 0, _DEFLATED, 0, 0, crc, len(packed), said, len(name), len(extra), 0, 0, 0, 0, at
    )
    return begin + name + packed, listed + name + extra


def _with(first: bytes, body: bytes, listed: list[bytes]) -> bytes:
    """Put files behind those of a package, and their entries behind its entries."""
    *_, count, size, start, _comment = _END.unpack(first[-_END.size :])
    directory = first[start : start + size] + b"".join(listed)
    total = min(count + len(listed), 0xFFFF)
    end = _END.pack(b"PK\x05\x06", 0, 0, total, total, len(directory), start + len(body), 0)
    return first[:start] + body + directory + end


def _start(first: bytes) -> int:
    return int(_END.unpack(first[-_END.size :])[6])


def _stream(packed: bytes) -> bytes:
    first = package()
    body, listed = _entry(b"a.txt", packed, len(_WORDS), zlib.crc32(_WORDS), at=_start(first))
    return _with(first, body, [listed])


def _shared(names: int) -> bytes:
    """Give one file many names."""
    first = package()
    packed, crc = _deflated(_WORDS), zlib.crc32(_WORDS)
    made = [_entry(b"%04d" % n, packed, len(_WORDS), crc, at=_start(first)) for n in range(names)]
    return _with(first, made[0][0], [listed for _body, listed in made])


def _quoted(depth: int) -> bytes:
    """Let each file unpack to what stands before the next one, quoted, and all that this unpacks to."""
    first = package()
    content, body = _WORDS, _deflated(_WORDS)
    offsets: list[tuple[bytes, bytes, bytes, int]] = []
    stack = b""
    for n in reversed(range(depth)):
        name = b"%02d" % n
        if stack:
            quoted = struct.pack("<BHH", 0, len(stack), len(stack) ^ 0xFFFF) + stack
            content, body = stack + content, quoted + body
        whole, _listed = _entry(name, body, len(content), zlib.crc32(content), at=0)
        stack = whole[: _LOCAL.size + len(name)]
        offsets.insert(0, (name, body, content, len(whole)))
    total = offsets[0][3]
    listed = [
        _entry(name, body, len(content), zlib.crc32(content), at=_start(first) + total - length)[1]
        for name, body, content, length in offsets
    ]
    return _with(first, stack + body, listed)


def _exabytes(size: int, cut: int = 8) -> bytes:
    first = package()
    extra = struct.pack("<HHQ", 1, 8, size)[: 4 + cut]
    packed, crc = _deflated(_WORDS), zlib.crc32(_WORDS)
    body, listed = _entry(b"a.txt", packed, size, crc, at=_start(first), extra=extra)
    return _with(first, body, [listed])


def _many(names: int) -> bytes:
    """Fill a directory with one name again and again: a zip of nothing but entries."""
    first = package()
    _body, listed = _entry(b"a", b"", 0, 0, at=0)
    return _with(first, b"", [listed * names])
