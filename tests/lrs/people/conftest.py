"""Passwords of these tests take as little as argon2id can, but for those that are about passwords: nothing here measures them."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from lrs.people import passwords


@pytest.fixture(autouse=True)
def _quick_passwords(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.path.name != "test_passwords.py":
        monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        monkeypatch.setattr(passwords, "_made", [])
