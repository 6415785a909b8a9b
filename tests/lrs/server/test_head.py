"""The usual head, and that gunicorn's parser reads it as we do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config  # type: ignore[import-untyped]  # gunicorn has no types
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from gunicorn.http.parser import RequestParser  # type: ignore[import-untyped]
from gunicorn.http.wsgi import create  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from lrs.server.head import MOST, Head, Unusual, read
from lrs.server.settings import SETTINGS

GET = b"GET /a/b?c=d HTTP/1.1\r\nHost: app.lms.localhost:8080\r\nUser-Agent: Mozilla/5.0 (X11)\r\n\r\n"
LINE = SimpleNamespace(send=None)
TOLD = Config()
for setting, value in SETTINGS.items():
    TOLD.set(setting, value)
OF_NO_INTEREST = ("wsgi.", "SERVER_SOFTWARE", "SERVER_NAME", "SERVER_PORT", "REMOTE_", "gunicorn.")


def with_field(*fields: bytes) -> bytes:
    return GET[:-2] + b"".join(field + b"\r\n" for field in fields) + b"\r\n"


def by_gunicorn(data: bytes) -> tuple[dict[str, Any], bool]:
    """Read a head as gunicorn does: its environment, and whether the line stays."""
    request = next(RequestParser(TOLD, iter([data]), ("127.0.0.1", 1)))
    environ = create(request, LINE, ("127.0.0.1", 1), ("127.0.0.1", 2), TOLD)[1]
    return environ, not request.should_close()


def told(environ: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in environ.items() if not name.startswith(OF_NO_INTEREST)}


def test_a_head_becomes_an_environment() -> None:
    head = read(with_field(b"Content-Type:  text/plain ", b"Content-Length: 12", b"X-Long-Name:\ta:b\t", b"Empty:"))

    assert (head.length, head.stays) == (12, True)
    assert head.environ["REQUEST_METHOD"] == "GET"
    assert (head.environ["PATH_INFO"], head.environ["QUERY_STRING"]) == ("/a/b", "c=d")
    assert head.environ["RAW_URI"] == "/a/b?c=d"
    assert head.environ["HTTP_HOST"] == "app.lms.localhost:8080"
    assert head.environ["CONTENT_TYPE"] == "text/plain"
    assert head.environ["CONTENT_LENGTH"] == "12"
    assert head.environ["HTTP_X_LONG_NAME"] == "a:b"
    assert head.environ["HTTP_EMPTY"] == ""
    assert head.environ["wsgi.url_scheme"] == "http"


def test_one_environment_is_not_the_next() -> None:
    read(GET).environ["HTTP_HOST"] = "another"

    assert read(GET).environ["HTTP_HOST"] == "app.lms.localhost:8080"


@pytest.mark.parametrize(
    ("version", "connection", "stays"),
    [
        (b"1.1", None, True),
        (b"1.1", b"keep-alive", True),
        (b"1.1", b"Close", False),
        (b"1.1", b"TE, close", False),
        (b"1.0", None, False),
        (b"1.0", b"Keep-Alive", True),
        (b"1.0", b"close", False),
    ],
)
def test_the_line_stays_if_both_want_it(version: bytes, connection: bytes | None, stays: bool) -> None:  # noqa: FBT001
    data = with_field(b"Connection: " + connection) if connection else GET

    assert read(data.replace(b"HTTP/1.1", b"HTTP/" + version)).stays is stays


UNUSUAL = {
    "nothing": b"\r\n",
    "chunks": with_field(b"Transfer-Encoding: chunked"),
    "chunks in small letters": with_field(b"transfer-encoding: chunked"),
    "an expectation": with_field(b"Expect: 100-continue"),
    "another protocol": with_field(b"Upgrade: h2c"),
    "a field twice": with_field(b"X: 1", b"x: 1"),
    "two hosts": with_field(b"host: another"),
    "two lengths": with_field(b"Content-Length: 1", b"Content-Length: 1"),
    "two lengths in one": with_field(b"Content-Length: 1, 1"),
    "a length below nothing": with_field(b"Content-Length: -1"),
    "a length with a sign": with_field(b"Content-Length: +1"),
    "no length": with_field(b"Content-Length:"),
    "a length in other digits": with_field(b"Content-Length: \xb2"),
    "an underscore": with_field(b"X_Y: 1"),
    "a blank before the colon": with_field(b"X : 1"),
    "a blank before the name": with_field(b" X: 1"),
    "a folded line": with_field(b"X: 1", b"\t2"),
    "a line without a colon": with_field(b"X"),
    "a line without a name": with_field(b": 1"),
    "a control character": with_field(b"X: \x01"),
    "a NUL": with_field(b"X: \0"),
    "half a line break": with_field(b"X: 1\rY: 2"),
    "the other half": with_field(b"X: 1\nY: 2"),
    "an address": GET.replace(b"/a/b", b"http://another.example/a"),
    "two slashes": GET.replace(b"/a/b", b"//another.example/a"),
    "a star": GET.replace(b"/a/b?c=d", b"*"),
    "a fragment": GET.replace(b"/a/b", b"/a#b"),
    "a path that is no ASCII": GET.replace(b"/a/b", b"/\xc3\xa0"),
    "a blank in the path": GET.replace(b"/a/b", b"/a b"),
    "a small method": GET.replace(b"GET", b"get"),
    "an old version": GET.replace(b"HTTP/1.1", b"HTTP/0.9"),
    "a new version": GET.replace(b"HTTP/1.1", b"HTTP/2.0"),
    "two blanks": GET.replace(b"GET ", b"GET  "),
    "an empty line first": b"\r\n" + GET,
    "many fields": with_field(*(b"X-%d: 1" % number for number in range(100))),
    "a long path": GET.replace(b"/a/b", b"/" + b"a" * 5000),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_could_be_read_in_two_ways_is_unusual(name: str) -> None:
    with pytest.raises(Unusual):
        read(UNUSUAL[name])


TOKENS = st.text("abcXYZ019!#$%&'*+.^`|~-", min_size=1, max_size=70)
VALUES = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]) | st.just("\t"), max_size=40)
TARGETS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=40)
KNOWN = st.sampled_from(
    [
        "Host",
        "Connection",
        "Content-Length",
        "Content-Type",
        "Transfer-Encoding",
        "X-Forwarded-Proto",
        "Script-Name",
        "Expect",
    ]
)
MEANT = st.sampled_from(["1", "close", "keep-alive", "chunked", "https", "100-continue", "app", "0", " 7 ", "1,1"])
BREAKS = st.sampled_from(["\r\n"] * 20 + ["\n", "\r", "\r\n "])


@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "BREW", "Get", "OPTIONS"]),
    target=TARGETS,
    version=st.sampled_from(["1.1", "1.0", "1.2"]),
    fields=st.lists(st.tuples(TOKENS, VALUES) | st.tuples(KNOWN, MEANT), max_size=8),
    breaks=st.lists(BREAKS, min_size=10, max_size=10),
)
def test_gunicorn_reads_what_we_read(
    method: str, target: str, version: str, fields: list[tuple[str, str]], breaks: list[str]
) -> None:
    lines = [f"{method} /{target} HTTP/{version}", *(f"{name}:{value}" for name, value in fields), ""]
    data = "".join(line + end for line, end in zip(lines, breaks, strict=False)).encode("latin-1")
    assert len(data) < MOST

    try:
        ours: Head = read(data)
    except Unusual:
        return
    environ, stays = by_gunicorn(data)
    assert told(ours.environ) == told(environ)
    assert stays or not ours.stays


def test_the_comparison_notices_a_difference() -> None:
    """The control: what gunicorn refuses, or takes for something else, does not pass for the same."""
    environ, _ = by_gunicorn(GET)

    assert told(read(GET).environ) == told(environ)
    assert told(read(GET.replace(b"c=d", b"c=e")).environ) != told(environ)
    with pytest.raises(ParseException):
        by_gunicorn(UNUSUAL["a NUL"])
