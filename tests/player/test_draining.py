"""What a device still keeps of lessons: where the frame is served, and what the lessons' page may frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.parts.lessons import launch, publish

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_the_frame_is_served_on_a_lessons_origin_alone(embedded: Installation) -> None:
    person = embedded.person("learner")
    playing = launch(person, publish(embedded))

    there, elsewhere = person.get("/_hd/drain", base=playing.origin), person.get("/_hd/drain")

    assert (there.status_code, elsewhere.status_code) == (200, 404)
    assert "/_hd/drain.js" in there.text


def test_the_frame_runs_nothing_but_our_own_modules(embedded: Installation) -> None:
    person = embedded.person("learner")
    playing = launch(person, publish(embedded))

    page = person.get("/_hd/drain", base=playing.origin)

    assert "default-src 'none'; script-src 'self'; connect-src 'self'" in page.text
    assert "frame-ancestors" in page.headers["Content-Security-Policy"]


def test_the_lessons_page_may_frame_the_origins_of_lessons(embedded: Installation) -> None:
    page = embedded.person("learner").get("/s/haiphong/")

    assert "frame-src http://*.lms.localhost" in page.headers["Content-Security-Policy"]
    assert 'data-framed="yes"' in page.text


def test_a_token_names_the_origin_for_which_it_is_good(embedded: Installation) -> None:
    person = embedded.person("learner")
    playing = launch(person, publish(embedded))
    csrf = person.get("/s/haiphong/").text.split('data-csrf="')[1].split('"')[0]

    told = person.post(f"/s/haiphong/attempts/{playing.registration}/token", headers={"X-CSRF-Token": csrf}).json

    assert told is not None
    assert told["origin"] == playing.origin
