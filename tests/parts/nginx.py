"""The nginx of the tests: the system's own, with the configuration that stands in deploy/nginx/ for operators."""

from __future__ import annotations

import os
import re
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.parts.certificates import certificate
from tests.parts.left_out import MissingPartError
from tests.parts.program import Program

if TYPE_CHECKING:
    from types import TracebackType

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx" / "haidang.conf"
_AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr emerg;
{user}
worker_processes {workers};
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{http}
}}
"""


def find_nginx() -> str:
    """Find the program."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise MissingPartError("no nginx: install Debian's package nginx-light")
    return found


def start_nginx(folder: Path, port: int, http: str, workers: int = 1) -> Program:
    """Start one with these words in its http block, in a folder of its own, and wait until it listens."""
    user = "user root;" if os.geteuid() == 0 else ""  # the tests' folders are nobody else's
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user, workers=workers, http=http))
    program = Program([find_nginx(), "-c", f"{folder}/nginx.conf"], folder, name="nginx")
    program.wait_until(lambda: listens(port))
    return program


def configure(folder: Path, *, port: int, service: int, domain: str, objects: Path, tls: str) -> str:
    """Place the operators' configuration here; say what the http block has to include."""
    text = CONFIGURATION.read_text("utf-8")
    ours = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} {tls}",
        "127.0.0.1:8080": f"127.0.0.1:{service}",
        ".lms.example.org;": f".{domain};",
        "/etc/ssl/certs/lms.example.org.pem": f"{folder}/certificate.pem",
        "/etc/ssl/private/lms.example.org.key": f"{folder}/key.pem",
        "/var/log/nginx/haidang.log": f"{folder}/access.log",
        "/var/log/nginx/haidang-errors.log": f"{folder}/errors.log",
        "/var/cache/nginx/haidang": f"{folder}/cache",
        "/srv/haidang/objects": str(objects),
        "include haidang.types": f"include {CONFIGURATION.with_name('haidang.types')}",
    }
    for theirs, here in ours.items():
        assert len(re.findall(re.escape(theirs), text)) == 1, f"{theirs} stands once in {CONFIGURATION}"
        text = text.replace(theirs, here)
    if not tls:
        text = re.sub(r"\n *ssl_[^\n]*", "", text)
    (folder / "haidang.conf").write_text(text, "utf-8")
    return f"include {folder}/haidang.conf;"


class Nginx:
    """A running nginx: TLS on one port, the service behind it on another, objects in a folder."""

    def __init__(self, folder: Path, *, port: int, service: int, domain: str, objects: Path) -> None:
        self.folder = folder
        self.port = port
        certificate(folder, domain, f"*.{domain}")
        words = configure(folder, port=port, service=service, domain=domain, objects=objects, tls="ssl")
        self._program = start_nginx(folder, port, words)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.stop()

    def logs(self) -> str:
        """Read what it has written so far, in all its logs."""
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


def listens(port: int) -> bool:
    """Tell whether somebody listens on a port."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0
