"""The reader's language: what they ask for, else the space's, else the installation's."""

from collections.abc import Iterator

import pytest

from lrs.catalogue import LANGUAGES
from lrs.language import counted, reader_language
from tests.parts.installations import Installation, environment, make_installation

VI, EN = "Bài học ngắn cho mọi người", "Short lessons for everyone"


@pytest.fixture(scope="module", params=LANGUAGES)
def speaking(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Installation]]:
    """Make an installation in each language, with a space in each language."""
    for environ in environment(request, "embedded", tmp_path_factory.mktemp("language")):
        made = make_installation(environ | {"HAIDANG_LANGUAGE": request.param})
        made.haidang("space", "add", "tieng-viet", "--language", "vi")
        made.haidang("space", "add", "english", "--language", "en")
        yield str(request.param), made
        made.services.database.dispose()


@pytest.mark.parametrize(
    ("asked", "gets"),
    [
        ("vi", "vi"),
        ("en", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("en-US,en;q=0.9,vi;q=0.8", "en"),
        ("fr,en;q=0.3", "en"),
        ("fr-FR,fr", None),
        ("", None),
        ("*", None),
        ("en;q=0", None),
        ("zh;q=1,*;q=0.1", None),
        ("en;q=x", None),
        (";;;,,,===", None),
        ("x" * 5000, None),
    ],
)
def test_a_browser_says_which_language_its_reader_reads(
    speaking: tuple[str, Installation], asked: str, gets: str | None
) -> None:
    default, made = speaking

    page = made.visitor().get("/", headers={"Accept-Language": asked}).text
    expected = gets or default
    assert (VI in page, EN in page) == (expected == "vi", expected == "en")
    assert f'<html lang="{expected}">' in page


@pytest.mark.parametrize(
    ("query", "gets"),
    [("?lang=en", "en"), ("?lang=vi", "vi"), ("?lang=fr", "vi"), ("?lang=", "vi"), ("?lang=../../etc", "vi")],
)
def test_an_address_can_choose_for_once(speaking: tuple[str, Installation], query: str, gets: str) -> None:
    page = speaking[1].visitor().get(f"/{query}", headers={"Accept-Language": "vi"}).text

    assert f'<html lang="{gets}">' in page


@pytest.mark.parametrize(("space", "language"), [("tieng-viet", "vi"), ("english", "en")])
def test_a_space_speaks_its_language_to_those_who_say_none(
    speaking: tuple[str, Installation], space: str, language: str
) -> None:
    visitor = speaking[1].visitor()

    assert f'<html lang="{language}">' in visitor.get(f"/s/{space}/").text
    assert f'<html lang="{language}">' in visitor.get("/", base=f"http://{space}.lms.localhost:8080").text
    assert '<html lang="en">' in visitor.get(f"/s/{space}/", headers={"Accept-Language": "en"}).text
    assert '<html lang="vi">' in visitor.get(f"/s/{space}/", headers={"Accept-Language": "vi"}).text


def test_a_reader_is_not_answered_in_the_language_of_the_one_before(speaking: tuple[str, Installation]) -> None:
    visitor = speaking[1].visitor()

    for language in ("vi", "en") * 5:
        page = visitor.get("/", headers={"Accept-Language": language}).text
        assert f'<html lang="{language}">' in page


def test_a_query_that_is_no_text_is_refused_in_some_language(speaking: tuple[str, Installation]) -> None:
    default, made = speaking

    raw = {"QUERY_STRING": "lang=\xff"}
    page = made.visitor().client.get("/", base_url=made.public_url, environ_overrides=raw)
    assert page.status_code == 400
    assert f'<html lang="{default}">' in page.text


def test_a_command_speaks_without_a_request(speaking: tuple[str, Installation]) -> None:
    default, made = speaking

    with made.app.app_context():
        assert reader_language() == default


@pytest.mark.parametrize(("language", "said"), [("vi", "40.000 người"), ("en", "40,000 people")])
def test_a_count_is_written_as_its_reader_writes_numbers(
    speaking: tuple[str, Installation], language: str, said: str
) -> None:
    with speaking[1].app.test_request_context(f"/?lang={language}"):
        assert counted("%(num)s person", "%(num)s people", 40_000) == said
        assert counted("%(num)s person", "%(num)s people", 1) == {"vi": "1 người", "en": "1 person"}[language]
