"""The short way into the log: statements posted as plain JSON, without attachments."""

from dataclasses import dataclass

import orjson

from lrs import record
from lrs.access import Caller
from lrs.gathering import Guest
from lrs.logs import Environ
from lrs.resources.short_way import LENGTH, Said, read_back
from lrs.services import Services
from lrs.xapi import attachments
from lrs.xapi.errors import Refused
from lrs.xapi.statement import Statement, parse
from lrs.xapi.version import Version

_JSON = frozenset({"application/json", "application/json; charset=utf-8", "application/json;charset=utf-8"})
_NAMED = (("Content-Type", "application/json"),)


@dataclass(frozen=True, slots=True)
class _Keeping:
    """Statements that were brought to be written."""

    guest: Guest

    @property
    def can_wait(self) -> bool:
        """A few statements share a commit with others."""
        return self.guest.gathers

    def run(self) -> Said:
        """Name their ids, once they are on disk."""
        self.guest.wait()
        ids = [str(each) for each in self.guest.delivery.ids]
        return Said("200 OK", _NAMED, orjson.dumps(ids, option=orjson.OPT_APPEND_NEWLINE))


class Statements:
    """POST on the Statements resource."""

    scopes = frozenset({"statements/write"})

    def __init__(self, services: Services) -> None:
        self._services = services

    def take(self, environ: Environ, who: Caller, speaks: Version) -> _Keeping | None:
        """Read statements, and have them written with the next."""
        if who.space_id is None or not _is_usual(environ):
            return None
        said = self._read(environ, speaks)
        if said is None:
            return None
        delivery = record.prepare(said, record.source_of(who, self._services.config.public_url))
        return _Keeping(self._services.gathering.join(who.space_id, delivery))

    def _read(self, environ: Environ, speaks: Version) -> list[Statement] | None:
        """Read the statements, and put the body back for the long way."""
        length = int(environ[LENGTH])
        if length > self._services.config.body_limit:
            return None
        data = read_back(environ, length)
        try:
            said = parse(data, speaks) if len(data) == length else None
        except Refused:
            return None
        plain = said is not None and not any(True for each in said for _ in attachments.of(each.value))
        return said if plain else None


def _is_usual(environ: Environ) -> bool:
    return (
        not environ.get("QUERY_STRING")
        and environ.get("CONTENT_TYPE", "").lower() in _JSON
        and "HTTP_CONTENT_ENCODING" not in environ
        and environ.get(LENGTH, "").isdecimal()
    )
