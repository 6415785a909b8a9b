"""How much is lost when a page goes, the line goes, or the browser is killed: counted, with figures, beside a control that loses."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from tests.journeys.learning import LAST_WORDS, PLACE, TEXT, TIME, WAYS, begin, cripple, sign_in
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import SupportsLenAndGetItem
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.journeys.learning import Learner, Wired
    from tests.parts.figures import Telling
    from tests.parts.screens import Screens

T = TypeVar("T")

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

TOTAL = "cmi.core.total_time"

GOING = scorm12(more={"index.html": LAST_WORDS.replace("WHEN", "pagehide").encode()})
SOON = 3.0

SHORT_AND_FULL = (2, pytest.param(100, marks=pytest.mark.long))


def goes(screen: Screens, wired: Wired, way: str, trials: int, *, crippled: bool = False) -> tuple[int, int]:
    """Let a page go so often; count how often what it said just before, and what it said while it went, arrived by itself."""
    home = screen.open("phone")
    learner = begin(home, wired.service, GOING)
    home.goto(learner.home)
    if crippled:
        cripple(home.context)
    before = last = 0
    for trial in range(trials):
        learner.open_in_a_window(home)
        place, words = f"trang {trial}", f"cuối cùng {trial}"
        learner.lesson.frame.evaluate("(words) => { window.last = words; }", words)
        learner.lesson.call("LMSSetValue", PLACE, place)
        WAYS[way](learner.lesson)
        said = {PLACE: place, TEXT: words}
        end = time.monotonic() + SOON
        while time.monotonic() < end and not said.items() <= learner.values().items():
            time.sleep(0.02)
        found = learner.values()
        before += found.get(PLACE) == place
        last += found.get(TEXT) == words
        gone(learner.lesson.page, home)
    return before, last


def gone(tab: Page, home: Page) -> None:
    """See that a tab is gone: one that is just closing is waited for, for to close it once more at that very moment never ends."""
    for _ in range(25):
        home.wait_for_timeout(20)
        if tab.is_closed():
            return
    tab.close()


@pytest.mark.parametrize("trials", SHORT_AND_FULL)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.timeout(900)
def test_what_is_said_when_a_page_goes_arrives(
    screen: Screens, wired: Wired, tell: Telling, way: str, trials: int
) -> None:
    before, last = goes(screen, wired, way, trials)

    tell(
        f"{wired.arrangement}: {way}: {before} of {trials} values of the moment before, {last} of {trials} last words arrived"
    )
    assert min(before, last) >= 0.99 * trials


@pytest.mark.parametrize("way", ["the tab is closed"])
def test_without_journal_and_beacons_it_would_not(screen: Screens, wired: Wired, tell: Telling, way: str) -> None:
    before, last = goes(screen, wired, way, 2, crippled=True)

    tell(
        f"{wired.arrangement}: {way}: control: {before} of 2 values of the moment before, {last} of 2 last words arrived"
    )
    assert max(before, last) < 2


def offline(
    screen: Screens, wired: Wired, steps: int, wait: Callable[[Page], None], *, crippled: bool = False
) -> tuple[str, str]:
    """Learn without a line, close the tab, and open the lesson when the line is back; give what was said last and what is there."""
    home = screen.open("phone")
    home.clock.install()
    learner = begin(home, wired.service, scorm12())
    home.goto(learner.home)
    if crippled:
        cripple(home.context)
    learner.open_in_a_window(home)
    wired.cut(home.context)
    for step in range(steps):
        learner.lesson.call("LMSSetValue", PLACE, f"trang {step}")
        learner.lesson.call("LMSSetValue", f"cmi.interactions.{step}.id", f"cau-{step}")
        wait(learner.lesson.page)
    learner.lesson.wait_until("unsaved" if crippled else "device")
    learner.lesson.page.close(run_before_unload=True)
    home.wait_for_timeout(300)
    wired.mend(home.context)
    learner.open_in_a_window(home)
    found = learner.said()
    told = [found.get(PLACE), *(found.get(f"cmi.interactions.{step}.id") for step in range(steps))]
    return str([f"trang {steps - 1}", *(f"cau-{step}" for step in range(steps))]), str(told)


def pass_half_a_minute(page: Page) -> None:
    page.clock.fast_forward(30_000)
    page.wait_for_timeout(20)


def wait_half_a_minute(page: Page) -> None:
    page.wait_for_timeout(30_000)


@pytest.mark.parametrize("wait", [pass_half_a_minute, pytest.param(wait_half_a_minute, marks=pytest.mark.long)])
@pytest.mark.timeout(900)
def test_ten_minutes_without_a_line_lose_nothing(
    screen: Screens, wired: Wired, tell: Telling, wait: Callable[[Page], None]
) -> None:
    said, found = offline(screen, wired, 20, wait)

    tell(
        f"{wired.arrangement}: ten minutes offline ({wait.__name__}), then the tab closed: {'0' if said == found else 'words'} lost"
    )
    assert found == said


def test_without_a_journal_they_would(screen: Screens, wired: Wired, tell: Telling) -> None:
    said, found = offline(screen, wired, 2, pass_half_a_minute, crippled=True)

    tell(f"{wired.arrangement}: a minute offline, then the tab closed: control: {found}")
    assert found != said


class Unlucky(random.Random):
    """The worst of chances: the line goes before the first word and does not come back, and nobody says an end."""

    def randrange(self, *_: object) -> int:
        return 0

    def random(self) -> float:
        return 0.99

    def choice(self, seq: SupportsLenAndGetItem[T]) -> T:
        return seq[0]


class Disconnected:
    """Somebody who learns on a line that goes and comes; what they should find again is written down here."""

    def __init__(self, screen: Screens, wired: Wired, chance: random.Random, *, crippled: bool = False) -> None:
        self.chance = chance
        self.wired = wired
        self.home = screen.open("phone")
        self.learner = begin(self.home, wired.service, scorm12())
        self.home.goto(self.learner.home)
        if crippled:
            cripple(self.home.context)
        self.visits = 1
        self.said = {PLACE: "", TEXT: ""}
        self.answers: dict[str, str] = {}
        self.exact = 0

    def learn(self) -> None:
        """Open the lesson, look whether everything is as it was, go on, and lose the line at some moment of it."""
        self.learner.open_in_a_window(self.home)
        self.exact += self._is_as_it_was()
        self.said = {PLACE: f"trang {self.visits}", TEXT: f"{self.visits}: " + "Tiếng Việt có dấu. " * 4000}
        self.said[TEXT] = self.said[TEXT][:64_000]
        self.answers = {
            f"cmi.interactions.0.{field}": value
            for field, value in (("id", f"cau-{self.visits}"), ("type", "choice"), ("student_response", "a"))
        }
        words = [*self.said.items(), (TIME, "00:00:07"), *self.answers.items()]
        gone = self.chance.randrange(len(words))
        for at, (element, value) in enumerate(words):
            if at == gone:
                self.home.wait_for_timeout(self.chance.choice((0, 0, 300, 1200)))
                self.wired.cut(self.home.context)
            assert self.learner.lesson.call("LMSSetValue", element, value) == "true"
        self._go()
        self.wired.mend(self.home.context)
        self.visits += 1

    def _is_as_it_was(self) -> bool:
        """Compare what the lesson is given, and what the record knows, with all that was said."""
        found = {element: self.learner.lesson.call("LMSGetValue", element) for element in (PLACE, TEXT, TOTAL)}
        answers = self.learner.said()
        spent = _seconds(found.pop(TOTAL))
        return found == self.said and spent == 7 * (self.visits - 1) and self.answers.items() <= answers.items()

    def _go(self) -> None:
        """Come back on the line, or close the tab without one; with an end or without."""
        lesson = self.learner.lesson
        if self.chance.random() < 0.5:
            lesson.call("LMSSetValue", "cmi.core.exit", "suspend")
            lesson.call("LMSFinish", "")
        self.home.wait_for_timeout(self.chance.choice((0, 100)))
        if self.chance.random() < 0.3:
            self.wired.mend(self.home.context)
            self.home.wait_for_timeout(self.chance.choice((0, 50, 500)))
        lesson.page.close(run_before_unload=True)
        with_patience = time.monotonic() + 5
        while not lesson.page.is_closed() and time.monotonic() < with_patience:
            self.home.wait_for_timeout(20)


def _seconds(time_spent: str) -> float:
    hours, minutes, seconds = (float(part) for part in (time_spent or "0:0:0").split(":"))
    return hours * 3600 + minutes * 60 + seconds


@pytest.mark.parametrize("disconnects", [3, pytest.param(100, marks=pytest.mark.long)])
@pytest.mark.timeout(1800)
def test_a_line_that_goes_and_comes_loses_nothing(
    screen: Screens, wired: Wired, tell: Telling, disconnects: int
) -> None:
    learning = Disconnected(screen, wired, random.Random(5))
    for _ in range(disconnects + 1):
        learning.learn()

    tell(f"{wired.arrangement}: {learning.exact - 1} of {disconnects} disconnects resumed exactly")
    assert learning.exact == disconnects + 1


def test_without_a_journal_it_would(screen: Screens, wired: Wired, tell: Telling) -> None:
    learning = Disconnected(screen, wired, Unlucky(), crippled=True)
    for _ in range(3):
        learning.learn()

    tell(f"{wired.arrangement}: control: {learning.exact - 1} of 2 disconnects resumed exactly")
    assert learning.exact == 1


# Says a word every 20 milliseconds, and tells the test which: what stands on the console was said before the browser was killed.
# Where something was said before, it listens: what is found then is what the first one said.
TALKS = b"""<!doctype html><meta charset="utf-8"><title>B</title><p>B</p><script>
const api = parent.API;
api.LMSInitialize("");
const begun = performance.now();
if (!api.LMSGetValue("cmi.core.lesson_location")) setInterval(() => {
  const now = String(Math.round(performance.now() - begun));
  api.LMSSetValue("cmi.core.lesson_location", now);
  console.log(`said ${now}`);
}, 20);
</script>"""


class Profile:
    """A browser of somebody's own, which is started again on what it has kept."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._chromium = browser.browser_type
        self._folder = folder
        self.context: BrowserContext | None = None

    def start(self) -> Page:
        from tests.parts.chromium import arguments, find_chromium

        self.context = self._chromium.launch_persistent_context(
            self._folder, executable_path=find_chromium(), args=arguments(), locale="vi-VN"
        )
        return self.context.pages[0]

    def kill(self) -> None:
        """Kill it without a word, as a power cut would."""
        for process in self._processes():
            os.kill(process, signal.SIGKILL)
        end = time.monotonic() + 10
        while self._processes() and time.monotonic() < end:
            time.sleep(0.02)
        self.context = None

    def stop(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None

    def _processes(self) -> list[int]:
        """Its own processes, by the folder that nobody else has."""
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and f"--user-data-dir={self._folder}".encode() in _command(entry).split(b"\0")
        ]


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def profile(browser: Browser, tmp_path: Path) -> Iterator[Profile]:
    started = Profile(browser, tmp_path / "profile")
    yield started
    started.stop()


def killed(profile: Profile, wired: Wired, *, line: bool, crippled: bool = False) -> float:
    """Kill the browser while a lesson talks, start it again, and count the milliseconds of talk that are lost."""
    page = profile.start()
    account = sign_in(page, wired.service)
    profile.stop()  # an orderly end: the cookie is on disk, as it is half a minute later anyway
    page = profile.start()
    if crippled:
        cripple(page.context)
    page.goto(f"{wired.service.public_url}/s/haiphong/")
    said: list[int] = []
    page.context.on("console", lambda word: said.append(int(word.text[5:])) if word.text.startswith("said") else None)
    learner = begin(page, wired.service, scorm12(more={"index.html": TALKS}), account, state="sending")
    learner.lesson.page.wait_for_timeout(1500)
    if not line:
        wired.cut(page.context)
        learner.lesson.page.wait_for_timeout(1500)
    profile.kill()
    wired.line.mend()
    learner.page = profile.start()
    drained(learner, wired, crippled=crippled)
    found = learner.values().get(PLACE, "0")
    profile.stop()
    return said[-1] - int(found)


def drained(learner: Learner, wired: Wired, *, crippled: bool) -> None:
    """Send what the device has kept: the lessons' page does it, and apart from the app the lesson itself."""
    if learner.apart or crippled:
        learner.open_again()
    else:
        learner.page.goto(f"{wired.service.public_url}/s/haiphong/")
        learner.page.locator("#device[data-state=sent]").wait_for()


@pytest.mark.parametrize("kills", [1, pytest.param(20, marks=pytest.mark.long)])
@pytest.mark.parametrize("line", ["online", "offline"])
@pytest.mark.timeout(1800)
def test_a_killed_browser_loses_a_second_at_most(
    profile: Profile, wired: Wired, tell: Telling, kills: int, line: str
) -> None:
    lost = [killed(profile, wired, line=line == "online") for _ in range(kills)]

    tell(f"{wired.arrangement}, {line}: {kills} times killed: {max(lost)} ms of talk lost at most")
    assert max(lost) <= 1000


def test_without_a_journal_a_killed_browser_loses_more(profile: Profile, wired: Wired, tell: Telling) -> None:
    lost = killed(profile, wired, line=False, crippled=True)

    tell(f"{wired.arrangement}, offline: killed: control: {lost} ms of talk lost")
    assert lost > 1000
