"""Every table, gathered: importing this module fills the metadata."""

from storage import (
    attempts,
    audit,
    commits,
    courses,
    credentials,
    definitions,
    documents,
    emblems,
    entry,
    identities,
    letters,
    outbox,
    outcomes,
    people,
    platform,
    related,
    service,
    spaces,
    statements,
    tracks,
    units,
    usage,
)
from storage.schema import metadata

ROOMS = (
    service,
    spaces,
    emblems,
    people,
    identities,
    entry,
    audit,
    units,
    platform,
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
    letters,
)

__all__ = ["ROOMS", "metadata"]
