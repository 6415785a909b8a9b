"""A password that would be guessed soon is refused; others are hashed slowly and compared in the same time as none."""

from __future__ import annotations

import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from lrs.people import passwords
from lrs.people.identity import NotUnderstood


@pytest.mark.parametrize(
    "word",
    [
        "",
        "ngắn quá",
        "1234567890",
        "0987654321",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "matkhau12345",
        "Mật khẩu 1234",
        "password2025",
        "haiphong2025",
        "NguyễnThịHoà90",
        "hoa@example.org",
        "x" * 201,
    ],
)
def test_what_would_be_guessed_soon_is_refused(word: str) -> None:
    with pytest.raises(NotUnderstood) as told:
        passwords.check(word, "Nguyễn Thị Hoà", "hoa@example.org")

    assert told.value.field == "new"


@pytest.mark.parametrize("word", ["con mèo leo cây cau", "Nắng chiều trên sông", "kP4!vz9#Lm2q", "mưa rào tháng bảy"])
def test_a_few_words_are_a_password(word: str) -> None:
    assert passwords.check(word, "Nguyễn Thị Hoà") == word


def test_a_password_is_known_again_however_its_accents_are_written() -> None:
    hashed = passwords.make("mưa rào tháng bảy")

    assert hashed.startswith("$argon2id$")
    assert passwords.verify(hashed, unicodedata.normalize("NFD", "mưa rào tháng bảy"))
    assert not passwords.verify(hashed, "mua rao thang bay")
    assert not passwords.is_outdated(hashed)


def test_a_hash_of_less_work_is_made_anew() -> None:
    assert passwords.is_outdated("$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b4dWRWJTmaaJObG")


@pytest.mark.parametrize("hashed", [None, "", "no hash", "$argon2id$"])
def test_where_there_is_no_password_every_one_is_wrong(hashed: str | None) -> None:
    assert not passwords.verify(hashed, "con mèo leo cây cau")


def test_whoever_comes_when_too_many_wait_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "TURNS", passwords.Turns(1, 1))
    let_go, began = threading.Event(), threading.Semaphore(0)

    def wait(*_: object) -> bool:
        began.release()
        return let_go.wait(10)

    monkeypatch.setattr(passwords, "_HASHER", SimpleNamespace(verify=wait))
    with ThreadPoolExecutor(2) as two:
        waiting = [two.submit(passwords.verify, "a hash", "a word") for _ in range(2)]
        assert began.acquire(timeout=10)
        while passwords.TURNS._places.acquire(blocking=False):  # until the other has come, too
            passwords.TURNS._places.release()
        with pytest.raises(passwords.Busy):
            passwords.verify("a hash", "a word")
        let_go.set()

        assert [each.result() for each in waiting] == [True, True]
    assert passwords.verify("a hash", "a word")
