"""Real packages of SCORM: each that has content plays, goes on where it was left, and completes, in Chromium."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import Eye, Lesson, Log, Service, enter, eventually, lesson_on, open_lesson, shell_on, shoot

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Page

    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("service", ["sibling"], indirect=True)]

GOLF_ON = """async (most) => {
    const [next, inner] = ["butNext", "contentFrame"].map((id) => document.getElementById(id));
    for (let n = 0; n < most && !next.disabled; n += 1) {
        await new Promise((done) => { inner.addEventListener("load", done, { once: true }); next.click(); });
    }
    return inner.contentWindow.location.pathname.split("/").slice(-2).join("/");
}"""
"""Click through the pages of a golf lesson; tell which one is open then."""

QUIZ = """() => {
    const at = document.getElementById("contentFrame")?.contentWindow ?? window;
    for (const { Id, Type, Answers, CorrectAnswer } of at.test.Questions) {
        const field = (name) => at.document.getElementById(`question_${Id}_${name}`);
        if (Type === "choice") field(Answers.indexOf(CorrectAnswer)).click();
        else if (Type === "true-false") field(CorrectAnswer ? "True" : "False").click();
        else field("Text").value = CorrectAnswer;
    }
    at.document.querySelector("input[value='Submit Answers']").click();
    return at.document.body.textContent.includes("Score: 100");
}"""
"""Answer all questions of a golf quiz, and say whether it finds all right."""


@dataclass
class Learner:
    """Somebody who learns with a real package."""

    page: Page
    address: str
    log: Log
    account: UUID

    @property
    def lesson(self) -> Lesson:
        """The lesson as it is open now."""
        return lesson_on(self.page)

    @property
    def frame(self) -> Frame:
        """The lesson's own frame."""
        return self.lesson.frame

    @property
    def title(self) -> str:
        """What is open now."""
        return shell_on(self.page).locator("#lesson").get_attribute("title") or ""

    def again(self) -> Frame:
        """Leave by the way out, and come back."""
        self.press("leave")
        self.page.wait_for_url("**/s/haiphong/")
        return open_lesson(self.page, self.address).frame

    def press(self, deed: str) -> None:
        """Press a button of the shell."""
        shell_on(self.page).locator(f"#bar [data-deed={deed}]").click()

    def next_one(self, title: str) -> None:
        """Go to the next part, and wait until it is open."""
        self.press("next")
        expect(shell_on(self.page).locator("#lesson")).to_have_attribute("title", title)
        self.lesson.wait_until("saved")

    def says(self, *values: str) -> bool:
        """Tell whether these values are on disk."""
        return eventually(lambda: set(values) <= set(self.log.values_of(self.account).values()))


def golf(learner: Learner, bookmark: str, done: tuple[str, ...]) -> None:
    """Learn a golf course: three pages, away and back, the rest, the quiz."""
    assert learner.frame.evaluate(GOLF_ON, 3) == "Playing/OtherScoring.html"
    frame = learner.again()
    expect(frame.frame_locator("#contentFrame").locator("h1")).not_to_be_empty()
    assert frame.evaluate(GOLF_ON, 0) == bookmark
    frame.evaluate(GOLF_ON, 99)
    assert frame.evaluate(QUIZ)
    learner.press("leave")
    assert learner.says(*done)


def golf_12(learner: Learner) -> None:
    golf(learner, "Playing/OtherScoring.html", ("passed", "100"))


def golf_2004(learner: Learner) -> None:
    golf(learner, "Playing/OtherScoring.html", ("completed", "passed", "1"))


def golf_in_parts(learner: Learner) -> None:
    learner.frame.evaluate(GOLF_ON, 2)
    assert learner.again().evaluate(GOLF_ON, 0) == "Playing/Scoring.html"
    learner.frame.evaluate(GOLF_ON, 99)
    for title in ("Etiquette", "Handicapping", "Having Fun"):
        learner.next_one(title)
        learner.frame.evaluate(GOLF_ON, 99)
    learner.next_one("Quiz")
    assert learner.frame.evaluate(QUIZ)
    assert learner.says("completed", "passed", "1")
    seen_all(learner)


def parts(learner: Learner) -> None:
    """Open one part after the other; on the way, leave and come back to the one that was open, or the next if that was done."""
    shell = shell_on(learner.page)
    learner.press("next")
    learner.lesson.wait_until("saved")
    before = learner.title
    assert learner.again().locator("h1").inner_text()
    assert learner.title != before
    while shell.locator("#bar [data-deed=next]").is_enabled():
        title = learner.title
        learner.press("next")
        expect(shell.locator("#lesson")).not_to_have_attribute("title", title)
        learner.lesson.wait_until("saved")
    learner.press("leave")
    learner.page.wait_for_url("**/s/haiphong/")
    open_lesson(learner.page, learner.address)
    seen_all(learner)


def parts_that_wait(learner: Learner) -> None:
    """Open each part when what it waits for is done."""
    for title in ("Module 2: Basic Concepts", "Module 3: Advanced Topics"):
        learner.next_one(title)
    learner.again()
    expect(shell_on(learner.page).locator("#lesson")).to_have_attribute("title", "Module 4: Assessment")
    seen_all(learner)


def one_page(learner: Learner) -> None:
    """Look at a page that says nothing."""
    assert learner.again().locator("h1").inner_text()
    assert learner.says("completed")


def half_a_course(learner: Learner) -> None:
    """Open a Xerte course whose zip lacks the scripts of its pages: it plays as far as it goes anywhere."""
    expect(learner.frame.locator("#x_pageNo")).to_have_text("1 / 36", timeout=20_000)
    expect(learner.again().locator("#x_headerBlock")).to_be_attached(timeout=20_000)
    assert "initialized" in learner.log.verbs_of(learner.account)


def seen_all(learner: Learner) -> None:
    """Find all parts done in the menu."""
    learner.press("menu")
    rows = shell_on(learner.page).locator("#menu li:has(button)")
    states = rows.evaluate_all("rows => rows.map((row) => row.dataset.state)")
    assert set(states) <= {"seen", "completed", "passed"}, states
    learner.page.keyboard.press("Escape")


WAYS: dict[str, Callable[[Learner], None]] = {
    "golf/ContentPackagingOneFilePerSCO_SCORM12": parts,
    "golf/ContentPackagingSingleSCO_SCORM20042ndEdition": one_page,
    "golf/RunTimeAdvancedCalls_SCORM20043rdEdition": golf_2004,
    "golf/RuntimeBasicCalls_SCORM12": golf_12,
    "golf/RuntimeBasicCalls_SCORM20043rdEdition": golf_2004,
    "golf/RuntimeMinimumCalls_SCORM12": parts,
    "golf/RuntimeMinimumCalls_SCORM20043rdEdition": parts,
    "golf/SequencingForcedSequential_SCORM20043rdEdition": golf_in_parts,
    "moodle/RuntimeMinimumCalls_SCORM12-mini": parts,
    "moodle/singlesco_scorm12": one_page,
    "other/ItemWithNonExistentResourceId_SCORM12": one_page,
    "other/PrerequisitesTest_SCORM12": parts_that_wait,
    "other/xerte_2004_3rd": half_a_course,
}
"""How each package is learned."""


@pytest.fixture(scope="module")
def published(service: Service, cases: Path) -> dict[str, str]:
    """Publish all packages that have content; tell the version of each."""
    files = {name: str(cases / f"{name}.zip") for name in WAYS}
    told = service.haidang("package", "add", *files.values(), "--space", "haiphong")["files"]
    return {name: one["version"] for name, one in zip(files, told, strict=True)}


@pytest.fixture
def learner(service: Service, screen: Screens) -> Learner:
    """Come as somebody new, who agrees to go on where they were."""
    page = screen.open("phone")
    page.on("dialog", lambda dialog: dialog.accept())
    account = UUID(enter(page, service, "learner"))
    return Learner(page, "", Log(service), account)


@pytest.mark.parametrize("name", WAYS)
def test_a_package_plays_goes_on_and_completes(learner: Learner, published: dict[str, str], name: str) -> None:
    eye = Eye(learner.page.context)
    learner.address = f"{learner.page.url.split('/s/')[0]}/s/haiphong/lessons/{published[name]}"
    open_lesson(learner.page, learner.address)
    shoot(learner.page, "case", Path(name).name)

    WAYS[name](learner)

    assert (eye.seen == []) == (WAYS[name] is not half_a_course)


def test_every_package_with_content_is_among_them(service: Service, cases: Path, published: dict[str, str]) -> None:
    others = [path for path in cases.rglob("*.zip") if "scorm" in path.name.lower() and path.parent.name != "packages"]
    left = sorted(str(path) for path in others if str(path.relative_to(cases).with_suffix("")) not in WAYS)
    told = service.haidang("package", "add", *left, "--space", "haiphong", code=1)["files"]

    assert len(published) == len(WAYS)
    assert [one["file"] for one in told if one["status"] == "published"] == []
