"""The short way into the record: a server's key that is known here posts statements as plain JSON, as most requests of a busy record do.

Nothing that Flask brings is needed for that, and it would take longer than the statements do. Whatever is unusual in the least takes the
long way, through `statements.post`; so does every refusal, since its words are found there. A test compares the answers of the two.
"""

import io
from base64 import b64decode
from collections.abc import Iterable
from datetime import UTC, datetime

import orjson

from lrs import headers, hosts, record
from lrs.access import Caller
from lrs.logs import HOST, ROUTE, Application, Environ, StartResponse
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


class ShortWay:
    """Keeps what comes in the usual way, and passes everything else on."""

    def __init__(self, application: Application, services: Services, keeper: Keeper) -> None:
        self._application = application
        self._services = services
        self._keeper = keeper

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Keep statements and name their ids, or pass the request on as it came."""
        kept = self._keep(environ) if _is_usual(environ) else None
        if kept is None:
            return self._application(environ, start_response)
        body = orjson.dumps(kept, option=orjson.OPT_APPEND_NEWLINE)
        start_response("200 OK", [*_ALWAYS, ("Content-Length", str(len(body))), (HEADER, environ[_VERSION])])
        return [body]

    def _keep(self, environ: Environ) -> list[str] | None:
        who, version = self._caller(environ), _version(environ)
        if who is None or who.space_id is None or who.credential_id is None or version is None:
            return None
        said = self._read(environ, version)
        if said is None:
            return None
        delivery = record.prepare(said, record.source_of(who, self._services.config.public_url))
        try:
            self._services.gathering.keep(who.space_id, delivery)
        except Exception as error:  # noqa: BLE001 - whatever it is, the long way knows what to say
            environ[FAILED] = error
            return None
        self._keeper.uses.note(who.space_id, who.credential_id, datetime.now(UTC))
        versions.remember(who.credential_id, environ[_VERSION])
        environ[ROUTE] = _PATH
        return [str(each) for each in delivery.ids]

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
