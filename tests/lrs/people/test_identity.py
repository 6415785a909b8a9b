"""What is entered about a person is read as it was meant, or refused with the field named."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrs.people.identity import Identity, NotUnderstood, guesses


@pytest.mark.parametrize(
    "written", ["0912 345 678", "0912.345.678", "(091) 234-5678", "+84 912 345 678", "0084912345678"]
)
def test_a_phone_number_is_one_however_it_is_written(written: str) -> None:
    assert Identity.read({"phone": written}).phone == "+84912345678"


def test_a_name_is_kept_as_it_was_written_in_nfc() -> None:
    read = Identity.read({"name": unicodedata.normalize("NFD", "  Nguyễn  Thị Hoà ")})

    assert read.name == "Nguyễn Thị Hoà"
    assert unicodedata.is_normalized("NFC", read.name)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "12345"),
        ("name", "a\u202eb"),
        ("name", "a\x07b"),
        ("name", "a" * 201),
        ("email", "ten"),
        ("email", "ten@"),
        ("email", "ten@example"),
        ("email", "hai ten@example.org"),
        ("email", "<ten@example.org>"),
        ("phone", "0912"),
        ("phone", "chín một hai"),
        ("phone", "+0912345678"),
        ("staff_code", "\ud800"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_field(field: str, text: str) -> None:
    with pytest.raises(NotUnderstood) as told:
        Identity.read({field: text})

    assert told.value.field == field


def test_nothing_is_nobody() -> None:
    assert Identity.read({}) == Identity.read({"name": " ", "email": "", "phone": " ", "staff_code": ""}) == Identity()


def test_zeros_in_front_of_a_staff_code_stay() -> None:
    assert Identity.read({"staff_code": "00123"}).staff_code == "00123"


def test_case_does_not_tell_two_addresses_apart() -> None:
    one, other = Identity.read({"email": "Hoa@Example.org"}), Identity.read({"email": "hoa@example.ORG"})

    assert one.identifiers == other.identifiers
    assert one.email == "Hoa@Example.org"


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("hoa@example.org", {"email", "staff_code"}),
        ("0912345678", {"phone", "staff_code"}),
        ("HP-0007", {"staff_code"}),
        ("", set()),
        ("\x00", set()),
    ],
)
def test_one_word_may_mean_several_kinds(typed: str, kinds: set[str]) -> None:
    assert set(guesses(typed)) == kinds


@given(some.text(max_size=40))
def test_what_was_written_down_is_read_again(name: str) -> None:
    try:
        known = Identity.read({"name": name})
    except NotUnderstood:
        return
    assert Identity.loads(known.dumps()) == known
