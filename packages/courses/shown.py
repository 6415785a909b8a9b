"""Courses in the words of their readers: titles in their language, days and problems as people say them."""

from datetime import date
from typing import Any

from flask_babel import LazyString, get_locale, ngettext
from flask_babel import lazy_gettext as _

from lrs import days
from packages.courses import checking
from packages.courses.checking import Problem
from packages.courses.course import Course, Words, said
from storage.enrolments import BEGUN, CHOSEN, CODE, COMPLETED, NEW, OPEN, UNIT

WAYS: dict[str, LazyString] = {
    CHOSEN: _("was put in by somebody"),
    UNIT: _("with a unit"),
    CODE: _("with a code"),
    OPEN: _("by themselves"),
}

STATES: dict[str, LazyString] = {NEW: _("not begun"), BEGUN: _("learning"), COMPLETED: _("completed")}

_PROBLEMS: dict[str, LazyString] = {
    checking.NO_TITLE: _("A name is missing."),
    checking.NO_PART: _("There is no lesson in it yet."),
    checking.NO_REQUIRED: _("All parts are optional: nobody could complete it. Make one of them required."),
    checking.TOO_LARGE: _("There are too many lessons in it. Make two courses of it."),
    checking.AFTER_ITSELF: _("The course comes after itself. Choose another one that has to be completed before."),
    checking.NOT_THERE: _("Its lesson is no longer there. Take the part out."),
    checking.ENDS_FIRST: _("It ends before it begins. Look at the two days."),
    checking.LATE: _("It opens after the deadline of the course."),
}


def in_words(words: Words) -> str:
    """Say it in the language of the reader."""
    return said(words, str(get_locale()))


def problem(one: Problem) -> str:
    """Say what is wrong, and where."""
    words = str(_PROBLEMS[one.what])
    return str(_("Part %(number)s: %(problem)s", number=one.part, problem=words)) if one.part else words


def deadline(day: date | None) -> str:
    """Say until when somebody may learn, and how long that is; nothing if there is no end."""
    if day is None:
        return ""
    left, shown = (day - days.today()).days, f"{day:%d/%m/%Y}"
    if left < 0:
        return str(_("The time was over on %(day)s. You may go on learning.", day=shown))
    if left == 0:
        return str(_("Today is the last day."))
    return str(
        ngettext(
            "Until the end of %(day)s: %(num)s more day", "Until the end of %(day)s: %(num)s more days", left, day=shown
        )
    )


def length(course: Course) -> str:
    """Say how long a course is."""
    lessons = str(ngettext("%(num)s lesson in it", "%(num)s lessons in it", len(course.parts)))
    if not course.minutes:
        return lessons
    return str(_("%(lessons)s, about %(minutes)s minutes", lessons=lessons, minutes=course.minutes))


def code_in_two(code: str) -> str:
    """Write a code as it is read out."""
    return f"{code[:4]} {code[4:]}"


def helpers() -> dict[str, Any]:
    """Give templates the words of this module."""
    return {
        "title_of": in_words,
        "deadline_words": deadline,
        "length_of": length,
        "code_words": code_in_two,
        "ways": WAYS,
    }
