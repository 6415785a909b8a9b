"""What an operator's graphs are made of, in Prometheus' format. Several workers share their figures through a folder that `serve` names."""

import os
import struct
import time
from contextlib import suppress
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_HALF_MADE = (OSError, RuntimeError, ValueError, struct.error)
"""What reading says of a worker's file that is being made, or taken away."""

TRIES = 5
PAUSE = 0.02

REQUESTS = Counter("haidang_requests_total", "Requests answered", ("host", "method", "status"))
SECONDS = Histogram(
    "haidang_request_seconds",
    "Time from a request to the end of its answer",
    ("host",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
STATEMENTS = Counter("haidang_statements_total", "Statements appended to the log", ("provenance",))
ATTACHMENTS = Counter("haidang_attachments_total", "Attachments received with statements", ("data",))
FOLLOWED = Counter("haidang_followed_total", "Statements a follower has dealt with", ("follower",))
LAG = Gauge(
    "haidang_follower_lag_seconds",
    "Age of the oldest statement a follower had before it in its last round",
    ("follower",),
    multiprocess_mode="mostrecent",
)
DELIVERED = Counter("haidang_delivered_total", "Entries of the outbox that a target has taken", ("target",))
WAITING = Gauge(
    "haidang_outbox_waiting",
    "Entries of the outbox that wait for a target",
    ("target",),
    multiprocess_mode="mostrecent",
)
OUTBOX_LAG = Gauge(
    "haidang_outbox_lag_seconds",
    "Age of the oldest entry that waits for a target",
    ("target",),
    multiprocess_mode="mostrecent",
)
AWARDS = Counter("haidang_awards_total", "Awards given")
REVIEWS = Counter("haidang_reviews_total", "Reviews of awards opened")
REMADE = Counter("haidang_remade_total", "Learners whose states were made anew from the record")
LETTERS = Counter("haidang_letters_total", "Letters settled, and how", ("kind", "end"))
WEBHOOKS = Counter("haidang_webhooks_total", "Events for other systems settled, and how", ("event", "end"))

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})


def known_method(method: str) -> str:
    """Give the method's name, or `other`: a made-up one makes no new series, and may hold anything."""
    return method if method in _METHODS else "other"


def count_request(host: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    requests, lasted = _series(host, known_method(method), status)
    requests.inc()
    lasted.observe(seconds)


@lru_cache(1024)
def _series(host: str, method: str, status: int) -> tuple[Counter, Histogram]:
    """Find what counts such requests."""
    return REQUESTS.labels(host, method, status), SECONDS.labels(host)


def exposition() -> bytes:
    """Write out all figures, those of the other workers included."""
    if _FOLDER not in os.environ:
        return generate_latest()
    for _ in range(TRIES - 1):
        with suppress(*_HALF_MADE):
            return _together()
        time.sleep(PAUSE)
    return _together()


def _together() -> bytes:
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def forget_worker(pid: int) -> None:
    """Drop the gauges of a worker that has gone."""
    if _FOLDER in os.environ:
        multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]
