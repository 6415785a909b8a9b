"""Identifiers: keys that any index can hold."""

from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import identifiers
from lrs.xapi.values import is_iri
from tests.lrs.xapi.test_examples import BRIEF

LONG = st.text(alphabet="ab", min_size=identifiers.LONGEST, max_size=identifiers.LONGEST + 2)


def test_an_identifier_of_usual_length_is_its_own_key() -> None:
    assert identifiers.key("https://example.vn/đường") == "https://example.vn/đường"


@BRIEF
@given(LONG, LONG)
def test_keys_are_equal_where_identifiers_are(one: str, other: str) -> None:
    assert (identifiers.key(one) == identifiers.key(other)) is (one == other)
    assert len(identifiers.key(one)) <= identifiers.LONGEST


def test_no_iri_can_pose_as_the_hash_of_another() -> None:
    assert not is_iri(identifiers.key("a" * 10_000))
