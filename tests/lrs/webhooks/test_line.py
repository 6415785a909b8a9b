"""A POST goes to the address that was judged, encrypted for the name, and comes to an end."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from lrs import networks
from lrs.webhooks import address
from lrs.webhooks.line import Line
from tests.lrs.webhooks.receiver import LOOPBACK, receiver
from tests.parts.certificates import certificate
from tests.parts.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INSIDE = networks.read(LOOPBACK)


def post(url: str, *, inside: tuple[networks.Network, ...] = INSIDE, patience: float = 5.0) -> str:
    return Line(inside, patience).post(address.read(url), {"webhook-id": "1"}, b'{"a": "\xc3\xa1"}').word


def context(tmp_path: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    shown, secret = certificate(tmp_path, name)
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(shown, secret)
    return made, shown


@contextmanager
def saying(words: bytes, *, then_hang: bool = True) -> Iterator[int]:
    """Open a port at which something says these words, whatever comes, and hangs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def serve() -> None:
            line, _ = server.accept()
            line.recv(65536)
            line.sendall(words)
            if then_hang:
                over.wait(20)
            line.close()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        over.set()


def test_what_is_posted_arrives_as_it_is() -> None:
    with receiver() as there:
        assert post(there.url) == "delivered"

    (got,) = there.got
    assert (got.path, got.body) == ("/hook?from=haidang", b'{"a": "\xc3\xa1"}')
    assert got.fields["host"] == f"localhost:{there.port}"


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "0x7f.1", "127.1"])
def test_the_inside_is_refused_unless_it_is_allowed(name: str) -> None:
    """The control stands beside it: with the setting the same address is reached."""
    with receiver() as there:
        url = f"https://{name}:{there.port}/"
        assert post(url, inside=()) == "forbidden"
        assert post(url.replace("https", "http"), inside=()) == "forbidden"
        assert there.got == []
        assert post(url.replace("https", "http")) == "delivered"


def test_a_name_that_leads_elsewhere_the_second_time_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was judged is what is connected to: the name is asked for once, and never by who connects."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, *arguments: object, **more: object) -> object:
        if host != "rebinding.example":
            return real(host, *arguments, **more)  # type: ignore[arg-type]
        asked.append(host)
        return real("192.0.2.1" if len(asked) == 1 else "127.0.0.1", *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with receiver() as there:
        assert post(f"http://rebinding.example:{there.port}/") == "forbidden"
        assert (asked, there.got) == (["rebinding.example"], [])
        assert post(f"http://rebinding.example:{there.port}/") == "delivered"  # control: now it is judged so


def test_an_address_that_may_be_reached_is_taken_from_beside_one_that_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def both(host: str, *arguments: object, **more: object) -> object:
        names = ["10.9.8.7", "127.0.0.1"] if host == "both.example" else [host]
        return [each for name in names for each in real(name, *arguments, **more)]  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with receiver() as there:
        assert post(f"http://both.example:{there.port}/") == "delivered"


def test_tls_is_checked_against_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, shown = context(tmp_path, "localhost")
    with receiver(made) as there:
        assert post(there.url) == "tls"  # nobody vouches for it
        monkeypatch.setenv("SSL_CERT_FILE", str(shown))
        assert post(there.url) == "delivered"
        assert post(there.url.replace("localhost", "127.0.0.1")) == "tls"
        assert len(there.got) == 1


def test_a_redirect_is_not_followed_and_a_proxy_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as there, receiver() as elsewhere:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, elsewhere.url)
        there.answers = lambda _: (307, {"Location": elsewhere.url})
        assert post(there.url) == "moved"
        assert (len(there.got), elsewhere.got) == (1, [])


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (b"", "slow"),
        (b"HTTP/1.1 200", "slow"),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n", "slow"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 3, "slow"),
        (b"220 mail.example.org ESMTP\r\n", "broken"),
        (b"HTTP/1.1 200 " + b"x" * 70_000 + b"\r\n\r\n", "broken"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" + b"x" * 1000, "delivered"),
    ],
)
def test_who_hangs_or_talks_nonsense_is_left(words: bytes, word: str) -> None:
    with saying(words) as port:
        assert post(f"http://127.0.0.1:{port}/", patience=0.3 if word == "slow" else 5) == word


def test_who_breaks_off_is_left() -> None:
    with saying(b"", then_hang=False) as port:
        assert post(f"http://127.0.0.1:{port}/") in {"broken", "away"}  # as it has read all that we say, or not


def test_a_handshake_that_hangs_comes_to_an_end() -> None:
    with saying(b"\x16\x03\x03") as port:
        assert post(f"https://127.0.0.1:{port}/", patience=0.3) == "slow"


def test_a_name_that_nobody_knows_and_a_port_where_nobody_is() -> None:
    assert post("http://nobody.invalid/") == "no_name"
    assert post(f"http://127.0.0.1:{free_port()}/") == "away"


def test_a_resolver_that_hangs_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(20) and [])

    assert post("http://slow.example/", patience=0.2) == "slow"
    over.set()
