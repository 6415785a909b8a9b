"""A page of one choice: how much of my name is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.parts.installations import Installation

PATH = "/s/haiphong/me/shown-name"


def test_a_choice_is_kept_and_shown(installation: Installation) -> None:
    me = installation.person("learner")
    assert 'value="whole" checked' in me.get(PATH).text

    answer = me.post(PATH, form_at=PATH, data={"shown": "nothing"})

    assert answer.status_code == 303
    assert 'value="nothing" checked' in me.get(answer.location).text
    assert PATH in me.get("/s/haiphong/me").text


def test_another_choice_is_refused(embedded: Installation) -> None:
    me = embedded.person("learner")

    assert me.post(PATH, form_at=PATH, data={"shown": "everything"}).status_code == 400
