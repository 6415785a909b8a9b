"""Each request names its version, and each answer says the same (Communication 3.3)."""

import pytest

from tests.parts.installations import Installation
from tests.parts.programs import V1, V2, partner

HEADER = "X-Experience-API-Version"


@pytest.mark.parametrize("version", ["1.0", "1.0.0", "1.0.3", "1.0.9", "2.0.0", "2.0"])
@pytest.mark.parametrize("parameters", [{}, {"limit": "nonsense"}])
def test_the_answer_says_what_the_request_said(
    embedded: Installation, version: str, parameters: dict[str, str]
) -> None:
    answer = partner(embedded, version=version).get(**parameters)

    assert answer.status_code == (400 if parameters else 200)
    assert answer.headers[HEADER] == version


@pytest.mark.parametrize("version", ["", "0.95", "1.1.0", "2.1.0", "3", "1.0.3x", "nonsense"])
def test_a_version_that_is_not_spoken_is_refused(embedded: Installation, version: str) -> None:
    answer = partner(embedded, version=version).get()

    assert answer.status_code == 400
    assert HEADER in answer.headers


def test_who_forgets_the_header_is_answered_in_what_they_spoke_last(embedded: Installation) -> None:
    first, second = partner(embedded, version=V1), partner(embedded, version=V2)
    first.get()
    second.get()

    for speaker, version in ((first, V1), (second, V2)):
        speaker.version = ""
        answer = speaker.get()
        assert (answer.status_code, answer.headers[HEADER]) == (400, version)
