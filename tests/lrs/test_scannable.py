"""A code is drawn in the page itself, and each address has its own."""

from lrs.scannable import code

ADDRESS = "https://app.example.org/s/haiphong/link/word"


def test_a_code_is_a_drawing_that_asks_nobody() -> None:
    drawn = code(ADDRESS)

    assert drawn.startswith("<svg")
    assert not any(word in drawn for word in ("http:", "https:", "href", "<script"))


def test_each_address_has_a_code_of_its_own() -> None:
    assert code(ADDRESS) == code(ADDRESS)
    assert code(ADDRESS) != code(f"{ADDRESS}s")
