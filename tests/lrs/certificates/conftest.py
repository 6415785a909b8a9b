"""Certificates are sent by the same post as everything else."""

from tests.lrs.people.conftest import mailed

__all__ = ["mailed"]
