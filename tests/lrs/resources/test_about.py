"""About: which versions are spoken (Communication 2.8)."""

from tests.parts.installations import Installation
from tests.parts.programs import BASE


def test_about_lists_the_versions_and_asks_for_no_key_and_no_version(embedded: Installation) -> None:
    answer = embedded.visitor().get("/xapi/about", base=BASE)

    assert answer.status_code == 200
    assert answer.json == {"version": ["1.0.3", "2.0.0"]}
