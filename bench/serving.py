"""gunicorn's configuration for any class of workers: the service's own, which expects the application where only its own worker puts it."""

from typing import Any

from lrs import serving

globals().update({name: value for name, value in vars(serving).items() if not name.startswith("_")})


def post_worker_init(worker: Any) -> None:
    """Start what runs beside the requests."""
    worker.application = getattr(worker, "application", worker.wsgi)
    serving.post_worker_init(worker)
