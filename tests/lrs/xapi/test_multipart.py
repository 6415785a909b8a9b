"""Multipart (Communication 1.5.2, RFC 2046 5.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import multipart
from lrs.xapi.errors import LONGEST, Invalid, TooLarge
from lrs.xapi.multipart import Part
from tests.lrs.xapi.test_examples import BRIEF

TYPE = "multipart/mixed; boundary=abc"
BODY = b"--abc\r\nContent-Type: application/json\r\n\r\n{}\r\n--abc\r\nX-A:1\r\nx-b:  2 \r\n\r\n\x00\r\n--ab\r\n\r\n--abc--\r\n"
PARTS = [Part({"content-type": "application/json"}, b"{}"), Part({"x-a": "1", "x-b": "2"}, b"\x00\r\n--ab\r\n")]


def test_a_body_is_read_part_by_part() -> None:
    assert multipart.parse(TYPE, BODY) == PARTS


@pytest.mark.parametrize(
    "body",
    [
        b"\r\n" + BODY,
        b"a preamble\r\nof two lines\r\n" + BODY,
        BODY + b"an epilogue\r\n--abc\r\n",
        BODY.removesuffix(b"\r\n"),
        BODY.replace(b"--abc\r\n", b"--abc \t\r\n"),
    ],
)
def test_what_stands_around_the_parts_is_passed_over(body: bytes) -> None:
    assert multipart.parse(TYPE, body) == PARTS


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ("multipart/mixed; boundary=abc", "abc"),
        ('multipart/mixed; charset=utf-8; Boundary="abc"', "abc"),
        ("multipart/mixed;boundary=-------314159265358979323846", "-------314159265358979323846"),
        ('multipart/mixed; boundary="abcABC0123\'()+_,-./:=?"', "abcABC0123'()+_,-./:=?"),
        ("multipart/mixed; boundary=abcABC0123'()+_,-./:=?", "abcABC0123'()+_,-./:=?"),
    ],
)
def test_a_boundary_is_read_quoted_or_not(content_type: str, boundary: str) -> None:
    assert multipart.boundary(content_type) == boundary
    body = BODY.replace(b"--abc", b"--" + boundary.encode())
    assert multipart.parse(content_type, body)[0] == PARTS[0]


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/mixed",
        "multipart/mixed;",
        "multipart/mixed; boundary=",
        f"multipart/mixed; boundary={'a' * 71}",
        'multipart/mixed; boundary="đ"',
        "multipart/mixed; boundary*=utf-8''abc",
        "",
    ],
)
def test_a_boundary_is_required(content_type: str) -> None:
    with pytest.raises(Invalid) as caught:
        multipart.parse(content_type, BODY)

    assert caught.value.path == "Content-Type"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"Content-Type: application/json\r\n\r\n{}\r\n",
        b"--abc\r\n",
        b"--abc\r\nA: 1\r\n\r\nx",
        b"--abc\r\nA: 1\r\n\r\nx\r\n--abc",
        b"--abc\r\nA: 1\r\n\r\nx\r\n--abcd--\r\n",
        b"--abc\nA: 1\n\nx\n--abc--\n",
    ],
)
def test_a_body_that_breaks_off_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        multipart.parse(TYPE, body)


@pytest.mark.parametrize(
    "head",
    [b"", b"A: 1", b"A 1\r\n\r\n", b": 1\r\n\r\n", b"A : 1\r\n\r\n", b"A: 1\r\n B\r\n\r\n", b"x" * 1000 + b"\r\n\r\n"],
)
def test_a_part_without_proper_headers_is_refused(head: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        multipart.parse(TYPE, b"--abc\r\n" + head + b"\r\n--abc--\r\n")

    assert caught.value.path == "part 1"
    assert len(caught.value.found) <= LONGEST


def test_a_part_may_have_no_headers_and_no_content() -> None:
    assert multipart.parse(TYPE, b"--abc\r\n\r\n\r\n--abc--") == [Part({}, b"")]
    assert multipart.parse(TYPE, b"--abc--") == []


def test_the_number_of_parts_is_bounded() -> None:
    with pytest.raises(TooLarge):
        multipart.parse(TYPE, b"--abc\r\n\r\n\r\n" * (multipart.PARTS + 1) + b"--abc--")


def test_a_response_names_its_boundary_first_and_unquoted() -> None:
    assert multipart.content_type("abc") == "multipart/mixed; boundary=abc"


@pytest.mark.parametrize(
    ("header", "kind"),
    [("Application/JSON; charset=utf-8", "application/json"), (" text/plain ", "text/plain"), (None, ""), ("", "")],
)
def test_a_media_type_is_known_without_its_parameters(header: str | None, kind: str) -> None:
    assert multipart.media_type(header) == kind


@BRIEF
@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from(["a", "b-c"]), st.text(alphabet="xyz /:;", max_size=5).map(str.strip)),
            st.binary(),
        )
    )
)
def test_what_is_written_is_read(pairs: list[tuple[dict[str, str], bytes]]) -> None:
    parts = [Part(headers, content) for headers, content in pairs]

    body = b"".join(multipart.write(parts, "0123456789abcdef"))

    assert multipart.parse(multipart.content_type("0123456789abcdef"), body) == parts


@BRIEF
@given(st.integers(0, len(BODY)), st.binary(max_size=6), st.integers(0, 6))
def test_chance_makes_parts_or_refusals_and_nothing_else(at: int, noise: bytes, length: int) -> None:
    try:
        parts = multipart.parse(TYPE, BODY[:at] + noise + BODY[at + length :])
    except Invalid:
        return
    assert all(isinstance(part, Part) for part in parts)
