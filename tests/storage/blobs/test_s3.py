"""What only S3 can get wrong: a store that is away, silent, cut or closed to us, and what it answers then."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from storage.blobs import (
    BlobMissing,
    Blobs,
    Range,
    RangeNotSatisfiable,
    StoreAway,
    StoreRefused,
    open_blobs,
    wire,
)
from storage.blobs.s3 import FOR_GOOD, S3
from tests.parts.left_out import leave_out, or_left_out
from tests.storage.blobs.relay import Relay
from tests.storage.blobs.stores import CALLS, MIB, Stream, new_bucket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.parts.s3 import S3Server

each_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


@pytest.fixture
def url(s3: S3Server) -> Iterator[str]:
    with new_bucket(s3) as name:
        yield s3.url(name)


@pytest.fixture
def blobs(url: str) -> S3:
    blobs = open_blobs(url)
    assert isinstance(blobs, S3)
    return blobs


@pytest.fixture
def relay(s3: S3Server) -> Iterator[Relay]:
    with new_relay(s3) as relay:
        yield relay


@contextmanager
def new_relay(s3: S3Server, tls: ssl.SSLContext | None = None) -> Iterator[Relay]:
    if s3.secure:
        leave_out("no S3 without TLS: the relay can't speak it to the endpoint in HAIDANG_TEST_S3")
    host, _, port = s3.netloc.partition(":")
    with Relay(host, int(port or 80), tls) as relay:
        yield relay


def through(relay: Relay, s3: S3Server, url: str) -> Blobs:
    return open_blobs(url.replace(f"@{s3.netloc}/", f"@{relay.netloc}/"))


# The bucket


def test_a_bucket_that_was_taken_away_is_made_again(s3: S3Server, blobs: S3) -> None:
    blobs.put("a", b"content")
    blobs.delete("a")
    s3.client().remove_bucket(blobs._bucket)

    with pytest.raises(StoreAway, match="NoSuchBucket"):
        blobs.put("a", b"content")

    assert blobs.put("a", b"content").size == 7


def test_the_store_is_told_the_media_type(s3: S3Server, blobs: S3) -> None:
    blobs.put("a.html", b"")
    blobs.put("parts.mp4", Stream(10 * MIB))
    blobs.copy("a.html", "b.svg")

    told = [s3.client().stat_object(blobs._bucket, key).content_type for key in ("a.html", "parts.mp4", "b.svg")]

    assert [str(each).partition(";")[0] for each in told] == ["text/html", "video/mp4", "image/svg+xml"]


def test_the_store_is_told_what_never_changes_and_its_hash(s3: S3Server, blobs: S3) -> None:
    blobs.put("a.html", b"x", sha256="ab12")
    blobs.put("parts.mp4", Stream(10 * MIB), sha256="cd34")
    blobs.copy("a.html", "b.html")
    blobs.put("plain.html", b"x")

    def told_of(key: str) -> dict[str, str]:
        metadata = s3.client().stat_object(blobs._bucket, key).metadata
        assert metadata is not None
        return {name.lower(): value for name, value in metadata.items()}

    told = {key: told_of(key) for key in ("a.html", "parts.mp4", "b.html")}

    assert {key: told[key].get("x-amz-meta-sha256") for key in told} == {
        "a.html": "ab12",
        "parts.mp4": "cd34",
        "b.html": "ab12",
    }
    assert "x-amz-meta-sha256" not in told_of("plain.html")
    for name, metadata in told.items():
        assert metadata.get("cache-control") == FOR_GOOD, name


def test_what_others_call_a_folder_is_not_listed(s3: S3Server, blobs: S3) -> None:
    blobs.put("a/b", b"")
    s3.client().put_object(blobs._bucket, "a/", BytesIO(), 0)

    assert [blob.key for blob in blobs.list("")] == ["a/b"]


def test_an_s3_has_no_path(url: str) -> None:
    assert open_blobs(url).path("a/b") is None


# Closed to us


@each_call
def test_a_wrong_secret_is_refused(s3: S3Server, url: str, blobs: S3, call: Callable[[Blobs], object]) -> None:
    blobs.put("a/b", b"content")
    wrong = open_blobs(url.replace(quote(s3.secret_key, safe=""), "Tr0ub4dor"))

    with pytest.raises(StoreRefused, match="refuses us") as raised:
        call(wrong)

    assert "Tr0ub4dor" not in str(raised.value)
    assert blobs.get("a/b").read() == b"content"


def test_the_reason_of_a_refusal_is_told(s3: S3Server, url: str, blobs: S3) -> None:
    blobs.put("a", b"content")
    secret = url.replace(quote(s3.secret_key, safe=""), "wrong")
    key = url.replace(quote(s3.access_key, safe=""), "nobody")
    region = url.replace(f"region={s3.region}", "region=mars-1")

    # Swift says of an unknown key what it says of a wrong secret.
    for wrong, reason in ((secret, "the secret"), (key, "the (key|secret)"), (region, "the region is another")):
        with pytest.raises(StoreRefused, match=reason):
            open_blobs(wrong).get("a")


# Away


@each_call
def test_a_store_that_is_stopped_is_away_and_comes_back(
    s3: S3Server, blobs: S3, call: Callable[[Blobs], object]
) -> None:
    blobs.put("a/b", b"content")
    before = blobs.stat("a/b")
    with or_left_out():
        s3.stop()
    try:
        begun = time.monotonic()
        with pytest.raises(StoreAway, match="does not answer"):
            call(blobs)
        assert time.monotonic() - begun < 3
    finally:
        s3.restart()

    assert blobs.stat("a/b") == before
    assert blobs.get("a/b").read() == b"content"


@each_call
def test_a_store_that_is_silent_is_away_and_comes_back(
    s3: S3Server, url: str, call: Callable[[Blobs], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wire.SILENCE <= 30
    monkeypatch.setattr(wire, "SILENCE", 0.5)
    blobs = open_blobs(url)
    blobs.put("a/b", b"content")
    with or_left_out():
        s3.pause()
    try:
        begun = time.monotonic()
        with pytest.raises(StoreAway, match="timed out"):
            call(blobs)
        assert time.monotonic() - begun < 3  # once for the call; putting in parts also tries to clean up
    finally:
        s3.resume()

    monkeypatch.undo()
    after = open_blobs(url)
    assert [blob.key for blob in after.list("a/b")] in (["a/b"], [])  # what was asked may still have been done
    assert after.put("a/b", b"again").size == 5


def test_a_silent_store_is_not_asked_a_second_time(
    s3: S3Server, url: str, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SILENCE", 0.3)
    relay.still = 60

    with pytest.raises(StoreAway, match="timed out"):
        through(relay, s3, url).stat("a")

    assert relay.connections == 1


def test_a_store_that_falls_silent_in_a_reading_is_away(
    s3: S3Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SILENCE", 0.5)
    blobs = open_blobs(url)
    blobs.put("film.mp4", Stream(40 * MIB))

    with blobs.get("film.mp4") as reading:
        next(reading)
        with or_left_out():
            s3.pause()
        try:
            with pytest.raises(StoreAway, match="timed out"):
                reading.read()
        finally:
            s3.resume()

    assert blobs.get("film.mp4", Range(None, 5)).read() == b"xxxxx"


def test_an_address_that_nobody_answers_is_away_within_seconds() -> None:
    # A listener that accepts nobody and whose queue is full: further connections get no answer at all.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        address = server.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        try:
            begun = time.monotonic()
            with pytest.raises(StoreAway, match="timed out"):
                open_blobs(f"s3+http://key:secret@127.0.0.1:{address[1]}/bucket").stat("a")
            assert 3.5 < time.monotonic() - begun < 6  # two seconds, twice
        finally:
            for each in waiting:
                each.close()


def test_a_host_without_an_address_is_away() -> None:
    with pytest.raises(StoreAway, match="does not answer"):
        open_blobs("s3+http://key:secret@no-such-host.invalid/bucket").stat("a")


# Cut


def test_a_body_that_is_cut_is_never_read_as_whole(s3: S3Server, url: str, relay: Relay, blobs: S3) -> None:
    blobs.put("film.mp4", Stream(10 * MIB))
    relay.cut_down_after = 3 * MIB
    distant = through(relay, s3, url)

    received: list[int] = []
    with distant.get("film.mp4") as reading, pytest.raises(StoreAway):
        received.extend(len(piece) for piece in reading)

    assert 0 < sum(received) < 10 * MIB
    relay.cut_down_after = None
    assert len(distant.get("film.mp4").read()) == 10 * MIB


@pytest.mark.parametrize("size", [5 * MIB, 30 * MIB])
def test_a_put_that_is_cut_once_is_tried_once_more(s3: S3Server, url: str, relay: Relay, size: int) -> None:
    relay.cut_up_after, relay.cuts_left = 3 * MIB, 1
    distant = through(relay, s3, url)

    distant.put("film.mp4", Stream(size))

    assert relay.cuts_left == 0
    assert len(distant.get("film.mp4").read()) == size


@pytest.mark.parametrize("size", [5 * MIB, 30 * MIB])
def test_a_put_that_is_cut_again_and_again_leaves_nothing(
    s3: S3Server, url: str, relay: Relay, blobs: S3, size: int
) -> None:
    relay.cut_up_after = 3 * MIB
    distant = through(relay, s3, url)

    with pytest.raises(StoreAway):
        distant.put("film.mp4", Stream(size))

    assert [*blobs.list("")] == []
    uploads = blobs.client._execute("GET", blobs._bucket, query_params={"uploads": ""}).data
    assert b"<Upload>" not in uploads
    assert 1_000 - relay.cuts_left == 2


@each_call
def test_a_connection_that_died_while_idle_is_no_trouble(
    s3: S3Server, blobs: S3, call: Callable[[Blobs], object]
) -> None:
    blobs.put("a/b", b"content")
    with or_left_out():
        s3.stop()
    s3.restart()

    call(blobs)


def test_a_store_may_take_its_time_to_receive(
    s3: S3Server, url: str, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "CONNECT", 0.3)
    distant = through(relay, s3, url)
    distant.prepare()
    relay.drop()
    relay.still = 1.5

    assert distant.put("film.mp4", Stream(8 * MIB)).size == 8 * MIB

    assert relay.connections == 2  # one to prepare, one to put: it was not given up and tried again


def test_connections_are_used_again(s3: S3Server, url: str, relay: Relay) -> None:
    distant = through(relay, s3, url)
    distant.put("a", b"content" * 100_000)
    for _ in range(20):
        distant.get("a").read()
        distant.get("a", Range(0, 5)).read()
        with pytest.raises(RangeNotSatisfiable):
            distant.get("a", Range(999_999))
        with pytest.raises(BlobMissing):
            distant.get("b")

    assert relay.connections == 1


# TLS


def test_a_store_is_spoken_to_over_tls_by_those_who_trust_it(
    s3: S3Server, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    openssl = shutil.which("openssl") or leave_out("no certificate: there is no openssl")
    request = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*request, *names, "-out", certificate, "-keyout", key], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with new_relay(s3, context) as relay:
        port = relay.netloc.rpartition(":")[2]
        secure = url.replace("s3+http://", "s3+https://").replace(f"@{s3.netloc}/", f"@localhost:{port}/")

        with pytest.raises(StoreAway, match="certificate"):
            open_blobs(secure).put("a", b"content")

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        blobs = open_blobs(secure)
        blobs.put("film.mp4", Stream(10 * MIB))
        assert len(blobs.get("film.mp4").read()) == 10 * MIB
        with pytest.raises(StoreAway, match=r"certificate|match"):
            open_blobs(secure.replace("@localhost:", "@127.0.0.1:")).stat("film.mp4")
