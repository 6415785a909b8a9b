"""SCORM 1.2 manifests (Content Aggregation Model 1.2, 2.3): what an item says for its run-time environment."""

import re
from dataclasses import replace

from packages import prerequisites, scorm, tree
from packages.files import Files
from packages.findings import Notes
from packages.model import SCORM12, Completion, Item, Limits, Package
from packages.scorm import Edition, Manifest
from packages.tree import Element

TIME_LIMIT_ACTIONS = ("exit,message", "exit,no message", "continue,message", "continue,no message")

_TIMESPAN = re.compile(r"[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,2})?")


def read(root: Element, files: Files, notes: Notes) -> Package:
    """Read a manifest of SCORM 1.2."""

    def item(made: Item, element: Element) -> Item:
        return _item(made, element, notes)

    return Manifest(root, files, notes, Edition(SCORM12, "1.2", item, scorm.unchanged)).read()


def _item(made: Item, element: Element, notes: Notes) -> Item:
    time = tree.words(tree.child(element, "maxtimeallowed"))
    if time and not _TIMESPAN.fullmatch(time):
        notes.say("unreadable-value", element, about=f"maxtimeallowed={time}"[:100])
        time = ""
    script = tree.words(tree.child(element, "prerequisites"))
    ready = replace(
        made,
        completion=Completion(mastery_score=scorm.mastery_score(element, notes)),
        limits=Limits(time, time_limit_action(element, notes)),
        prerequisites=prerequisites.read(script, notes, element) if script else "",
    )
    return scorm.with_launch_data(ready, tree.verbatim(tree.child(element, "datafromlms")))


def time_limit_action(element: Element, notes: Notes) -> str:
    """Read what happens when the time is over; blanks after the comma are nobody's concern."""
    said = tree.said_in(element, "timelimitaction", notes)
    plain = ",".join(part.strip() for part in said.words.split(","))
    return replace(said, words=plain).one_of(TIME_LIMIT_ACTIONS, "")
