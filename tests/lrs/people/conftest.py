"""Passwords of these tests take as little as argon2id can, but for those that are about passwords: nothing here measures them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from lrs.people import passwords
from tests.lrs.mail.mailroom import mailroom
from tests.lrs.people.mailing import Mailed
from tests.parts.databases import KINDS, postgres_copy, sqlite_url
from tests.parts.installations import make_installation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _quick_passwords(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.path.name != "test_passwords.py":
        monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        monkeypatch.setattr(passwords, "_made", [])


@pytest.fixture(params=KINDS)
def mailed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Mailed]:
    """Give an installation with a mail server, on each database."""
    if request.param == "postgresql":
        with postgres_copy(request) as url:
            yield from _mailed({"HAIDANG_DATA": str(tmp_path / "data"), "HAIDANG_DATABASE_URL": url})
        return
    (tmp_path / "data").mkdir()
    url = sqlite_url(request, tmp_path / "data")
    yield from _mailed({"HAIDANG_DATA": str(tmp_path / "data"), "HAIDANG_DATABASE_URL": url})


def _mailed(environ: dict[str, str]) -> Iterator[Mailed]:
    with mailroom() as room:
        made = make_installation(environ | room.environ)
        made.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
        yield Mailed(made, room)
        made.services.database.dispose()
