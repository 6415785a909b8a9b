"""Agents: a Person whose properties are lists (Communication 2.4)."""

import pytest

from tests.parts.installations import Installation
from tests.parts.programs import AGENT, partner


def test_a_person_has_lists(embedded: Installation) -> None:
    answer = partner(embedded).get("/agents", agent=AGENT)

    assert answer.json == {"objectType": "Person", "mbox": ["mailto:an@example.org"]}


@pytest.mark.parametrize(
    "parameters", [{}, {"agent": "nonsense"}, {"agent": {"name": "An"}}, {"agent": AGENT, "more": "1"}]
)
def test_what_is_no_agent_is_refused(embedded: Installation, parameters: dict[str, object]) -> None:
    assert partner(embedded).get("/agents", **parameters).status_code == 400


def test_head_says_that_it_is_there(embedded: Installation) -> None:
    answer = partner(embedded).ask("HEAD", "/agents", agent=AGENT)

    assert (answer.status_code, answer.data) == (200, b"")
