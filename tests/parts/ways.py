"""The two ways that a request can take through the service, and what they answer (lrs/resources/short_way.py)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from werkzeug.test import EnvironBuilder

from lrs import hosts
from lrs.hosts import Host
from lrs.logs import HOST
from lrs.people.keeper import keeper_of
from lrs.resources import usual
from lrs.resources.short_way import ShortWay
from tests.parts.programs import BASE, V1, Partner, partner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.test import TestResponse

    from lrs.logs import Environ, StartResponse
    from tests.parts.installations import Installation


_ID = re.compile(rb'"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"')


def known(installation: Installation, scope: str = "all") -> Partner:
    """Give a program a key that was just used: this process knows it."""
    program = partner(installation, scope)
    program.get("/statements", limit="1")
    return program


def unknown(installation: Installation, scope: str = "all") -> Partner:
    """Give a program a key that this process forgets at once: each request of it takes the long way."""
    program = known(installation, scope)
    keeper_of(installation.app).known.forget(program.key["key"])
    return program


Answer = tuple[int, list[tuple[str, str]], bytes]


def told(answer: TestResponse) -> Answer:
    """Say all of an answer that does not differ from request to request: new ids, and the request's own."""
    fields = sorted((name, value) for name, value in answer.headers if name != "X-Request-Id")
    return answer.status_code, fields, _ID.sub(b"an id", answer.data)


def takes_the_long_way(
    installation: Installation, program: Partner, method: str, path: str, body: bytes = b"", **changes: str
) -> bool:
    """Tell whether the short way passes a request on to the long one."""
    passed = []

    def long_way(_environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        passed.append(True)
        start_response("200 OK", [])
        return []

    builder = EnvironBuilder(path, BASE, method=method, data=body or None, content_type="application/json")
    environ = builder.get_environ() | {"HTTP_AUTHORIZATION": f"Basic {program.word}", HOST: Host(hosts.MACHINE)}
    environ |= {"HTTP_X_EXPERIENCE_API_VERSION": V1} | changes
    way = ShortWay(long_way, keeper_of(installation.app), usual(installation.services))
    list(way(environ, lambda *_: lambda _data: None))
    return bool(passed)
