"""Zips that are hostile as zips: in their names, their kinds of files, their sizes, and in what they say of themselves."""

from __future__ import annotations

import stat
import unicodedata
import zipfile

from tests.packages.hostile.case import CENTRAL, Case, central, named, package

_MANY = b"0" * (2 * 1024 * 1024)
"""Compresses to a thousandth."""

_FLAGS, _CRC, _PACKED, _SIZE, _WHERE = (8, "<H"), (16, "<I"), (20, "<I"), (24, "<I"), (42, "<I")

_PLAIN = package(named("anh/hình.png"))

_NAMES = {
    "absolute": "/etc/passwd",
    "absolute for Windows": "\\windows\\x.dll",
    "on a server": "\\\\server\\share\\x",
    "above": "../x.html",
    "above the top by a detour": "anh/../../x.html",
    "above, with backslashes": "..\\x.html",
    "above by a detour, with backslashes": "anh\\..\\..\\x.html",
    "a folder above": "../",
    "here": "./x.html",
    "empty segment": "anh//x.html",
    "on a drive": "C:\\x.html",
    "on a drive's folder": "c:x.html",
    "device": "con",
    "device with an extension": "anh/AUX.html",
    "device with blanks": "nul .txt",
    "numbered device": "com1.js",
    "device as a folder": "prn/x.html",
    "control character": "anh/x\x01.html",
    "line break": "anh/x\n.html",
    "delete": "anh/x\x7f.html",
    "no character": "anh/x\uffff.html",
    "cut by a NUL": "x.html\0.png",
    "no name": "",
    "a slash": "/",
    "device with a dot": "con.",
    "above in the middle": "anh/../x.html",
}


def zips() -> list[Case]:
    """Make them all."""
    regular, folder = stat.S_IFREG | 0o644, stat.S_IFDIR | 0o755
    text = named("a.txt", b"some words that are longer than their packing " * 50)
    long = package(text)
    made = [Case(f"name: {what}", "bad-name", package(named(name)), _PLAIN) for what, name in _NAMES.items()]
    made += [
        Case("name: long segment", "long-name", package(named("ế" * 86)), package(named("ế" * 85))),
        Case("name: long path", "long-name", package(named("anh/" * 200 + "x")), package(named("anh/" * 190 + "x"))),
        Case(
            "a link",
            "no-plain-file",
            package(named("x", b"/etc/passwd", mode=stat.S_IFLNK | 0o777)),
            package(named("x", mode=regular), named("anh/", b"", mode=folder)),
        ),
        Case("a folder that is a link", "no-plain-file", package(named("anh/", mode=stat.S_IFLNK | 0o777)), _PLAIN),
        Case("a pipe", "no-plain-file", package(named("x", b"", mode=stat.S_IFIFO | 0o644)), _PLAIN),
        Case("a disk", "no-plain-file", package(named("x", b"", mode=stat.S_IFBLK | 0o644)), _PLAIN),
        Case("the same name twice", "same-name", package(named("a"), named("a")), package(named("a"), named("b"))),
        Case("names alike but for case", "same-name", package(named("a"), named("A")), package(named("a"))),
        Case(
            "names alike but for how they are written",
            "same-name",
            package(*(named(unicodedata.normalize(form, "bài.html")) for form in ("NFC", "NFD"))),
            package(named("bài.html")),
        ),
        Case(
            "names alike but for their slashes",
            "same-name",
            package(named("anh/a"), named("anh\\a")),
            package(named("anh\\a")),
        ),
        Case("encrypted", "encrypted", central(long, "a.txt", *_FLAGS, 1), long),
        Case("bzip2", "method", package(named("a", _MANY, method=zipfile.ZIP_BZIP2)), long),
        Case("lzma", "method", package(named("a", _MANY, method=zipfile.ZIP_LZMA)), long),
        Case("a bomb", "bomb", package(named("a", _MANY)), package(named("a", _MANY, method=zipfile.ZIP_STORED))),
        Case(
            "a bomb of many small files",
            "bomb",
            package(*(named(f"{n}", _MANY[: 1024 * 1024]) for n in range(66))),
            package(*(named(f"{n}", _MANY[: 1024 * 1024]) for n in range(2))),
        ),
        Case("larger than allowed", "bomb", central(long, "a.txt", *_SIZE, 2**32 - 2), long),
        Case("larger than it says", "damaged", central(long, "a.txt", *_SIZE, 100), long),
        Case("smaller than it says", "damaged", central(long, "a.txt", *_SIZE, 10_000), long),
        Case("another checksum", "damaged", central(long, "a.txt", *_CRC, 1), long),
        Case("damaged inside", "damaged", damaged(long), long),
        Case("files that overlap", "overlap", central(long, "a.txt", *_WHERE, 0), long),
        Case("a file that runs into the next", "overlap", central(long, "index.html", *_PACKED, 10_000), long),
        Case("a file behind the end", "overlap", central(long, "a.txt", *_WHERE, 10_000_000), long),
        Case("nothing", "no-zip", b"", long),
        Case("no zip", "no-zip", b"<html>Not a zip</html>" * 100, long),
        Case("cut at the end", "no-zip", long[:-30], long),
        Case("cut in the middle", "no-zip", long[: len(long) // 2], long),
        Case("the end alone", "no-manifest", long[-22:-10] + bytes(10), long),
    ]
    return made


def damaged(data: bytes) -> bytes:
    """Turn bytes in the middle of the last file's data."""
    at = data.index(CENTRAL) - 20
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 10]) + data[at + 10 :]
