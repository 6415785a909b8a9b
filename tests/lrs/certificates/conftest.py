"""What the tests of certificates share."""

from __future__ import annotations

from tests.parts.softhsm import tokens

__all__ = ["tokens"]
