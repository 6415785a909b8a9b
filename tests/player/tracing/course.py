"""A course of SCORM 2004 in which the second lesson is skipped by who passes the first, and what a learner does in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.parts.lessons import Playing, play, publish
from tests.parts.zips import zipped

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

_SKIPPED = """<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>
  <imsss:ruleCondition referencedObjective="test" condition="satisfied"/></imsss:ruleConditions>
  <imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules>"""
_WRITES = """<imsss:objectives><imsss:primaryObjective objectiveID="own">
  <imsss:mapInfo targetObjectiveID="passed-the-test" writeSatisfiedStatus="true"/></imsss:primaryObjective></imsss:objectives>"""
_READS = """<imsss:objectives><imsss:primaryObjective objectiveID="own"/><imsss:objective objectiveID="test">
  <imsss:mapInfo targetObjectiveID="passed-the-test" readSatisfiedStatus="true"/></imsss:objective></imsss:objectives>"""
_LESSONS = (
    ("bai-1", "Kiểm tra đầu vào", _WRITES),
    ("bai-2", "Ôn tập", _SKIPPED + _READS),
    ("bai-3", "Mật khẩu mạnh", ""),
)
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="khoa-hoc" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="org"><organization identifier="org"><title>An toàn trên mạng</title>{items}
    <imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></organization></organizations>
  <resources><resource identifier="res"
    type="webcontent" adlcp:scormType="sco" href="index.html"><file href="index.html"/></resource></resources>
</manifest>"""


def course() -> bytes:
    """Make the package."""
    items = "".join(
        f'<item identifier="{name}" identifierref="res"><title>{title}</title><imsss:sequencing>{said}</imsss:sequencing></item>'
        for name, title, said in _LESSONS
    )
    page = b"<!doctype html><title>.</title><script>parent.API_1484_11.Initialize('')</script><h1>.</h1>"
    return zipped({"imsmanifest.xml": _MANIFEST.format(items=items).encode(), "index.html": page})


class Learnt:
    """Somebody who passed the test, and was led past the second lesson."""

    def __init__(self, installation: Installation, person: Person) -> None:
        self.version = publish(installation, course())
        self.playing: Playing = play(person, self.version)
        self.playing.commit(1, {"cmi.location": "trang 1"})
        self.say(2, {"cmi.location": "trang 1", "cmi.success_status": "passed", "cmi.score.scaled": "0.8"}, "continue")
        self.playing.item, self.playing.visit = "bai-3", 2
        self.say(3, {"cmi.completion_status": "completed"}, "exitAll")

    def say(self, n: int, values: dict[str, Any], request: str) -> None:
        """Say the last words of a visit, and ask for something."""
        revision = n - 1
        navigate = {"after": revision, "request": request, "target": ""}
        told = self.playing.commit(n, values, finished=True, navigate=navigate)
        assert told.status_code == 200, told.text

    @property
    def address(self) -> str:
        """The page of this attempt."""
        return f"/s/haiphong/attempts/{self.playing.registration}/trace"
