"""Zips from outside: each hostile one is refused by name, and beside it a harmless twin is read."""

import io
import struct
import zipfile

import pytest

from packages import archive
from packages.archive import Archive
from packages.findings import PackageRefused
from tests.parts.zips import zipped


def read_all(data: bytes) -> dict[str, bytes]:
    with archive.opened(io.BytesIO(data)) as opened:
        return {name: whole(opened, name) for name in opened.names}


def whole(opened: Archive, name: str) -> bytes:
    with opened.file(name) as file:
        return b"".join(iter(lambda: file.read(1000), b""))


def code(data: bytes) -> str:
    with pytest.raises(PackageRefused) as refused:
        read_all(data)
    return refused.value.finding.code


def with_entry(name: str = "a.txt", data: bytes = b"x", mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped_file:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = method
        zipped_file.writestr(info, data)
    return made.getvalue()


def test_plain_files_come_out_as_they_went_in() -> None:
    files = {"index.html": b"<p>", "bài học/ảnh.png": b"\0\1", "a b/c#d%.txt": b"x" * 100_000}

    assert read_all(zipped(files)) == files


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "a/../../b",
        "/etc/passwd",
        "a//b",
        "./a",
        "C:/a",
        "C:\\a",
        "..\\a",
        "con",
        "a/NUL.txt",
        "com1.html",
        "a\x01b",
    ],
)
def test_a_name_that_points_elsewhere_is_refused(name: str) -> None:
    assert code(with_entry(name)) == "bad-name"


@pytest.mark.parametrize(
    "name", ["a", "a/b", "..a", "a..b/c", "~a", "console.js", "auxiliary/nullable.txt", "a'b (1).txt"]
)
def test_a_name_that_only_looks_like_it_is_not(name: str) -> None:
    assert read_all(with_entry(name)) == {name: b"x"}


def test_backslashes_stand_between_folders() -> None:
    assert read_all(with_entry("a\\b.txt")) == {"a/b.txt": b"x"}


@pytest.mark.parametrize(
    "mode", [0o120777, 0o010644, 0o020644, 0o060644, 0o140755], ids=["link", "pipe", "tty", "disk", "socket"]
)
def test_what_is_no_plain_file_is_refused(mode: int) -> None:
    assert code(with_entry(mode=mode)) == "no-plain-file"


def test_a_plain_files_mode_is_no_harm() -> None:
    assert read_all(with_entry(mode=0o100755)) == {"a.txt": b"x"}


@pytest.mark.parametrize(("first", "second"), [("a.txt", "A.TXT"), ("\u00e0.txt", "a\u0300.txt"), ("a/b", "A/b")])
def test_two_names_that_are_one_elsewhere_are_refused(first: str, second: str) -> None:
    assert code(zipped({first: b"1", second: b"2"})) == "same-name"


def test_two_names_that_differ_are_two_files() -> None:
    assert len(read_all(zipped({"a.txt": b"1", "ä.txt": b"2"}))) == 2


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(with_entry())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.index(signature) + offset
        data[place : place + 2] = struct.pack("<H", 1)

    assert code(bytes(data)) == "encrypted"


def test_a_bomb_is_refused_and_blanks_are_not() -> None:
    assert code(zipped({"a.bin": bytes(50 * 1024 * 1024)})) == "bomb"
    assert len(read_all(zipped({"a.bin": bytes(900_000)}))["a.bin"]) == 900_000


def test_a_file_that_is_larger_than_it_says_is_refused() -> None:
    data = bytearray(with_entry(data=b"x" * 5000))
    place = data.index(b"PK\1\2") + 24
    data[place : place + 4] = struct.pack("<I", 100)

    assert code(bytes(data)) in {"damaged", "too-large"}


def test_entries_that_share_their_bytes_are_refused() -> None:
    data = zipped({"a.txt": b"1" * 100, "b.txt": b"2" * 100})
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    overlapping = data[: second + 42] + struct.pack("<I", 0) + data[second + 46 :]

    assert code(overlapping) == "overlap"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_lessons_do_not_use_is_refused(method: int) -> None:
    assert code(with_entry(method=method)) == "method"


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"PK\5\6" + bytes(10), b"<html>"])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert code(data) == "no-zip"


def test_a_zip_cut_anywhere_is_refused() -> None:
    data = zipped({"a.txt": b"1" * 1000, "b.txt": b"2" * 1000})

    assert {code(data[:size]) for size in range(0, len(data), 7)} <= {"no-zip", "damaged", "overlap"}


def test_a_flipped_byte_of_content_is_noticed() -> None:
    data = bytearray(with_entry(data=bytes(range(256)) * 20, method=zipfile.ZIP_STORED))
    data[100] ^= 1

    assert code(bytes(data)) == "damaged"


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 3)

    assert code(zipped({f"{n}.txt": b"" for n in range(4)})) == "too-many-files"
    assert len(read_all(zipped({f"{n}.txt": b"" for n in range(3)}))) == 3
