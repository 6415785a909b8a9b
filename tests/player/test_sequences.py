"""What comes next: requests come with commits, are followed once, and leave a trace that can be done again."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from player.replay import Asked
from player.shelf import SHELF
from storage import sequences
from tests.parts.led import course2004, lesson, three_lessons
from tests.parts.lessons import Playing, launch, play, publish
from tests.storage.samples import latest

if TYPE_CHECKING:
    from storage.sequences import RequestRow
    from tests.parts.installations import Installation

PASSED = {"cmi.completion_status": "completed", "cmi.success_status": "passed"}
FAILED = {"cmi.completion_status": "completed", "cmi.success_status": "failed"}


class Led:
    """Somebody's way through a course, one commit after the other."""

    def __init__(self, playing: Playing) -> None:
        self.playing = playing
        self.next: dict[str, Any] = playing.found["next"]
        self.n = 0
        playing.item, playing.visit = self.next["item"], 1

    def says(self, values: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
        """Say something in the open lesson."""
        self.n += 1
        told = self.playing.commit(self.n, values, **more)
        assert told.status_code == 200, told.text
        answer: dict[str, Any] = told.json or {}
        return answer

    def asks(self, request: str, target: str = "", values: dict[str, str] | None = None) -> dict[str, Any]:
        """Ask for what comes next, with the last words of the open lesson."""
        navigate = {"after": self.next["revision"], "request": request, "target": target}
        self.next = self.says(values, finished=True, navigate=navigate)["next"]
        self.playing.item, self.playing.visit = self.next["item"] or self.playing.item, self.playing.visit + 1
        return self.next

    def again(self) -> Led:
        """Come back, in a session more."""
        return Led(play(self.playing.person, self.playing.version))

    @property
    def open(self) -> dict[str, bool]:
        """Tell which lessons may be chosen."""
        return self.selectable(self.next["contents"])

    @staticmethod
    def selectable(contents: dict[str, Any]) -> dict[str, bool]:
        """Tell which lessons contents offer."""
        return {one["id"]: one["selectable"] for one in contents["entries"] if one["leaf"]}

    @property
    def log(self) -> list[RequestRow]:
        """Read what was asked."""
        with self.playing.person.installation.services.database.read(1) as tx:
            return sequences.requests(tx, UUID(self.playing.registration))


@pytest.fixture
def led(installation: Installation) -> Led:
    return Led(play(installation.person("learner"), publish(installation, three_lessons())))


@pytest.fixture
def small(embedded: Installation) -> Led:
    return Led(play(embedded.person("learner"), publish(embedded, three_lessons())))


def verbs(installation: Installation) -> list[str]:
    with installation.services.database.read(1) as tx:
        said = [json.loads(row.payload) for _, row in reversed(latest(tx, 100))]
    return [
        one["verb"]["id"].rsplit("/", 1)[1] + ("*" if one["object"]["definition"]["type"].endswith("/course") else "")
        for one in said
    ]


def test_a_course_goes_from_lesson_to_lesson_to_its_end(installation: Installation, led: Led) -> None:
    # Silence would count as success: what comes next is closed only once the lesson says that it is not done.
    assert (led.next["item"], led.open) == ("bai-1", {"bai-1": True, "bai-2": True, "bai-3": False})
    assert led.selectable(led.says(FAILED)["contents"]) == {"bai-1": True, "bai-2": False, "bai-3": False}

    assert led.asks("continue", values=PASSED)["item"] == "bai-2"
    assert led.asks("continue", values=PASSED)["item"] == "bai-3"
    assert led.asks("continue", values=FAILED)["item"] == "bai-3"  # once more
    assert not led.next["resumed"]
    assert led.asks("continue", values=PASSED)["ended"]

    assert verbs(installation)[-4:] == ["completed", "passed", "terminated", "passed*"]
    assert verbs(installation).count("completed*") == 1
    assert [(row.request, row.outcome, row.delivered) for row in led.log] == [
        ("begin", "delivered", "bai-1"),
        ("continue", "delivered", "bai-2"),
        ("continue", "delivered", "bai-3"),
        ("continue", "delivered", "bai-3"),
        ("continue", "ended", ""),
    ]


def test_a_request_that_comes_twice_is_followed_once(small: Led) -> None:
    before = small.next["revision"]
    first = small.asks("continue", values=PASSED)
    # The answer was lost: the shell asks again, with a number of its own.
    again = small.says(item="bai-1", visit=1, navigate={"after": before, "request": "continue"})

    assert again["next"] == first
    assert len(small.log) == 2


def test_the_very_same_commit_is_told_the_same(small: Led) -> None:
    navigate = {"after": small.next["revision"], "request": "continue"}
    answers = [small.playing.commit(1, PASSED, finished=True, navigate=navigate).json for _ in range(2)]

    assert answers[0] == answers[1]
    assert len(small.log) == 2


def test_what_may_be_asked_comes_with_what_the_lesson_says(small: Led) -> None:
    assert "contents" not in small.says({"cmi.location": "1"})
    told = small.says({"cmi.completion_status": "incomplete", "cmi.success_status": "failed"})
    assert told["contents"]["requests"]["continue"] is False
    assert small.says(PASSED)["contents"]["requests"]["continue"] is True


def test_what_may_be_asked_comes_again_where_the_answer_was_lost(small: Led) -> None:
    # The shell says everything anew that has no receipt, under another number: else the way on would stay closed.
    first, again = small.says(PASSED), small.says(PASSED)

    assert again["contents"] == first["contents"]
    assert again["contents"]["requests"]["continue"] is True


def test_another_request_under_a_number_that_is_taken_is_told_so_and_not_followed(small: Led) -> None:
    ways = [{"after": 1, "request": request} for request in ("continue", "exitAll")]
    first, other = (small.playing.commit(1, PASSED, finished=True, navigate=way) for way in ways)

    assert (first.status_code, other.status_code, other.json) == (200, 409, {"last": 1})
    renumbered = small.playing.commit(2, PASSED, finished=True, navigate=ways[1])
    assert (renumbered.json or {})["next"] == (first.json or {})["next"]
    assert [row.request for row in small.log] == ["begin", "continue"]


def test_a_tab_that_was_overtaken_asks_for_nothing_any_more(small: Led) -> None:
    newer = small.again()

    told = small.says(PASSED, finished=True, navigate={"after": newer.next["revision"], "request": "continue"})

    assert told == {"receipt": 1, "superseded": True}
    assert newer.says({}) == {"receipt": 1}
    assert [row.request for row in newer.log] == ["begin"]


def test_a_request_leads_nowhere_from_a_lesson_that_is_not_open(small: Led) -> None:
    small.asks("continue", values=PASSED)

    told = small.says(PASSED, item="bai-3", navigate={"after": 2, "request": "continue"})["next"]

    assert (told["item"], told["opens"]) == (
        "bai-3",
        True,
    )  # from the second lesson, of which nothing was said: silence is success


def test_a_request_that_leads_nowhere_leaves_the_learner_a_way_on(small: Led) -> None:
    told = small.asks("continue", values=FAILED)

    assert (told["opens"], told["item"], told["ended"], bool(told["exception"])) == (False, None, False, True)
    assert small.open == {"bai-1": True, "bai-2": False, "bai-3": False}
    small.playing.item = ""
    assert small.asks("choice", "bai-1")["item"] == "bai-1"


def test_a_request_that_is_none_leaves_the_lesson_where_it_is(small: Led) -> None:
    told = small.asks("choice", "nowhere", values={"cmi.location": "trang 3"})

    assert (told["opens"], told["item"], told["resumed"]) == (False, "bai-1", True)


def test_a_learner_who_leaves_finds_everything_on_the_next_day(led: Led) -> None:
    led.asks("continue", values=PASSED)
    told = led.asks("suspendAll", values={"cmi.location": "trang 3", "cmi.suspend_data": "nửa chừng"})
    assert (told["ended"], told["suspended"]) == (True, True)

    back = led.again()

    assert (back.next["item"], back.next["resumed"]) == ("bai-2", True)
    assert back.playing.found["tracks"]["bai-2"]["values"]["cmi.location"] == "trang 3"
    assert back.asks("continue", values=PASSED)["item"] == "bai-3"


def test_a_tab_that_was_closed_counts_as_suspended(small: Led) -> None:
    small.asks("continue", values=PASSED)
    small.says({"cmi.location": "trang 3"})

    back = small.again()

    assert (back.next["item"], back.next["resumed"]) == ("bai-2", True)
    assert [row.request for row in back.log][-2:] == ["suspendAll", "resume"]


def test_what_a_lesson_asked_for_when_its_tab_was_closed_is_done(small: Led) -> None:
    small.says(PASSED | {"adl.nav.request": "continue"}, finished=True)

    assert small.again().next["item"] == "bai-2"


def test_who_opens_a_course_and_leaves_it_at_once_finds_it_so(small: Led) -> None:
    assert small.again().next == small.next


def test_a_lesson_that_is_begun_anew_finds_nothing_of_what_it_said(small: Led) -> None:
    small.asks("continue", values=PASSED)
    small.asks("continue", values=PASSED)
    small.asks("continue", values=FAILED | {"cmi.location": "cuối"})
    small.says({})

    assert small.again().playing.found["tracks"]["bai-3"]["values"].get("cmi.location") is None


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"after": 1},
        {"after": -1, "request": "continue"},
        {"after": 1, "request": "fly"},
        {"after": 1, "request": ["continue"]},
        {"after": 1, "request": {"continue": 1}},
        {"after": 10**30, "request": "continue"},
        {"after": True, "request": "continue"},
        {"after": 1.0, "request": "continue"},
        {"after": 1, "request": "start"},
        {"after": 1, "request": "choice", "target": "a" * 5000},
        {"after": 1, "request": "choice", "target": {}},
        "continue",
        {"after": 1, "request": "choice", "target": "a\0"},
        {"after": 1, "request": "choice", "target": "\ud800"},
    ],
)
def test_what_is_no_request_is_refused(small: Led, wrong: Any) -> None:
    assert small.playing.commit(1, {}, navigate=wrong).status_code == 400


def test_a_course_without_a_sequencer_is_asked_nothing(embedded: Installation) -> None:
    playing = play(embedded.person("learner"), publish(embedded))

    assert "next" not in playing.found
    assert playing.commit(1, {}, navigate={"after": 0, "request": "continue"}).status_code == 400


def test_while_no_lesson_is_open_a_request_comes_without_one(small: Led) -> None:
    small.asks("exit", values=PASSED)

    assert small.next["item"] is None
    small.playing.item = ""
    assert small.asks("choice", "bai-2")["item"] == "bai-2"


def test_each_request_can_be_done_again_from_what_is_kept(small: Led) -> None:
    small.asks("continue", values=PASSED)
    small.asks("choice", "bai-1", values=FAILED)
    back = small.again()

    with back.playing.person.installation.services.database.read(1) as tx:
        tree = SHELF.take(tx, UUID(back.playing.version)).tree
        found = sequences.find(tx, UUID(back.playing.registration))
    assert tree is not None
    assert found is not None
    for row in back.log:
        asked = Asked.unpacked(row.request, row.target, row.detail)
        reply = asked.answer(tree)
        assert reply.trace == asked.trace
        assert (reply.delivery.id if reply.delivery else "") == row.delivered
    assert reply.state.to_json() == json.loads(found.state)


def test_an_attempt_from_before_there_was_a_sequencer_goes_on(small: Led) -> None:
    small.asks("continue", values=PASSED)
    small.says({"cmi.location": "trang 3"})
    forget(small.playing)

    back = small.again()

    assert (back.next["item"], back.next["resumed"]) == ("bai-2", True)
    assert back.open == {"bai-1": True, "bai-2": True, "bai-3": True}
    assert [row.request for row in back.log] == ["resume"]


def forget(playing: Playing) -> None:
    """Leave an attempt as an earlier release did."""
    with playing.person.installation.services.database.write(1) as tx:
        tx.run(sequences.asked.delete())
        tx.run(sequences.sequences.delete())


def test_a_launch_alone_begins_nothing(embedded: Installation) -> None:
    launched = launch(embedded.person("learner"), publish(embedded, three_lessons()))

    with embedded.services.database.read(1) as tx:
        assert sequences.find(tx, UUID(launched.registration)) is None


def test_a_session_that_is_older_than_the_sequencer_is_led_from_where_it_is(small: Led) -> None:
    small.says({"cmi.location": "trang 3"})
    forget(small.playing)

    small.next = {"revision": 0}
    told = small.asks("continue", values=PASSED)

    assert (told["item"], told["opens"], told["revision"]) == ("bai-1", True, 1)
    assert small.asks("continue", values=PASSED)["item"] == "bai-2"


@pytest.mark.parametrize("lessons", [3, 12])
def test_a_long_answer_comes_compressed_to_who_takes_it_so(embedded: Installation, lessons: int) -> None:
    items = "".join(lesson(f"bai-{n}", f"Bài {n}") for n in range(lessons))
    playing = play(embedded.person("learner"), publish(embedded, course2004("Dài", items)))
    headers = {"Content-Type": "text/plain", "Accept-Encoding": "gzip"}
    data = json.dumps({"token": playing.attempt})
    answer = playing.person.post("/begin", base=playing.origin, data=data, headers=headers)

    packed = answer.headers.get("Content-Encoding") == "gzip"
    assert packed == (lessons > 3)  # what fits into one packet gains nothing
    told = json.loads(gzip.decompress(answer.data) if packed else answer.data)
    assert len(told["next"]["contents"]["entries"]) == lessons + 1
    assert "Content-Encoding" not in playing.ask_to_begin().headers
