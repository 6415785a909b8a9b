"""About: which versions are spoken."""

from tests.parts.installations import Installation


def test_about_lists_the_versions_and_asks_for_no_key(embedded: Installation) -> None:
    answer = embedded.visitor().get("/xapi/about", base="http://127.0.0.1:8080")

    assert answer.status_code == 200
    assert answer.json == {"version": ["1.0.3"]}
