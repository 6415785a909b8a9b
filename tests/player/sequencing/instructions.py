"""What ADL's suite tells the person who tests: its words, read for what they ask that person to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from player.sequencing.navigation import Request

_BOLD = re.compile("</?b>")
_TRIGGERED = re.compile(
    r"trigger an? (Continue|Previous|Suspend All|Exit All|Exit|Abandon All|Abandon) Navigation Event"
)
_TARGETED = re.compile(r"target (.+) for a Choice Navigation Event")
_OPENED = re.compile(r"(?:choose|(?:and|then|please) launch) (?!LMS Test Content Package)(.+?)(?: to continue|\.$)")
_LEAVING = "exit the package/course"
_OVER = ("attempt should end", "should have ended", "relaunch", _LEAVING)
_STAYING = "Sequencing Session will remain active"


@dataclass(frozen=True)
class Instruction:
    """What the learner does when a SCO has done all: a request, if the SCO's own is not waited for; and what is opened then."""

    text: str = ""
    request: str = ""
    """As `adl.nav.request` has it."""
    target: str = ""
    """What is chosen, by its title."""
    opened: str = ""
    """What is opened from the table of contents, by its title."""
    over: bool = False
    """Whether the session must have ended."""


def read(words: str, texts: dict[str, str]) -> Instruction:
    """Read an instruction such as `relaunchnchoose~CM-10~Activity 4`."""
    name, *arguments = words.split("~")
    text = texts.get(name, "")
    for one in arguments:
        text = text.replace("%s", one, 1)
    plain = _BOLD.sub("", text)
    triggered, targeted, opened = (pattern.search(plain) for pattern in (_TRIGGERED, _TARGETED, _OPENED))
    request = "choice" if targeted else _named(triggered[1]) if triggered else "exitAll" if _LEAVING in plain else ""
    over = any(one in plain for one in _OVER) and _STAYING not in plain
    return Instruction(plain, request, targeted[1] if targeted else "", opened[1] if opened else "", over)


def _named(title: str) -> str:
    """Write the name of a navigation event as `adl.nav.request` does: Suspend All is suspendAll."""
    first, *others = title.split()
    return first.lower() + "".join(others)


def control(title: str) -> str:
    """Name the control that a question is about."""
    return Request(_named(title)).name
