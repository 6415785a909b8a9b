"""Our own lessons in Chromium, through our player: learned by keyboard alone and by touch, and in two sittings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe

from packages.lessons import lesson as shelf
from packages.lessons.zipper import package
from tests.journeys.walking import Eye, Lesson, Log, enter, eventually, open_lesson
from tests.parts.lessons import publish
from tests.parts.screens import Screens

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Locator, Page

    from tests.journeys.walking import Service
    from tests.parts.screens import Size

pytestmark = pytest.mark.browser

FILM, SLIDES, TALK = LESSONS = [shelf.read(slug) for slug in shelf.SHELF]
NARROW = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}
FRAMED = pytest.mark.parametrize("service", ["sibling"], indirect=True)
SAID: dict[str, dict[str, Any]] = {
    "1.2": {
        "ended": {"cmi.core.lesson_status": "passed"},
        "score": "cmi.core.score.raw",
        "most": 100,
        "wrong": "wrong",
    },
    "2004": {
        "ended": {
            "cmi.completion_status": "completed",
            "cmi.success_status": "passed",
            "cmi.progress_measure": "1",
            "cmi.location": TALK.steps[-1]["id"],
        },
        "score": "cmi.score.scaled",
        "most": 1,
        "wrong": "incorrect",
    },
}
BEGIN, GO_ON, FORWARD = "Bắt đầu", "Học tiếp", "Tiếp tục"
MOST_TABS = 60
SMALL = """() => [...document.querySelectorAll("button, input")].filter((one) => one.offsetParent !== null)
    .filter((one) => one.offsetWidth < 44 || one.offsetHeight < 44).map((one) => one.textContent)"""
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def name(lesson: shelf.Lesson) -> str:
    return lesson.folder.name


def questions(lesson: shelf.Lesson) -> list[dict[str, Any]]:
    return lesson.content.get("questions") or [step["question"] for step in lesson.steps if "question" in step]


@dataclass
class Learner:
    """Somebody who learns a lesson, and whoever looks over the shoulder."""

    page: Page
    lesson: Lesson
    source: shelf.Lesson
    account: UUID
    hand: Callable[[Learner, Locator], None]
    shown: list[str] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        """What the lesson shows."""
        return self.lesson.frame

    def press(self, words: str) -> None:
        """Press a button of the lesson."""
        self.hand(self, self.frame.get_by_role("button", name=words, exact=False).first)

    def look(self, what: str, *, thoroughly: bool = False) -> None:
        """Look at a screen: nothing sticks out, everything can be hit with a thumb; and what a checker of accessibility says."""
        assert (what, self.frame.evaluate(WIDER)) == (what, 0)
        assert (what, self.frame.evaluate(SMALL)) == (what, [])
        size = "phone" if self.hand is by_touch else "desktop"
        shot = f"own-{name(self.source)}-{size}-{len(self.shown):02}-{what}"
        if self.frame.parent_frame:
            Screens.save(self.page, shot)
        if thoroughly and what not in self.shown and self.hand is by_touch:
            found = Axe().run(self.frame, options=WCAG).response
            assert found["passes"]
            assert [(what, one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
        self.shown.append(what)

    def answer(self, question: dict[str, Any], *, right: bool) -> None:
        """Choose the first right or wrong answer."""
        chosen = next(option for option in question["options"] if option.get("right", False) == right)
        self.hand(self, self.frame.locator(".option").nth(question["options"].index(chosen)))
        self.frame.locator(".word", has_text=chosen["why"]).wait_for()


def by_keyboard(learner: Learner, target: Locator) -> None:
    """Come to a button with the tab key and press it, as somebody without a mouse."""
    target.wait_for()
    for _ in range(MOST_TABS):
        if target.evaluate("one => one === document.activeElement && document.hasFocus()"):
            learner.page.keyboard.press("Enter")
            return
        learner.page.keyboard.press("Tab")
    raise AssertionError("the tab key does not lead there", target)


def by_touch(_: Learner, target: Locator) -> None:
    """Tap."""
    target.tap()


HANDS: dict[str, tuple[Callable[[Learner, Locator], None], Size, dict[str, Any]]] = {
    "keyboard": (by_keyboard, "desktop", {}),
    "touch": (by_touch, "phone", NARROW),
}


def begin(service: Service, screen: Screens, source: shelf.Lesson, how: str = "touch") -> Learner:
    """Publish a lesson, and open it as somebody new."""
    hand, size, options = HANDS[how]
    version = publish(service.installation, package(source))
    page = screen.open(size, **options, reduced_motion="reduce")
    account = UUID(enter(page, service, "learner"))
    opened = open_lesson(page, f"{page.url.split('/s/')[0]}/s/haiphong/lessons/{version}")
    return Learner(page, opened, source, account, hand)


def come_back(learner: Learner, log: Log, expected: dict[str, str]) -> dict[str, str]:
    """Close the tab, and open the lesson again in another once the last words have come; give back what was kept of the visit."""
    address, context = learner.page.url, learner.page.context
    learner.page.close(run_before_unload=True)
    assert eventually(lambda: expected.items() <= log.values_of(learner.account).items()), expected
    kept = log.values_of(learner.account)
    learner.page = context.new_page()
    learner.lesson = open_lesson(learner.page, address)
    return kept


def go_through(learner: Learner) -> None:
    """Learn a lesson from its first screen to its last, wrong at the first question and right at the others."""
    waiting = {question["ask"]: question for question in questions(learner.source)}
    first = next(iter(waiting))
    learner.look("welcome", thoroughly=True)
    learner.press(BEGIN)
    ending = learner.frame.locator(".ending")
    asked = learner.frame.locator("h2#ask")
    while not ending.count():
        STEP[learner.source.kind](learner)
        asked.or_(ending).or_(learner.frame.locator(".slide, .scene")).first.wait_for()
        if not asked.count():
            continue
        words = asked.inner_text()
        question = waiting.pop(words)
        learner.look("question", thoroughly=True)
        if words == first:
            learner.answer(question, right=False)
            learner.look("mistake", thoroughly=True)
        learner.answer(question, right=True)
        learner.look("answer", thoroughly=True)
        learner.press(FORWARD)
        asked.filter(has_text=words).wait_for(state="detached")
    learner.look("ending", thoroughly=True)
    assert waiting == {}


def seek(learner: Learner) -> None:
    """Move a film on as far as it goes: to the next question, or to its end."""
    slider = learner.frame.get_by_role("slider")
    learner.frame.wait_for_function("document.querySelector('video').readyState > 0")
    learner.look("film", thoroughly=True)
    slider.focus()
    learner.page.keyboard.press("End")


def turn(learner: Learner) -> None:
    """Turn to the next page."""
    if learner.frame.locator(".slide").count():
        learner.look("slide", thoroughly=True)
        learner.press("Tiếp")


def listen(learner: Learner) -> None:
    """Go on where there is nothing to answer."""
    if not learner.frame.locator("h2#ask").count():
        learner.press(FORWARD)


STEP: dict[str, Callable[[Learner], None]] = {shelf.FILM: seek, shelf.SLIDES: turn, shelf.TALK: listen}


@FRAMED
@pytest.mark.parametrize(
    ("source", "how"),
    [
        pytest.param(
            source,
            how,
            id=f"{name(source)}-{how}",
            marks=[pytest.mark.long] if source is TALK and how == "touch" else [],
        )
        for source in LESSONS
        for how in HANDS
    ],
)
def test_a_lesson_is_learned(service: Service, screen: Screens, source: shelf.Lesson, how: str) -> None:
    learner = begin(service, screen, source, how)
    eye = Eye(learner.page.context)

    go_through(learner)

    learner.page.locator("#state.completed").wait_for()
    log, said, count = Log(service), SAID[source.edition], len(questions(source))
    assert eventually(lambda: said["ended"].items() <= log.values_of(learner.account).items())
    values = log.values_of(learner.account)
    assert float(values[said["score"]]) == pytest.approx(said["most"] * (count - 0.5) / count, abs=said["most"] / 200)
    assert [values[f"cmi.interactions.{n}.result"] for n in range(count + 1)] == [said["wrong"], *["correct"] * count]
    assert eye.seen == []


@FRAMED
def test_whoever_was_not_sure_is_asked_again_and_passes(service: Service, screen: Screens) -> None:
    learner = begin(service, screen, SLIDES)
    log = Log(service)
    learner.press(BEGIN)
    for question in questions(SLIDES):
        while not learner.frame.locator("h2#ask", has_text=question["ask"]).count():
            learner.press("Tiếp")
        learner.answer(question, right=False)
        learner.answer(question, right=True)
        learner.press(FORWARD)
    learner.press("Tiếp")
    assert eventually(lambda: log.values_of(learner.account)["cmi.core.lesson_status"] == "completed")

    learner.press("Làm lại câu chưa chắc")
    for question in questions(SLIDES):
        learner.frame.locator("h2#ask", has_text=question["ask"]).wait_for()
        learner.answer(question, right=True)
        learner.press(FORWARD)

    learner.frame.locator(".ending h1", has_text="Chúc mừng").wait_for()
    assert eventually(lambda: log.values_of(learner.account)["cmi.core.lesson_status"] == "passed")
    assert eventually(lambda: log.values_of(learner.account)["cmi.core.score.raw"] == "100")


@FRAMED
def test_a_film_goes_on_at_the_very_moment_at_which_its_tab_was_closed(service: Service, screen: Screens) -> None:
    learner = begin(service, screen, FILM)
    log = Log(service)
    learner.press(BEGIN)
    learner.frame.wait_for_function("document.querySelector('video').readyState > 0")
    learner.frame.get_by_role("slider").fill("33")
    learner.frame.wait_for_function("document.querySelector('video').currentTime > 34")
    left = learner.frame.evaluate("document.querySelector('video').currentTime")

    noted = float(come_back(learner, log, {"cmi.core.exit": "suspend"})["cmi.core.lesson_location"])
    learner.press(GO_ON)
    learner.frame.wait_for_function("document.querySelector('video').played.length > 0")
    began = learner.frame.evaluate("document.querySelector('video').played.start(0)")

    assert left - 0.1 <= noted < left + 1
    assert began == pytest.approx(noted, abs=0.1)


@FRAMED
def test_slides_go_on_in_the_middle_of_a_question(service: Service, screen: Screens) -> None:
    learner = begin(service, screen, SLIDES)
    log = Log(service)
    learner.press(BEGIN)
    first, *_ = questions(SLIDES)
    while not learner.frame.locator("h2#ask").count():
        learner.press("Tiếp")
    learner.answer(first, right=False)

    kept = come_back(learner, log, {"cmi.core.exit": "suspend", "cmi.interactions.0.student_response": "a"})
    learner.press(GO_ON)

    assert learner.frame.locator(".option.wrong").count() == 1
    learner.answer(first, right=True)
    assert eventually(lambda: log.values_of(learner.account)["cmi.core.score.raw"] == "13")
    assert len(kept["cmi.suspend_data"]) < 300
    assert kept["cmi.core.session_time"] > "0000:00:00.00"


@FRAMED
def test_a_conversation_goes_on_where_an_answer_has_led(service: Service, screen: Screens) -> None:
    learner = begin(service, screen, TALK)
    log = Log(service)
    learner.press(BEGIN)
    learner.hand(learner, learner.frame.locator(".option").nth(1))
    learner.press(FORWARD)
    learner.frame.locator("h2", has_text="Số lạ gọi lại").wait_for()
    learner.press(FORWARD)
    learner.frame.locator("h2", has_text="Họ xưng là công an").wait_for()

    answered = {
        "cmi.interactions.0.learner_response": "b",
        "cmi.interactions.0.correct_responses.0.pattern": "a",
        "cmi.interactions.0.correct_responses.1.pattern": "b",
    }
    kept = come_back(learner, log, {"cmi.exit": "suspend", **answered})
    learner.press(GO_ON)

    learner.frame.locator("h2", has_text="Họ xưng là công an").wait_for()
    assert kept["cmi.session_time"].startswith("PT")


@FRAMED
def test_slides_go_on_by_themselves_and_wait_when_told_to(service: Service, screen: Screens) -> None:
    learner = begin(service, screen, SLIDES)
    page, frame = learner.page, learner.frame
    page.emulate_media(reduced_motion="no-preference")
    page.clock.install()
    learner.lesson = open_lesson(page, page.url)
    frame = learner.frame
    learner.press(BEGIN)
    titles = [step["title"] for step in SLIDES.steps if "title" in step]

    frame.locator("h2", has_text=titles[0]).wait_for()
    for key, at in (("ArrowRight", 1), ("ArrowLeft", 0)):
        page.keyboard.press(key)
        frame.locator("h2", has_text=titles[at]).wait_for()
    page.clock.run_for(30_000)
    frame.locator("h2", has_text=titles[1]).wait_for()
    learner.press("Dừng lại")
    page.clock.run_for(300_000)
    assert frame.locator("h2").inner_text() == titles[1]


@FRAMED
def test_a_film_that_does_not_come_can_be_read(service: Service, screen: Screens) -> None:
    learner = begin(service, screen, FILM)
    learner.page.context.route("**/film.mp4", lambda route: route.abort())
    learner.press(BEGIN)
    learner.frame.locator(".trouble p").wait_for()
    learner.look("no-film", thoroughly=True)
    learner.press("Đọc bằng chữ")
    for question in questions(FILM):
        learner.frame.locator("h2#ask", has_text=question["ask"]).wait_for()
        learner.look("reading")
        learner.answer(question, right=True)
        learner.press(FORWARD)
    learner.press("Học xong")

    learner.page.locator("#state.completed").wait_for()
    assert eventually(lambda: Log(service).values_of(learner.account)["cmi.core.score.raw"] == "100")


@pytest.mark.parametrize(
    "flaw",
    [
        "<button style='width: 30px'>x</button>",
        "<p style='width: 500px'>rộng</p>",
        "<p style='color: #999; background: #fff'>nhạt</p>",
    ],
    ids=["small", "wide", "pale"],
)
def test_what_a_learner_could_not_hit_see_or_read_would_be_found(screen: Screens, flaw: str) -> None:
    page = screen.open("phone", **NARROW)
    head = "<!doctype html><html lang=vi><title>Bài</title><meta name=viewport content='width=device-width'>"
    page.set_content(f"{head}<main>{flaw}</main>")
    learner = Learner(page, Lesson(page, page, page.main_frame), SLIDES, uuid4(), by_touch)

    with pytest.raises(AssertionError):
        learner.look("flaw", thoroughly=True)
    learner.frame.evaluate("document.querySelector('main').textContent = 'x'")
    learner.look("no flaw", thoroughly=True)


@FRAMED
def test_all_words_of_a_film_are_read_aloud_and_stand_once_in_its_picture(service: Service, screen: Screens) -> None:
    learner = begin(service, screen, FILM)
    learner.press(BEGIN)
    learner.frame.wait_for_function("document.querySelector('video').readyState > 0")
    for moment, scene in ((1, 0), (10, 1)):
        learner.frame.get_by_role("slider").fill(str(moment))
        said = " ".join(FILM.steps[scene]["text"])
        learner.frame.locator("[role=status].caption", has_text=said).wait_for(state="attached")

    assert learner.frame.evaluate("[...document.querySelector('video').textTracks].map((one) => one.mode)") == [
        "hidden"
    ]
    learner.press("Chữ to")
    assert learner.frame.locator(".caption").evaluate("one => one.offsetHeight") > 44
