"""Hostile packages, each with the code of its refusal and a harmless twin that differs in the one thing."""

from tests.packages.hostile.case import Case
from tests.packages.hostile.descriptors import descriptors
from tests.packages.hostile.structures import structures
from tests.packages.hostile.zips import zips

__all__ = ["Case", "cases"]


def cases() -> list[Case]:
    """Make them all."""
    return [*zips(), *structures(), *descriptors()]
