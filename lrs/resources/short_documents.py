"""The short way to documents: one is got, or a state is put over whatever is there, as a lesson does at every page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import parse_qsl

from werkzeug.http import http_date

from lrs.access import Caller
from lrs.errors import NotFound
from lrs.logs import Environ
from lrs.resources import kinds
from lrs.resources.kinds import READS, UNNAMED_TYPE, Asked, Kind
from lrs.resources.short_way import LENGTH, Said, read_back
from lrs.services import Services
from lrs.xapi import documents as rules
from lrs.xapi.errors import Refused
from lrs.xapi.version import Version
from storage import documents
from storage.database import Database
from storage.documents import Document, Place
from storage.errors import ConnectionLost

_Outcome = TypeVar("_Outcome")

_KEPT = Said("204 NO CONTENT", (("Content-Type", "text/html; charset=utf-8"),))
_FORM = "application/x-www-form-urlencoded"
_CONDITIONS = frozenset({"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"})
_UNUSUAL = _CONDITIONS | {"HTTP_RANGE", "HTTP_CONTENT_ENCODING", "HTTP_TRANSFER_ENCODING"}


@dataclass(frozen=True, slots=True)
class _Getting:
    """A document that is asked for."""

    database: Database
    space: int
    place: Place
    id: str
    can_wait: bool = False

    def run(self) -> Said:
        """Give it."""
        found = _done(self._find)
        if found is None:
            raise NotFound
        named = ("Content-Type", found.content_type), ("ETag", found.etag), ("Last-Modified", http_date(found.updated))
        return Said("200 OK", named, found.content)

    def _find(self) -> Document | None:
        with self.database.at_once(self.space, writes=False) as tx:
            return documents.find_at_once(tx, self.place, self.id)


@dataclass(frozen=True, slots=True)
class _Putting:
    """A document that was brought."""

    database: Database
    space: int
    place: Place
    document: Document
    can_wait: bool = False

    def run(self) -> Said:
        """Say that it is on disk."""
        _done(self._put)
        return _KEPT

    def _put(self) -> None:
        with self.database.at_once(self.space) as tx:
            documents.put_at_once(tx, self.place, self.document)


def _done(deed: Callable[[], _Outcome]) -> _Outcome:
    """Do what may be done twice, and do it once more if the connection broke: while it lay there, or after the commit."""
    try:
        return deed()
    except ConnectionLost:
        return deed()


class Gets:
    """GET of one document of a kind."""

    def __init__(self, services: Services, kind: Kind) -> None:
        self.scopes = frozenset({kind.scope, READS})
        self._services = services
        self._kind = kind

    def take(self, environ: Environ, who: Caller, speaks: Version) -> _Getting | None:
        """Read which one is asked for."""
        asked = _asked(self._kind, environ, speaks)
        if who.space_id is None or asked is None or asked.id is None or environ.get(LENGTH, "0") not in {"", "0"}:
            return None
        return _Getting(self._services.database, who.space_id, asked.place, asked.id)


class Puts:
    """PUT of a document of a kind that asks for no precondition: in 1.0.3, State (Communication 3.1)."""

    def __init__(self, services: Services, kind: Kind) -> None:
        self.scopes = frozenset({kind.scope})
        self._services = services
        self._kind = kind

    def take(self, environ: Environ, who: Caller, speaks: Version) -> _Putting | None:
        """Read which one it is, and the document."""
        length, content_type = environ.get(LENGTH, ""), environ.get("CONTENT_TYPE") or UNNAMED_TYPE
        usual = speaks is Version.V1 and length.isdecimal() and int(length) <= self._services.config.body_limit
        if not usual or _FORM in content_type.lower() or not content_type.isprintable() or not content_type.isascii():
            return None
        asked = _asked(self._kind, environ, speaks)
        if who.space_id is None or asked is None or asked.id is None:
            return None
        content = read_back(environ, int(length))
        if len(content) < int(length):
            return None
        made = Document(asked.id, content, content_type, rules.etag(content), datetime.now(UTC))
        return _Putting(self._services.database, who.space_id, asked.place, made)


def _asked(kind: Kind, environ: Environ, speaks: Version) -> Asked | None:
    """Read what the parameters name, if there is nothing strange about them."""
    query = environ.get("QUERY_STRING", "")
    if not query.isascii() or "%00" in query or "\0" in query or not _UNUSUAL.isdisjoint(environ):
        return None
    try:
        return kinds.read(kind, parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict"), speaks)
    except (Refused, ValueError):
        return None
