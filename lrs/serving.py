"""How gunicorn runs the service: `haidang serve` starts it with this module as its configuration.

Followers start in a worker, after the fork; building the application starts nothing.
"""

import gc
import os
import shutil
import threading
from typing import Any

from lrs import config as configuration
from lrs import logs, metrics
from lrs.people.keeper import keeper_of
from lrs.server.settings import SETTINGS

_config = configuration.read(os.environ)
_BESIDE = ("haidang.followers", "haidang.outbox")

globals().update(SETTINGS)
wsgi_app = "wsgi:app"
bind = _config.listens_on
workers = _config.workers
threads = _config.threads
timeout = 60
graceful_timeout = 30
preload_app = False
proc_name = "haidang"


def when_ready(_server: Any) -> None:
    """Say where the service is: from now on that is true."""
    print(os.environ.get(configuration.GREETING, ""), flush=True)  # noqa: T201 - this is what the person at the terminal waits for


def on_exit(_server: Any) -> None:
    """Clear away the workers' figures."""
    shutil.rmtree(os.environ.get("PROMETHEUS_MULTIPROC_DIR", ""), ignore_errors=True)


def post_worker_init(worker: Any) -> None:
    """Start what runs beside the requests."""
    logs.set_up(_config.log_level)
    # A batch of statements is thousands of objects that nothing ties in circles: looking for circles that often took two thirds of
    # the time that reading it takes. What the program itself consists of is never looked at again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    threading.Thread(target=_at_start, args=(worker.application,), name="at start", daemon=True).start()
    keeper_of(worker.application).uses.start()
    if _config.followers == "inside":
        for runs in _BESIDE:
            worker.application.extensions[runs].start()


def _at_start(application: Any) -> None:
    """Look after what an earlier life has left behind, beside the requests: it may ask parts that do not answer."""
    with application.app_context():
        for step in application.extensions["haidang.at_start"]:
            step()


def worker_exit(_server: Any, worker: Any) -> None:
    """Let the follower finish its batch, and write when keys were used."""
    application = getattr(worker, "application", None)
    if application is not None:
        keeper_of(application).uses.stop()
        for runs in _BESIDE:
            application.extensions[runs].stop()


def child_exit(_server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that has gone."""
    metrics.forget_worker(worker.pid)
