"""The address of an object store: what is taken, and that what isn't never tells the secret."""

import socket
from pathlib import Path

import pytest

from storage.blobs import open_blobs
from storage.blobs.address import S3Address, parse_folder
from tests.storage.blobs.stores import folder_url

SECRET = "Tr0ub4dor"


def test_every_part_of_an_address_is_read() -> None:
    address = S3Address.parse("s3+https://test%3Akey:a%2Fb%2Bc%3D%40%20@s3.example.org:8443/my-bucket?region=eu-1")

    assert address == S3Address("s3.example.org:8443", True, "test:key", "a/b+c=@ ", "my-bucket", "eu-1")


def test_port_and_region_may_be_left_out() -> None:
    address = S3Address.parse("s3+http://key:secret@127.0.0.1/my.bucket/")

    assert address == S3Address("127.0.0.1", False, "key", "secret", "my.bucket", "us-east-1")


def test_a_folder_is_percent_decoded() -> None:
    assert parse_folder("file:///srv/b%C3%A0i%20h%E1%BB%8Dc/%231%3F") == Path("/srv/bài học/#1?")
    assert parse_folder("file:///srv/bài học") == Path("/srv/bài học")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "begins with"),
        ("objects", "begins with"),
        ("/srv/objects", "begins with"),
        ("file:/srv/objects", "begins with"),
        (f"s3://key:{SECRET}@host/bucket", "begins with"),
        (f"https://key:{SECRET}@host/bucket", "begins with"),
        ("file://objects", "absolute"),
        ("file://host/objects", "absolute"),
        ("file:///objects?a=b", "absolute"),
        ("file:///objects#1", "absolute"),
        ("file:///objects%00", "absolute"),
        ("file:///", "whole disk"),
        ("s3+http://host/bucket", "a key and a secret"),
        ("s3+http://key@host/bucket", "a key and a secret"),
        (f"s3+http://:{SECRET}@host/bucket", "a key and a secret"),
        (f"s3+http://key:{SECRET}@/bucket", "a host"),
        (f"s3+http://key:{SECRET}@ho_st/bucket", "a host"),
        (f"s3+http://key:{SECRET}@[::1]/bucket", "a host"),
        (f"s3+http://key:{SECRET}@[::1/bucket", "no URL"),
        (f"s3+http://key:{SECRET}@host:port/bucket", "percent-encoded"),
        (f"s3+http://key:{SECRET}@host:99999/bucket", "percent-encoded"),
        (f"s3+http://key:{SECRET}/x@host/bucket", "percent-encoded"),
        (f"s3+http://key:{SECRET}%FF@host/bucket", "percent-encoded"),
        (f"s3+http://key:{SECRET}\u2100@host/bucket", "no URL"),
        (f"s3+http://key:{SECRET}@host", "a bucket"),
        (f"s3+http://key:{SECRET}@host/", "a bucket"),
        (f"s3+http://key:{SECRET}@host/ab", "a bucket"),
        (f"s3+http://key:{SECRET}@host/Bucket", "a bucket"),
        (f"s3+http://key:{SECRET}@host/bucket/below", "a bucket"),
        (f"s3+http://key:{SECRET}@host/192.168.0.1", "a bucket"),
        (f"s3+http://key:{SECRET}@host/buc..ket", "a bucket"),
        (f"s3+http://key:{SECRET}@host/bucket?zone=1", r"\?region"),
        (f"s3+http://key:{SECRET}@host/bucket?region=", r"\?region"),
        (f"s3+http://key:{SECRET}@host/bucket?region", "percent-encoded"),
        (f"s3+http://key:{SECRET}@host/bucket#part", r"\?region"),
    ],
)
def test_a_wrong_address_is_explained_without_the_secret(url: str, message: str) -> None:
    with pytest.raises(ValueError, match=message) as raised:
        open_blobs(url)

    assert SECRET not in str(raised.value)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    assert "\n" not in str(raised.value)


def test_opening_a_folder_makes_nothing(tmp_path: Path) -> None:
    blobs = open_blobs(folder_url(tmp_path / "objects"))

    assert [*blobs.list("")] == []
    assert [*tmp_path.iterdir()] == []


def test_opening_an_s3_connects_to_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        open_blobs(f"s3+http://key:{SECRET}@127.0.0.1:{server.getsockname()[1]}/bucket")

        with pytest.raises(TimeoutError):
            server.accept()
