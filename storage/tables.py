"""Every table, gathered: importing this module fills the metadata."""

from storage import attempts, courses, outcomes, people, service, spaces, statements
from storage.schema import metadata

ROOMS = (service, spaces, people, statements, courses, attempts, outcomes)

__all__ = ["ROOMS", "metadata"]
