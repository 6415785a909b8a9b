"""Every table, gathered: importing this module fills the metadata."""

from storage import (
    attempts,
    commits,
    courses,
    credentials,
    definitions,
    documents,
    outbox,
    outcomes,
    people,
    related,
    service,
    spaces,
    statements,
    tracks,
    usage,
)
from storage.schema import metadata

ROOMS = (
    service,
    spaces,
    people,
    credentials,
    usage,
    statements,
    related,
    definitions,
    documents,
    courses,
    attempts,
    tracks,
    commits,
    outcomes,
    outbox,
)

__all__ = ["ROOMS", "metadata"]
