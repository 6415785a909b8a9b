"""Versions (Communication 3.3)."""

import pytest

from lrs.xapi.errors import Invalid
from lrs.xapi.version import Version, asked


@pytest.mark.parametrize(
    ("header", "version"),
    [
        ("1.0.3", Version.V1),
        ("1.0.0", Version.V1),
        ("1.0", Version.V1),
        ("2.0.0", Version.V2),
        ("2.0", Version.V2),
        ("2.0.1", Version.V2),
    ],
)
def test_a_header_asks_for_a_version(header: str, version: Version) -> None:
    assert asked(header) is version


@pytest.mark.parametrize("header", [None, "", "0.9", "1.1.0", "2.1.0", "3.0.0", "1.0.3 ", "1.0.x", "10.0"])
def test_no_version_or_an_unknown_one_is_refused(header: str | None) -> None:
    with pytest.raises(Invalid) as caught:
        asked(header)

    assert caught.value.path == "X-Experience-API-Version"


def test_a_statement_without_a_version_is_of_the_first_of_its_line() -> None:
    assert Version.V1.default == "1.0.0"
    assert Version.V2.default == "2.0.0"
