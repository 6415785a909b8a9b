"""What changes state comes from our own page and says the word that it was told."""

import pytest

from tests.parts.installations import Installation, Person

OWN = "http://app.lms.localhost:8080"
SIBLING = "http://c-00000000000000000000000000000001.lms.localhost:8080"
PATH = "/s/haiphong/sign-out"


@pytest.fixture
def person(embedded: Installation) -> Person:
    return embedded.person("learner")


def sign_out(person: Person, word: str | None = None, **headers: str) -> int:
    csrf = person.csrf("/s/haiphong/") if word is None else word
    return person.post(PATH, data={"csrf": csrf}, headers=headers).status_code


def test_our_own_form_is_taken(person: Person) -> None:
    assert sign_out(person) == 200


@pytest.mark.parametrize(
    ("site", "origin", "status"),
    [
        ("same-origin", "", 200),
        ("none", "", 200),
        ("same-site", SIBLING, 403),
        ("same-site", OWN, 403),
        ("cross-site", "https://example.org", 403),
        ("", OWN, 200),
        ("", SIBLING, 403),
        ("", "null", 403),
        ("", "", 403),
        ("", "http://app.lms.localhost:8080.example.org", 403),
    ],
)
def test_the_browser_says_where_a_form_comes_from(person: Person, site: str, origin: str, status: int) -> None:
    assert sign_out(person, **{"Sec-Fetch-Site": site, "Origin": origin}) == status


@pytest.mark.parametrize("word", ["", "0" * 64, "ế" * 64])
def test_a_wrong_word_is_refused_and_nothing_changes(person: Person, word: str) -> None:
    assert sign_out(person, word) == 403
    assert person.get("/s/haiphong/").status_code == 200


def test_a_word_of_another_browser_is_refused(embedded: Installation, person: Person) -> None:
    other = embedded.person("learner").csrf("/s/haiphong/")

    assert sign_out(person, other) == 403


def test_a_word_without_its_cookie_is_refused(person: Person) -> None:
    csrf = person.csrf("/s/haiphong/")
    person.client.delete_cookie("__Host-haidang-form", domain="app.lms.localhost")

    assert sign_out(person, csrf) == 403


def test_the_refusal_says_what_to_do(person: Person) -> None:
    answer = person.post(PATH)

    assert "Chưa có gì thay đổi" in answer.text
