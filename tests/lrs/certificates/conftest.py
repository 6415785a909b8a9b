"""What the tests of certificates share; they are sent by the same post as everything else."""

from __future__ import annotations

from tests.lrs.people.conftest import mailed
from tests.parts.softhsm import tokens

__all__ = ["mailed", "tokens"]
