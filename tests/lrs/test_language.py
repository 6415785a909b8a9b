"""The reader's language: what they ask for, else Vietnamese."""

import pytest

from tests.parts.installations import Installation


@pytest.mark.parametrize(
    ("accept", "query", "language"),
    [
        ("", "", "vi"),
        ("vi-VN,vi;q=0.9", "", "vi"),
        ("en-US,en;q=0.9", "", "en"),
        ("en-US,en;q=0.9,vi;q=0.8", "", "en"),
        ("fr-FR,de;q=0.5", "", "vi"),
        ("*", "", "vi"),
        ("nonsense;;q=x", "", "vi"),
        ("vi", "?lang=en", "en"),
        ("en", "?lang=vi", "vi"),
        ("en", "?lang=../../etc", "en"),
    ],
)
def test_a_page_speaks_the_readers_language(embedded: Installation, accept: str, query: str, language: str) -> None:
    page = embedded.visitor().get(f"/{query}", headers={"Accept-Language": accept})

    assert f'<html lang="{language}">' in page.text
    assert {"vi": "Bài học ngắn", "en": "Short lessons"}[language] in page.text


def test_an_installation_may_speak_english_first(embedded: Installation) -> None:
    from tests.parts.installations import make_installation

    english = make_installation(embedded.environ | {"HAIDANG_LANGUAGE": "en"})

    assert '<html lang="en">' in english.visitor().get("/").text
