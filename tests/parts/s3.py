"""A real S3 for the tests: OpenStack Swift behind its s3api, or an endpoint that the environment names."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

from minio import Minio

from tests.parts.keeper import keeper
from tests.parts.left_out import MissingPartError, leave_out
from tests.parts.program import Program
from tests.parts.swift import STORES, Key, configure

if TYPE_CHECKING:
    from types import TracebackType

ROOT = Path(__file__).parents[2]
REGION = "us-east-1"
KEY = Key(account="test", user="key", secret="a/secret+of=the-tests")
FORM = "s3+http://KEY:SECRET@HOST:PORT/BUCKET?region=us-east-1"


class S3Server:
    """A store that the tests may take away and bring back, if it is ours."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"s3+http", "s3+https"} or not (parts.hostname and parts.username and parts.password):
            raise MissingPartError(f"no S3: HAIDANG_TEST_S3 has the form {FORM}")
        self.secure = parts.scheme == "s3+https"
        self.netloc = parts.netloc.rpartition("@")[2]
        self.access_key = unquote(parts.username)
        self.secret_key = unquote(parts.password)
        self.region = parse_qs(parts.query).get("region", [REGION])[0]
        # Someone else's endpoint may hold buckets of theirs: ours begin with the name they gave us.
        self._prefix = f"{prefix}-" if (prefix := parts.path.strip("/")) else ""
        self._swift: Swift | None = None

    @classmethod
    def start(cls) -> Self:
        """Attach to the endpoint that was named, or start Swift and wait until it answers."""
        if named := os.environ.get("HAIDANG_TEST_S3"):
            return cls(named)
        swift = Swift.start()
        server = cls(f"s3+http://{quote(KEY.id, safe='')}:{quote(KEY.secret, safe='')}@127.0.0.1:{swift.port}/")
        server._swift = swift
        return server

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def bucket(self, name: str) -> str:
        """Give the full name that a bucket has on this endpoint."""
        return f"{self._prefix}{name}"

    def url(self, bucket: str) -> str:
        """Give a bucket's address as the service's configuration takes it; nothing is created."""
        scheme = "s3+https" if self.secure else "s3+http"
        who = f"{quote(self.access_key, safe='')}:{quote(self.secret_key, safe='')}"
        return f"{scheme}://{who}@{self.netloc}/{self.bucket(bucket)}?region={quote(self.region, safe='')}"

    def client(self, secret_key: str | None = None) -> Minio:
        """Make a client of its own for this endpoint."""
        return Minio(
            self.netloc,
            access_key=self.access_key,
            secret_key=secret_key or self.secret_key,
            secure=self.secure,
            region=self.region,
        )

    @property
    def swift(self) -> Swift:
        """Give the server that is ours to stop."""
        if self._swift is None:
            leave_out("no S3 that may be stopped: HAIDANG_TEST_S3 names somebody else's")
        return self._swift

    def stop(self) -> None:
        """Take the store away: connections are refused."""
        self.swift.stop()

    def restart(self) -> None:
        """Bring the store back on the same port, with everything that was in it."""
        self.swift.restart()

    def pause(self) -> None:
        """Let the store hang: it takes connections and answers nothing."""
        self.swift.pause()

    def resume(self) -> None:
        """Let a hanging store go on."""
        self.swift.resume()

    def close(self) -> None:
        """Stop the store for good, if it is ours, and remove its folder."""
        if self._swift is not None:
            self._swift.close()


class Swift:
    """Swift's four processes and their folder."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self.folder = folder
        keeper().keep(folder)
        self._ports = configure(folder, KEY, REGION)
        self._running: dict[str, Program] = {}

    @classmethod
    def start(cls) -> Self:
        """Start a new and empty Swift."""
        swift = cls(find_programs(), _folder())
        try:
            # Together first, the waiting afterwards: each needs half a second for itself.
            for name in (*STORES, "proxy"):
                swift._launch(name)
            for name in (*STORES, "proxy"):
                swift._await(name)
        except BaseException:
            swift.close()
            raise
        return swift

    @property
    def port(self) -> int:
        """Give the port on which S3 is spoken."""
        return self._ports["proxy"]

    def stop(self) -> None:
        """Stop the proxy; the servers behind it keep what they hold."""
        if proxy := self._running.pop("proxy", None):
            proxy.stop()

    def restart(self) -> None:
        """Start the proxy again, stopping it first if it runs."""
        self.stop()
        self._launch("proxy")
        self._await("proxy")

    def pause(self) -> None:
        """Freeze the proxy."""
        self._running["proxy"].signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let the proxy go on."""
        self._running["proxy"].signal(signal.SIGCONT)

    def close(self) -> None:
        """Stop everything and remove the folder."""
        for program in self._running.values():
            program.stop(signal.SIGKILL)
        self._running.clear()
        shutil.rmtree(self.folder, ignore_errors=True)
        keeper().forget(self.folder)

    def _launch(self, name: str) -> None:
        # Through the environment's own Python: the scripts' first lines may name another place than this one.
        command = [
            str(self._programs / "python"),
            str(self._programs / f"swift-{name}-server"),
            str(self.folder / f"{name}.conf"),
            "--verbose",
        ]
        self._running[name] = Program(command, self.folder, name=f"swift-{name}")

    def _await(self, name: str) -> None:
        path = "/healthcheck" if name == "proxy" else "/recon/version"
        self._running[name].wait_until(lambda: _answers(self._ports[name], path))


def find_programs() -> Path:
    """Find Swift's programs in the environment that `make test` makes for them."""
    environment = Path(os.environ.get("HAIDANG_TEST_S3_VENV") or ROOT / ".venv-s3").absolute()
    if not (environment / "bin" / "swift-proxy-server").is_file():
        raise MissingPartError(
            f"no S3: {environment} has no Swift; `make .venv-s3` makes it, or name an endpoint in HAIDANG_TEST_S3"
        )
    return environment / "bin"


def _folder() -> Path:
    """Make a temporary folder on a file system with extended attributes: Swift keeps its metadata there."""
    for base in (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"):  # noqa: S108 -- only a place to make one in
        with suppress(OSError):
            folder = Path(tempfile.mkdtemp(prefix="haidang-s3-", dir=base))
            if _has_attributes(folder):
                return folder
            folder.rmdir()
    raise MissingPartError("no S3: no temporary folder has extended attributes, which Swift needs; set TMPDIR")


def _has_attributes(folder: Path) -> bool:
    # Python knows the call on Linux only; macOS's file systems all have them.
    if hasattr(os, "setxattr"):
        try:
            os.setxattr(folder, "user.haidang", b"1")
        except OSError:
            return False
    return True


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True
