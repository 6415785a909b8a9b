"""The short way into the record: a server's key that is known here posts statements as plain JSON, as most requests of a busy record do.

Nothing that Flask brings is needed for that, and it would take longer than the statements do. Whatever is unusual in the least takes the
long way, through `statements.post`; so does every refusal, since its words are found there. A test compares the answers of the two.
"""

import io
from base64 import b64decode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import orjson

from lrs import headers, hosts, record
from lrs.access import Caller
from lrs.gathering import Guest
from lrs.logs import CAN_WAIT, HOST, ROUTE, Application, Environ, StartResponse
from lrs.people.keeper import Keeper
from lrs.resources import versions
from lrs.services import Services
from lrs.xapi import attachments
from lrs.xapi.errors import Refused
from lrs.xapi.statement import Statement, parse
from lrs.xapi.version import HEADER, Version, asked

FAILED = "haidang.failed"
"""Carries what went wrong in writing to the view that answers it: it must not be written a second time, perhaps under other ids."""

_PATH = "/xapi/statements"
_VERSION = "HTTP_X_EXPERIENCE_API_VERSION"
_LENGTH = "CONTENT_LENGTH"
_WRITES = frozenset({"statements/write", "all"})
_JSON = frozenset({"application/json", "application/json; charset=utf-8", "application/json;charset=utf-8"})
_ALWAYS = (("Content-Type", "application/json"), ("Vary", "Origin"), *headers.PLAIN)


@dataclass(frozen=True, slots=True)
class _Brought:
    """Statements that will be written, and whose key brought them."""

    space: int
    credential: UUID
    guest: Guest


class ShortWay:
    """Keeps what comes in the usual way, and passes everything else on."""

    def __init__(self, application: Application, services: Services, keeper: Keeper) -> None:
        self._application = application
        self._services = services
        self._keeper = keeper

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Keep statements and name their ids, or pass the request on as it came."""
        brought = self._bring(environ) if _is_usual(environ) else None
        if brought is None:
            return self._application(environ, start_response)
        if brought.guest.gathers:
            environ[CAN_WAIT] = True
        return self._kept(brought, environ, start_response)

    def _bring(self, environ: Environ) -> _Brought | None:
        who, version = self._caller(environ), _version(environ)
        if who is None or who.space_id is None or who.credential_id is None or version is None:
            return None
        said = self._read(environ, version)
        if said is None:
            return None
        delivery = record.prepare(said, record.source_of(who, self._services.config.public_url))
        return _Brought(who.space_id, who.credential_id, self._services.gathering.join(who.space_id, delivery))

    def _kept(self, brought: _Brought, environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
        """Answer, once the statements are on disk."""
        try:
            brought.guest.wait()
        except Exception as error:  # noqa: BLE001 - whatever it is, the long way knows what to say
            environ[FAILED] = error
            with _closing(self._application(environ, start_response)) as answer:
                yield from answer
            return
        self._keeper.uses.note(brought.space, brought.credential, datetime.now(UTC))
        versions.remember(brought.credential, environ[_VERSION])
        environ[ROUTE] = _PATH
        body = orjson.dumps([str(each) for each in brought.guest.delivery.ids], option=orjson.OPT_APPEND_NEWLINE)
        start_response("200 OK", [*_ALWAYS, ("Content-Length", str(len(body))), (HEADER, environ[_VERSION])])
        yield body

    def _caller(self, environ: Environ) -> Caller | None:
        """Recall a server's key without a rate that may write; whoever else it is, the long way asks the database."""
        kind, _, word = environ["HTTP_AUTHORIZATION"].partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            key, _, secret = b64decode(word).decode().partition(":")
        except ValueError:
            return None
        host = environ[HOST]
        who = self._keeper.known.recall(key, secret, host.slug if host.kind == hosts.SPACE else "")
        usual = who is not None and who.key.rate is None and who.key.origins is None
        return who if who is not None and usual and who.scopes & _WRITES else None

    def _read(self, environ: Environ, version: Version) -> list[Statement] | None:
        """Read the statements, and put the body back for the long way."""
        length = int(environ[_LENGTH])
        if length > self._services.config.body_limit:
            return None
        try:
            data = environ["wsgi.input"].read(length)
        except OSError:  # the line was cut: what is missing then says so
            data = b""
        environ["wsgi.input"] = io.BytesIO(data)
        try:
            said = parse(data, version) if len(data) == length else None
        except Refused:
            return None
        plain = said is not None and not any(True for each in said for _ in attachments.of(each.value))
        return said if plain else None


@contextmanager
def _closing(body: Iterable[bytes]) -> Iterator[Iterable[bytes]]:
    """Close a body afterwards, if it can be closed."""
    try:
        yield body
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()


def _is_usual(environ: Environ) -> bool:
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("PATH_INFO") == _PATH
        and not environ.get("QUERY_STRING")
        and environ.get("CONTENT_TYPE", "").lower() in _JSON
        and "HTTP_CONTENT_ENCODING" not in environ
        and "HTTP_AUTHORIZATION" in environ
        and environ.get(_LENGTH, "").isdecimal()
    )


def _version(environ: Environ) -> Version | None:
    try:
        return asked(environ.get(_VERSION))
    except Refused:
        return None
