"""Is the service alive, is it ready, what do its figures say: for machines that watch it."""

import hmac

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from lrs import hosts, metrics
from lrs.access import EVERYBODY, allow
from lrs.diagnosis import examine
from lrs.errors import NotFound
from lrs.services import services
from lrs.web import current_host

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@allow(EVERYBODY, machine=True)
def healthz() -> ResponseReturnValue:
    """Say that this process answers; nothing else is asked."""
    return {"status": "alive"}


@pages.get("/readyz")
@allow(EVERYBODY, machine=True)
def readyz() -> ResponseReturnValue:
    """Say whether this process should get requests: what it promises to keep must reach the disk."""
    findings = examine(services(), quick=True)
    ready = all(finding.fine for finding in findings)
    answer = jsonify(status="ready" if ready else "not ready", parts={found.part: found.fine for found in findings})
    if not ready:
        answer.status_code = 503
        answer.headers["Retry-After"] = "5"
    return answer


@pages.get("/metrics")
@allow(EVERYBODY, machine=True)
def figures() -> ResponseReturnValue:
    """Give the figures to this machine, or to whoever knows the token."""
    token = services().config.metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            raise NotFound
    elif current_host().kind != hosts.MACHINE:
        raise NotFound
    return Response(metrics.exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")
