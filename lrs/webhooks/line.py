"""One POST to another system: to exactly the address that was judged, with an end to our patience (docs/webhooks.md, Where it may lead)."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from lrs import networks
from lrs.networks import Network
from lrs.webhooks.address import Address
from lrs.webhooks.answers import AWAY, BROKEN, FORBIDDEN, NO_NAME, SLOW, TLS, Answer, meaning

PATIENCE = 20.0
"""Seconds for everything: looking the name up, connecting, and the head of the answer."""


class Line:
    """The way out, and the networks beside the Internet that it may lead to."""

    def __init__(self, inside: Sequence[Network], patience: float = PATIENCE) -> None:
        self._inside = inside
        self._patience = patience

    def post(self, to: Address, fields: Mapping[str, str], body: bytes) -> Answer:
        """Send a body; whatever happens is an answer, and comes in time."""
        until = time.monotonic() + self._patience
        try:
            judged = [each for each in _look_up(to, until) if self._may(to, each)]
            if not judged:
                return Answer(FORBIDDEN)
            return _send(_connected(to, judged, until), to, fields, body, until)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(SLOW if time.monotonic() >= until else _word(error))

    def _may(self, to: Address, text: str) -> bool:
        """Tell whether an address that a name has may be reached in this way."""
        found = networks.meant(text)
        return networks.is_inside(found, self._inside) or (to.usual and networks.is_public(found))


def _look_up(to: Address, until: float) -> list[str]:
    """List the addresses of a name; the system's resolver knows no end to its patience, so it is asked in a thread."""
    found: list[str] = []
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            listed = socket.getaddrinfo(to.host, to.port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(each[4][0]) for each in listed))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_left(until))
    if failed:
        raise socket.gaierror from failed[0]
    if not found:
        raise TimeoutError
    return found


def _connected(to: Address, judged: Sequence[str], until: float) -> socket.socket:
    """Connect to the first address that answers; a name is not looked up once more."""
    for at, each in enumerate(judged, 1):
        share = _left(until) / (len(judged) - at + 1)  # so that one that hangs leaves time for the next
        try:
            return socket.create_connection((each, to.port), timeout=share)
        except OSError:
            if at == len(judged):
                raise
    raise AssertionError  # nobody calls it with nothing


def _send(bare: socket.socket, to: Address, fields: Mapping[str, str], body: bytes, until: float) -> Answer:
    """Talk HTTP on a connection; a clock cuts it, also where each letter of an answer takes a second."""
    line = http.client.HTTPConnection(to.host, to.port)
    line.auto_open = 0  # it would look the name up by itself
    line.sock = bare
    clock = threading.Timer(_left(until), _cut, [line])
    clock.daemon = True
    clock.start()
    try:
        bare.settimeout(_left(until))
        if to.scheme == "https":
            _encrypt(line, bare)
        line.putrequest("POST", to.target, skip_host=True, skip_accept_encoding=True)
        own = {"Host": to.authority, "Content-Length": str(len(body)), "Connection": "close"}
        for name, value in (own | dict(fields)).items():
            line.putheader(name, value)
        line.endheaders(body)
        answer = line.getresponse()  # the head alone, of which http.client bounds lines and their number
        _left(until)  # a head that was cut reads like one that has ended
        return meaning(answer.status, answer.headers.get("Retry-After", ""), datetime.now(UTC))
    finally:
        clock.cancel()
        line.close()


def _encrypt(line: http.client.HTTPConnection, bare: socket.socket) -> None:
    """Go on encrypted; the clock has to find what it cuts before the other side says its first word."""
    context = ssl.create_default_context()
    line.sock = encrypted = context.wrap_socket(bare, server_hostname=line.host, do_handshake_on_connect=False)
    encrypted.do_handshake()


def _cut(line: http.client.HTTPConnection) -> None:
    with suppress(OSError, TypeError):  # it has just ended by itself
        socket.socket.shutdown(line.sock, socket.SHUT_RDWR)


_WORDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (TimeoutError, SLOW),
    (socket.gaierror, NO_NAME),
    (ssl.SSLError, TLS),
    ((http.client.HTTPException, ValueError), BROKEN),
    (OSError, AWAY),
)
"""The kinds of errors, the narrow before the wide."""


def _word(error: Exception) -> str:
    return next(word for kinds, word in _WORDS if isinstance(error, kinds))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
