"""What is a key, without any store; the contract (contract/test_names.py) shows that each store agrees."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.blobs import BadKey
from storage.blobs.keys import check_folder, check_key, check_prefix, is_key

SIGNS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\ufffe\uffff")
SEGMENTS = st.text(SIGNS, min_size=1, max_size=40).filter(lambda segment: segment not in {".", ".."})


@given(st.lists(SEGMENTS, min_size=1, max_size=4).map("/".join).filter(str.strip))
def test_any_writing_is_a_key(key: str) -> None:
    check_key(key)


@given(st.lists(SEGMENTS, min_size=1, max_size=4).map("/".join).filter(str.strip), st.integers(0))
def test_any_beginning_of_a_key_is_a_prefix(key: str, where: int) -> None:
    check_prefix(key[: where % (len(key) + 1)])


def test_a_key_has_at_most_900_bytes() -> None:
    check_key("a/" * 449 + "bc")

    with pytest.raises(BadKey, match="900 bytes"):
        check_key("a/" * 450 + "b")


def test_a_segment_has_at_most_255_bytes() -> None:
    check_key("a/" + "ế" * 85)

    with pytest.raises(BadKey, match="255 bytes"):
        check_key("a/" + "ế" * 85 + "b")


@pytest.mark.parametrize("sign", [chr(code) for code in range(32)] + ["\x7f", "\ud800", "\udfff", "\uffff"], ids=ascii)
def test_what_cannot_be_written_in_xml_is_no_key(sign: str) -> None:
    assert not is_key(f"a{sign}b")
    with pytest.raises(BadKey) as raised:
        check_prefix(f"a{sign}")

    assert set(str(raised.value)) <= set(string.printable) - set("\t\n\r\x0b\x0c")


def test_a_folder_ends_with_a_slash() -> None:
    check_folder("a/b/")

    for prefix in ("", "a", "a/b", "/", "a//"):
        with pytest.raises(BadKey):
            check_folder(prefix)


def test_a_bad_key_is_a_wrong_value() -> None:
    with pytest.raises(ValueError, match=r"segment \. or \.\.: '\.\./etc'"):
        check_key("../etc")
