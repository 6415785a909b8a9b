"""The learner's pages."""

import pytest

from tests.parts.installations import Installation
from tests.parts.lessons import play, publish
from tests.parts.zips import tincan


def test_the_first_screen_has_one_next_step(embedded: Installation) -> None:
    publish(embedded)
    page = embedded.person("learner").get("/s/haiphong/")

    assert "Bài học tiếp theo của bạn" in page.text
    assert page.text.count('class="button') == 1


def test_without_lessons_an_author_is_led_to_the_first(embedded: Installation) -> None:
    assert "Thêm bài học đầu tiên" in embedded.person("author").get("/s/haiphong/").text
    assert "Thêm bài học" not in embedded.person("learner").get("/s/haiphong/").text


def test_a_lesson_goes_from_new_to_begun_to_completed(installation: Installation) -> None:
    version = publish(installation)
    learner = installation.person("learner")
    state = f"/s/haiphong/lessons/{version}/state"
    assert learner.get(state).json == {"state": "new"}

    playing = play(learner, version)
    playing.commit(1)
    assert learner.get(state).json == {"state": "begun"}

    playing.commit(2, {"cmi.core.lesson_status": "passed"})
    installation.follow()
    assert learner.get(state).json == {"state": "completed"}
    assert "Đã hoàn thành 1 trên 1 bài học" in learner.get("/s/haiphong/").text


def test_one_learners_work_is_not_anothers(installation: Installation) -> None:
    version = publish(installation)
    play(installation.person("learner"), version).commit(1, {"cmi.core.lesson_status": "completed"})
    installation.follow()

    other = installation.person("learner")
    assert other.get(f"/s/haiphong/lessons/{version}/state").json == {"state": "new"}


@pytest.mark.parametrize("path", ["", "/state"])
def test_a_lesson_of_another_space_is_not_there(embedded: Installation, path: str) -> None:
    embedded.haidang("space", "add", "daklak")
    version = publish(embedded, space="daklak")

    assert embedded.person("learner").get(f"/s/haiphong/lessons/{version}{path}").status_code == 404


def test_the_page_may_frame_its_lesson_and_no_other(embedded: Installation) -> None:
    version = publish(embedded)

    policy = embedded.person("learner").get(f"/s/haiphong/lessons/{version}").headers["Content-Security-Policy"]

    origin = f"http://c-{version.replace('-', '')}.lms.localhost:8080"
    assert f"frame-src {origin};" in policy
    assert f"form-action 'self' {origin};" in policy


def test_a_lesson_in_its_frame_may_do_all_but_lead_the_page_away(embedded: Installation) -> None:
    version = publish(embedded)

    page = embedded.person("learner").get(f"/s/haiphong/lessons/{version}").text

    sandbox = page.split('sandbox="')[1].split('"')[0].split()
    assert {"allow-scripts", "allow-same-origin", "allow-popups", "allow-downloads"} <= set(sandbox)
    assert not [word for word in sandbox if word.startswith("allow-top-navigation")]


def test_a_lesson_without_a_player_says_so_and_is_not_launched(embedded: Installation) -> None:
    lesson = f"/s/haiphong/lessons/{publish(embedded, tincan())}"
    learner = embedded.person("learner")

    page = learner.get(lesson)
    assert (page.status_code, "chưa mở được" in page.text, "<iframe" in page.text) == (200, True, False)
    csrf = learner.get("/s/haiphong/").text.split('name="csrf" value="')[1].split('"')[0]
    assert learner.post(f"{lesson}/launch", headers={"X-CSRF-Token": csrf}).status_code == 409
