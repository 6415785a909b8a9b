"""The short way into the record and out of it: a server's key that is known here asks for what a busy record is asked all the time.

Nothing that Flask brings is needed for that, and it would take longer than the work does. Whatever is unusual in the least takes the long
way, through the views; so does every refusal, since its words are found there. Tests compare the answers of the two.
"""

import io
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from flask import request

from lrs import headers, hosts
from lrs.access import ALL, Caller
from lrs.logs import CAN_WAIT, HOST, ROUTE, Application, Environ, StartResponse
from lrs.people.keeper import Keeper
from lrs.resources import versions
from lrs.xapi.errors import Refused
from lrs.xapi.version import HEADER, Version, asked

FAILED = "haidang.failed"
"""Carries what went wrong to the view that answers it: nothing must be written a second time, perhaps under other ids."""

LENGTH = "CONTENT_LENGTH"

_VERSION = "HTTP_X_EXPERIENCE_API_VERSION"
_ALWAYS = (("Vary", "Origin"), *headers.PLAIN)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    status: str
    fields: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class Errand(Protocol):
    """What a request asks for, understood and allowed; what is left is to do it."""

    @property
    def can_wait(self) -> bool:
        """Whether it is done together with others that are heard meanwhile."""
        ...

    def run(self) -> Said:
        """Do it, and say what came of it."""
        ...


class Usual(Protocol):
    """A kind of request that is usual."""

    scopes: frozenset[str]

    def take(self, environ: Environ, who: Caller, speaks: Version) -> Errand | None:
        """Understand a request, or leave it as it came."""
        ...


class ShortWay:
    """Does what is usual, by method and path, and passes everything else on."""

    def __init__(self, application: Application, keeper: Keeper, usual: Mapping[tuple[str, str], Usual]) -> None:
        self._application = application
        self._keeper = keeper
        self._usual = dict(usual)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or pass the request on as it came."""
        usual = self._usual.get((environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")))
        if usual is None:
            return self._application(environ, start_response)
        who, speaks = self._caller(environ, usual), _version(environ)
        errand = None if who is None or speaks is None else usual.take(environ, who, speaks)
        if who is None or errand is None:
            return self._application(environ, start_response)
        if errand.can_wait:
            environ[CAN_WAIT] = True
        return self._run(errand, who, environ, start_response)

    def _run(self, errand: Errand, who: Caller, environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
        try:
            said = errand.run()
        except Exception as error:  # noqa: BLE001 - whatever it is, the long way knows what to say
            environ[FAILED] = error
            with _closing(self._application(environ, start_response)) as answer:
                yield from answer
            return
        if who.space_id is not None and who.credential_id is not None:
            self._keeper.uses.note(who.space_id, who.credential_id, datetime.now(UTC))
            versions.remember(who.credential_id, environ[_VERSION])
        environ[ROUTE] = environ["PATH_INFO"]
        length = () if said.status.startswith("204") else (("Content-Length", str(len(said.body))),)
        start_response(said.status, [*said.fields, *_ALWAYS, *length, (HEADER, environ[_VERSION])])
        yield said.body

    def _caller(self, environ: Environ, usual: Usual) -> Caller | None:
        """Recall a server's key without a rate that has the scope; whoever else it is, the long way asks the database."""
        kind, _, word = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            key, _, secret = b64decode(word).decode().partition(":")
        except ValueError:
            return None
        host = environ[HOST]
        who = self._keeper.known.recall(key, secret, host.slug if host.kind == hosts.SPACE else "")
        if who is None or who.space_id is None or who.key.rate is not None or who.key.origins is not None:
            return None
        return who if ALL in who.scopes or who.scopes & usual.scopes else None


def read_back(environ: Environ, length: int) -> bytes:
    """Read a body, and put it back for the long way."""
    try:
        data: bytes = environ["wsgi.input"].read(length)
    except OSError:  # the line was cut: what is missing then says so
        data = b""
    environ["wsgi.input"] = io.BytesIO(data)
    return data


def fail_as_before() -> None:
    """Raise in a view what went wrong on the short way."""
    error = request.environ.get(FAILED)
    if error is not None:
        raise error


@contextmanager
def _closing(body: Iterable[bytes]) -> Iterator[Iterable[bytes]]:
    """Close a body afterwards, if it can be closed."""
    try:
        yield body
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()


def _version(environ: Environ) -> Version | None:
    try:
        return asked(environ.get(_VERSION))
    except Refused:
        return None
