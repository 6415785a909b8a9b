"""A worker that acknowledges statements before they are written: the control that must lose some when it is killed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING

from lrs.server.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrs.logs import Application, Environ, StartResponse


class Hasty(Worker):
    """The service's own worker, but for that."""

    def load_wsgi(self) -> None:
        """Load the application, behind somebody who answers first."""
        super().load_wsgi()
        application: Application = self.wsgi
        one_by_one = ThreadPoolExecutor(1)

        def write(environ: Environ) -> None:
            for _ in application(environ, lambda *_: print):
                pass

        def hasty(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            if environ["REQUEST_METHOD"] != "POST":
                return application(environ, start_response)
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            one_by_one.submit(write, environ | {"wsgi.input": BytesIO(body)})
            start_response("200 OK", [("Content-Length", "2")])
            return [b"[]"]

        self.wsgi = hasty
