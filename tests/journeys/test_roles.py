"""What each role comes for, clicked as they would: on a phone and a desktop, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.reader import reader
from tests.journeys.town import Town
from tests.journeys.walking import lesson_on
from tests.lrs.people.pictures import png
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from tests.journeys.reader import Language, Reader
    from tests.journeys.walking import Lesson, Service
    from tests.parts.screens import Screens, Size

pytestmark = [
    pytest.mark.browser,
    pytest.mark.by_turns,
    pytest.mark.parametrize(
        ("size", "language"),
        [
            ("phone", "vi"),
            ("desktop", "en"),
            pytest.param("phone", "en", marks=pytest.mark.long),
            pytest.param("desktop", "vi", marks=pytest.mark.long),
        ],
    ),
]

WORD = "con mèo leo cây cau"
HOA = "Nguyễn Thị Hoà"
TITLE = "Nhận diện tin giả"
UNDERSTOOD = "Tôi đã hiểu"
"""The button of the lesson, which speaks Vietnamese to everybody."""


@pytest.fixture
def town(service: Service) -> Town:
    """Give each journey a space of its own."""
    return Town(service.installation)


@pytest.fixture
def somebody(screen: Screens, size: Size, language: Language) -> Reader:
    """Sit the person down whose journey it is."""
    return reader(screen, size, language)


def come_in(person: Reader, link: str) -> None:
    """Open a link and press its button."""
    person.open(link)
    person.press("Come in")


def choose_password(person: Reader) -> None:
    """Choose a password, as whoever has come in by a slip is asked to."""
    assert person.reads("You are in")
    person.write("New password", WORD)
    person.press("Save the password")
    assert person.reads("Your new password holds from now on. Your other devices are signed out.")


def open_lesson(person: Reader) -> Lesson:
    """Open the lesson whose page is shown: it stands there, or opens in a tab of its own."""
    page = person.page
    page.locator("iframe[name=lesson], #open:enabled").wait_for()
    if not page.locator("#open").count():
        return lesson_on(page)
    with page.context.expect_page() as opened:
        person.press("Open the lesson")
    return lesson_on(opened.value)


def slip_of(person: Reader) -> str:
    """Scan the slip that is shown."""
    assert person.page.get_by_role("img", name=person.words("The link as a code to scan")).is_visible()
    return person.page.locator(".address").inner_text()


def test_the_platforms_administrator_makes_a_space_and_hands_it_over(
    screen: Screens, service: Service, somebody: Reader, language: Language, size: Size
) -> None:
    slug, name = f"phuong-{size}-{language}", f"Phường Hải Yến {size} {language}"
    somebody.open(service.haidang("platform", "link")["url"])
    somebody.press("Open the platform")
    somebody.press("Make a space")
    somebody.write("Name", name)
    somebody.write("Short name", slug)
    somebody.press("Make this space")
    assert somebody.reads("Hand it on now: it is never shown again.")
    slip = slip_of(somebody)
    somebody.press("I have handed it on")
    somebody.write("At most", "20 GB")
    somebody.press("Save")
    assert somebody.reads("Saved. It holds for everybody from now on.")

    owner = reader(screen, "phone", language)
    come_in(owner, slip)
    owner.turn_to("Settings")
    assert owner.page.get_by_label(owner.words("Name of the space"), exact=True).input_value() == name
    somebody.turn_to("Log")
    assert somebody.reads("made a space")
    assert [somebody.eye.seen, owner.eye.seen] == [[], []]


def test_an_owner_names_the_space_and_lets_an_administrator_in(
    screen: Screens, town: Town, somebody: Reader, language: Language
) -> None:
    come_in(somebody, town.newcomer("owner", "Vũ Thị Mơ"))
    somebody.turn_to("Settings")
    somebody.write("Name of the space", "Phường Hải Âu")
    somebody.press("Save")
    assert somebody.reads("Saved. It holds for everybody from now on.")
    somebody.hand_over("A picture", "huy-hieu.png", "image/png", png(48, 48))
    somebody.press("Use this picture")
    assert somebody.reads("Done. Everybody sees it so from now on.")
    somebody.turn_to("People")
    somebody.press("Add a person")
    somebody.write("Full name", "Đỗ Văn Sáu")
    somebody.tick("administrator")
    somebody.press("Add this person")
    somebody.press("Make a link")

    administrator = reader(screen, "phone", language)
    come_in(administrator, slip_of(somebody))
    choose_password(administrator)
    banner = administrator.page.get_by_role("banner")
    assert banner.get_by_role("link", name="Phường Hải Âu").is_visible()
    assert banner.locator("img").evaluate("picture => picture.naturalWidth") == 48
    administrator.turn_to("People")
    assert administrator.sees("Vũ Thị Mơ")
    assert [somebody.eye.seen, administrator.eye.seen] == [[], []]


def test_an_administrator_adds_somebody_finds_them_and_closes_their_account(
    screen: Screens, town: Town, somebody: Reader, language: Language
) -> None:
    come_in(somebody, town.newcomer("administrator", "Đỗ Văn Sáu"))
    somebody.turn_to("Units")
    somebody.write("Name", "Tổ dân phố 3")
    somebody.press("Add this unit")
    assert somebody.reads("The unit has been added.")
    somebody.turn_to("People")
    somebody.press("Add a person")
    somebody.write("Full name", HOA)
    somebody.write("Phone", "0912 345 678")
    somebody.press("Add this person")
    somebody.choose("New unit", "Tổ dân phố 3")
    somebody.press("Change the unit")
    assert somebody.reads("The unit has been changed.")

    somebody.turn_to("People")
    somebody.write("Name", "hoa nguyen")
    somebody.unfold("Find more narrowly")
    somebody.choose("Unit", "Tổ dân phố 3")
    somebody.press("Find")
    assert somebody.sees(somebody.counted("%(num)s person", "%(num)s people", 1))
    somebody.press_name(HOA)
    somebody.press("Make a link")
    slip = slip_of(somebody)
    somebody.press("Back")
    somebody.press("Close it")
    somebody.answer("Leave it open")
    somebody.press("Close it")
    assert somebody.reads("Close the account of %(name)s?", name=HOA)
    somebody.answer("Close the account")
    assert somebody.reads("The account is closed, and signed out everywhere.")

    finder = reader(screen, "phone", language)
    finder.open(slip)
    assert finder.reads("This link no longer works")
    assert somebody.eye.seen == []


def test_an_author_uploads_a_lesson_and_opens_it_to_everybody(
    screen: Screens, town: Town, somebody: Reader, language: Language
) -> None:
    come_in(somebody, town.newcomer("author", "Phan Thị Én"))
    somebody.turn_to("Lessons")
    somebody.press("Add the first lesson")
    somebody.hand_over("The zip file from your authoring tool", "bài học.zip", "application/zip", scorm12(TITLE))
    somebody.press("Upload")
    assert somebody.reads("The lesson is published")
    assert somebody.reads("Nothing stands in the way of your learners.")
    assert somebody.reads("What weighs how much")
    somebody.press("Open it to everybody")
    assert somebody.reads("Saved.")

    passer_by = reader(screen, "phone", language)
    passer_by.open(f"{town.home}open")
    assert passer_by.sees(TITLE)
    passer_by.press("Learn now, without an account")
    assert open_lesson(passer_by).frame.get_by_role("button", name=UNDERSTOOD).is_visible()
    assert [somebody.eye.seen, passer_by.eye.seen] == [[], []]


def test_a_mentor_lets_a_learner_in_again(screen: Screens, town: Town, somebody: Reader, language: Language) -> None:
    town.add("learner", HOA, phone="0912 345 678")
    come_in(somebody, town.newcomer("mentor", "Bùi Văn Kha"))
    somebody.turn_to("Lessons")
    somebody.write("Whom would you like to help?", "hoa ngu")
    somebody.press("Find")
    somebody.press_name(HOA)
    assert somebody.buttons() == {somebody.words("Make a link")}
    somebody.press("Make a link")

    learner = reader(screen, "phone", language)
    come_in(learner, slip_of(somebody))
    choose_password(learner)
    learner.sign_out()
    learner.press("Sign in again")
    learner.write("E-mail, phone, staff code or learner number", "0912345678")
    learner.write("Password", WORD)
    learner.press("Sign in")
    learner.turn_to("My account")
    assert learner.sees(HOA)
    assert [somebody.eye.seen, learner.eye.seen] == [[], []]


def test_a_learner_takes_the_one_next_step_and_looks_after_their_devices(
    screen: Screens, town: Town, somebody: Reader, language: Language
) -> None:
    town.publish(scorm12(TITLE))
    account = town.add("learner", HOA)
    kiosk = reader(screen, "desktop", language)
    come_in(kiosk, town.link(account))
    come_in(somebody, town.link(account))
    somebody.turn_to("Lessons")
    assert somebody.reads("Your next lesson")
    assert somebody.main.locator(".button").all_inner_texts() == [somebody.words("Begin")]
    somebody.press("Begin")
    lesson = open_lesson(somebody)
    lesson.frame.get_by_role("button", name=UNDERSTOOD).click()
    lesson.wait_until("saved")
    somebody.page.bring_to_front()
    assert somebody.reads("Completed")
    somebody.page.get_by_role("link", name=somebody.words("Back to the lessons")).click()
    assert somebody.reads("You have completed every lesson. Well done!")
    assert somebody.reads("%(done)s of %(all)s lessons completed", done=1, all=1)

    somebody.turn_to("My account")
    somebody.press("Sign out there")
    assert somebody.reads("Done. You are still signed in on this device.")
    assert somebody.eye.seen == kiosk.eye.seen == []
    kiosk.turn_to("Lessons")
    assert kiosk.page.get_by_role("link", name=kiosk.words("Sign in"), exact=True).is_visible()


def test_an_auditor_reads_who_looked_at_whom_and_can_change_nothing(town: Town, somebody: Reader) -> None:
    account = town.add("learner", HOA)
    keeper = town.inside(town.add("administrator", "Đỗ Văn Sáu"))
    assert keeper.get(f"/s/{town.slug}/people/{account}").status_code == 200
    come_in(somebody, town.newcomer("auditor", "Hà Thị Lụa"))

    somebody.turn_to("Log")
    somebody.choose("Kind", somebody.words("looked at who people are"))
    somebody.press("Show")
    looked = somebody.page.get_by_role("row").filter(has_text="Đỗ Văn Sáu").filter(has_text=HOA)
    assert looked.count() == 1
    buttons = somebody.buttons()
    for page in ("Lessons", "People", "Units"):
        somebody.turn_to(page)
        buttons |= somebody.buttons()
    somebody.turn_to("People")
    somebody.press_name(HOA)
    assert somebody.reads("What is known")
    assert somebody.buttons() == set()
    assert buttons == {somebody.words("Show"), somebody.words("Find")}
    assert somebody.eye.seen == []
