"""Multipart (Communication 1.5.2, RFC 2046 5.1)."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import multipart
from lrs.xapi.errors import LONGEST, Invalid, TooLarge
from lrs.xapi.multipart import HEAD, PIECE, Part
from tests.lrs.xapi.test_examples import BRIEF

TYPE = "multipart/mixed; boundary=abc"
BODY = b"--abc\r\nContent-Type: application/json\r\n\r\n{}\r\n--abc\r\nX-A:1\r\nx-b:  2 \r\n\r\n\x00\r\n--ab\r\n\r\n--abc--\r\n"
PARTS = [({"content-type": "application/json"}, b"{}"), ({"x-a": "1", "x-b": "2"}, b"\x00\r\n--ab\r\n")]


class Trickle(BytesIO):
    """A source that gives less than it is asked for."""

    def __init__(self, body: bytes, most: int) -> None:
        super().__init__(body)
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, self._most))


def parsed(content_type: str, body: bytes, most: int = 10**9) -> list[tuple[dict[str, str], bytes]]:
    """Read a body whole."""
    parts = multipart.read(content_type, Trickle(body, most))
    return [(dict(part.headers), b"".join(part.content)) for part in parts]


def test_a_body_is_read_part_by_part() -> None:
    assert parsed(TYPE, BODY) == PARTS


@pytest.mark.parametrize("most", [1, 2, 3, 7, 40])
def test_a_body_may_come_in_the_smallest_pieces(most: int) -> None:
    assert parsed(TYPE, BODY, most) == PARTS


NEARLY = b"\r\n--ab\r\n--abc-\r\n--abcd\r\n--abc" + b" " * 100


@pytest.mark.parametrize("before", [0, PIECE - 90, PIECE - 20, PIECE - 3, PIECE, 3 * PIECE + 1])
def test_a_boundary_is_found_wherever_a_piece_ends_and_what_is_like_it_is_content(before: int) -> None:
    content = b"\r" * before + NEARLY
    body = b"--abc\r\n\r\n" + content + b"\r\n--abc--"

    assert parsed(TYPE, body) == [({}, content)]


def test_a_part_that_is_larger_than_memory_goes_by_in_pieces() -> None:
    part = next(multipart.read(TYPE, Endless()))

    sizes = {len(piece) for piece, _ in zip(part.content, range(1000), strict=False)}
    assert max(sizes) <= HEAD + PIECE + 200


class Endless:
    """A body of one part that never ends."""

    def __init__(self) -> None:
        self._begun = False

    def read(self, size: int, /) -> bytes:
        begin = b"" if self._begun else b"--abc\r\n\r\n"
        self._begun = True
        return (begin + b"x" * size)[:size]


def test_a_part_that_nobody_read_is_passed_over() -> None:
    headers = [part.headers for part in multipart.read(TYPE, BytesIO(BODY))]

    assert headers == [headers for headers, _ in PARTS]


def test_the_head_of_a_part_is_bounded() -> None:
    with pytest.raises(TooLarge):
        parsed(TYPE, b"--abc\r\nA: " + b"x" * (HEAD + PIECE) + b"\r\n\r\n\r\n--abc--")


def test_a_body_is_read_to_its_end_which_alone_tells_that_it_was_cut() -> None:
    source = BytesIO(BODY + b"x" * 3 * PIECE)

    list(multipart.read(TYPE, source))
    assert source.read() == b""


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
    assert parsed(TYPE, body) == PARTS


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
    assert parsed(content_type, body)[0] == PARTS[0]


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
        parsed(content_type, BODY)

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
        parsed(TYPE, body)


@pytest.mark.parametrize(
    "head",
    [b"", b"A: 1", b"A 1\r\n\r\n", b": 1\r\n\r\n", b"A : 1\r\n\r\n", b"A: 1\r\n B\r\n\r\n", b"x" * 1000 + b"\r\n\r\n"],
)
def test_a_part_without_proper_headers_is_refused(head: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        parsed(TYPE, b"--abc\r\n" + head + b"\r\n--abc--\r\n")

    assert caught.value.path == "part 1"
    assert len(caught.value.found) <= LONGEST


def test_a_part_may_have_no_headers_and_no_content() -> None:
    assert parsed(TYPE, b"--abc\r\n\r\n\r\n--abc--") == [({}, b"")]
    assert parsed(TYPE, b"--abc--") == []


def test_the_number_of_parts_is_bounded() -> None:
    with pytest.raises(TooLarge):
        parsed(TYPE, b"--abc\r\n\r\n\r\n" * (multipart.PARTS + 1) + b"--abc--")


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
    parts = [Part(headers, [content]) for headers, content in pairs]

    body = b"".join(multipart.write(parts, "0123456789abcdef"))

    assert parsed(multipart.content_type("0123456789abcdef"), body) == pairs


@BRIEF
@given(st.integers(0, len(BODY)), st.binary(max_size=6), st.integers(0, 6))
def test_chance_makes_parts_or_refusals_and_nothing_else(at: int, noise: bytes, length: int) -> None:
    try:
        parts = parsed(TYPE, BODY[:at] + noise + BODY[at + length :])
    except Invalid:
        return
    assert all(isinstance(content, bytes) for _, content in parts)
