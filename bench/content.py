"""Content: a lesson's files, small and large, from a folder: by the service, by nginx that asks the service first, and by nginx alone."""

from __future__ import annotations

import random
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from bench.figures import Figure, Round
from bench.lines import drive
from bench.service import CURRENT, Service
from bench.targets import ONCE
from lrs.hosts import content_label
from lrs.keys import Keys
from packages.placing import prefix
from player.tokens import Content, content_token
from storage.blobs import open_blobs
from tests.parts.nginx import configure, start_nginx
from tests.parts.ports import free_ports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from bench.load import Load

CONNECTIONS = 16
PIECE = 1024 * 1024
KINDS = (
    ("8 KB files", 200, 8 * 1024, 0),
    ("100 KB files", 50, 100 * 1024, 0),
    ("1 MB of a film", 1, 20 * PIECE, PIECE),
    ("a film of 20 MB", 1, 20 * PIECE, 0),
)
"""What is asked for: how many there are, of what size, and how much of one from anywhere in it, if not the whole."""

_WAYS = ("service", "X-Accel", ONCE)
_SPACE = 1
_NGINX = """
    {asked_once}
    access_log off;
    server {{
        listen 127.0.0.1:{alone};
        location / {{ root {objects}; sendfile on; tcp_nopush on; keepalive_requests 1000000; }}
    }}
    upstream asked {{ server 127.0.0.1:{service}; keepalive 32; }}
    server {{
        listen 127.0.0.1:{each};
        location / {{
            proxy_pass http://asked;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
        }}
        location /_objects/ {{ internal; alias {objects}/; sendfile on; tcp_nopush on; }}
        keepalive_requests 1000000;
    }}
"""


def measure(load: Load, rounds: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Measure each kind of file in three ways, in turns; what nginx does alone right afterwards is the limit."""
    service = load.service
    version, token = _fill(service)
    handing = Service(service.ground, CURRENT)
    handing.environ["HAIDANG_FILES_BY"] = "nginx"
    with handing, _nginx(service, handing.port) as (alone, *fronts):
        place = f"/{prefix(_SPACE, version).count('/') + 1}/{prefix(_SPACE, version)}"
        host = f"{content_label(version)}.lms.localhost"
        for kind, *_ in KINDS:
            figures = [Figure(f"{kind}, {way}", "requests/s", limit_name="by nginx alone") for way in _WAYS]
            for _ in range(rounds):
                for figure, port in zip(figures, (service.port, *fronts), strict=True):
                    found = _run(load, port, _asked(f"/c/{token}/", host, kind))
                    found.limit = _run(load, alone, _asked(place, "127.0.0.1", kind)).rate
                    figure.rounds.append(found)
                    say(figure)
            yield from figures


def _fill(service: Service) -> tuple[UUID, str]:
    """Put the files where a version's files lie, and write the token that opens them."""
    version, blobs = uuid4(), open_blobs(service.object_store)
    for number, (_, count, size, _) in enumerate(KINDS):
        for each in range(count):
            blobs.put(f"{prefix(_SPACE, version)}{number}-{each}.bin", random.Random(each).randbytes(size))
    keys = Keys(Path(service.environ["HAIDANG_DATA"]) / "keys" / "secret.key")
    return version, content_token(keys, Content(_SPACE, version), uuid4())


def _asked(folder: str, host: str, kind: str) -> list[bytes]:
    """Write requests for files of a kind."""
    number = [name for name, *_ in KINDS].index(kind)
    _, count, size, piece = KINDS[number]
    chance = random.Random(7)
    requests = []
    for each in range(200):
        first = chance.randrange(size - piece)
        part = f"Range: bytes={first}-{first + piece - 1}\r\n" if piece else ""
        line = f"GET {folder}{number}-{each % count}.bin HTTP/1.1\r\nHost: {host}\r\n{part}\r\n"
        requests.append(line.encode())
    return requests


def _run(load: Load, port: int, requests: list[bytes]) -> Round:
    chance = random.Random(7)
    endless = iter(lambda: chance.choice(requests), b"")
    outcome = drive(port, endless, CONNECTIONS, load.seconds)
    found = Round.of(outcome.latencies, outcome.rate)
    found.load_us = outcome.own_seconds * 1e6 / found.requests
    return found


@contextmanager
def _nginx(service: Service, behind: int) -> Iterator[tuple[int, int, int]]:
    """Start an nginx that serves the folder by itself on one port, asks the service for each file on another, and once on a third."""
    folder = service.ground.folder
    objects = Path(service.environ["HAIDANG_DATA"]) / "objects"
    alone, each, once = free_ports(3)
    asked_once = configure(folder, port=once, service=behind, domain="lms.localhost", objects=objects, tls="")
    words = _NGINX.format(alone=alone, each=each, objects=objects, service=behind, asked_once=asked_once)
    program = start_nginx(folder, once, words, workers=2)
    try:
        yield alone, each, once
    finally:
        program.stop()
