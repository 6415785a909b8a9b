"""Every table, gathered: importing this module fills the metadata."""

from storage import attempts, courses, definitions, documents, outcomes, people, related, service, spaces, statements
from storage.schema import metadata

ROOMS = (service, spaces, people, statements, related, definitions, documents, courses, attempts, outcomes)

__all__ = ["ROOMS", "metadata"]
