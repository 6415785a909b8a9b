"""Every table, gathered: importing this module fills the metadata."""

from storage import (
    attempts,
    audit,
    claims,
    commits,
    courses,
    credentials,
    definitions,
    documents,
    entry,
    hourly,
    identities,
    outbox,
    outcomes,
    people,
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
    people,
    identities,
    entry,
    audit,
    claims,
    hourly,
    units,
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
