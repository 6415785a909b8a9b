"""Small courses of SCORM 2004 that say what comes next."""

from __future__ import annotations

from tests.parts.zips import zipped

_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="khoa-hoc" version="1.0"
  xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="org"><organization identifier="org" {way}><title>{title}</title>{items}{sequencing}</organization></organizations>
  <resources>{resources}</resources>
</manifest>
"""

_LESSON = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bài học</title>
<style>body { font: 1.1rem sans-serif; padding: 1rem } button { font: inherit; padding: .8rem 1.2rem; margin: .3rem }</style></head>
<body><h1>{title}</h1><p>Bạn đọc kỹ rồi chọn một trong các nút bên dưới.</p>
<button id="passed">Tôi đã hiểu</button><button id="failed">Tôi chưa hiểu</button><button id="next">Sang bài sau</button>
<script>
  let api = null;
  for (let win = window; !api; win = win.parent) { api = win.API_1484_11 ?? null; if (win === win.parent) break; }
  api.Initialize("");
  const say = (success) => {
    api.SetValue("cmi.success_status", success);
    api.SetValue("cmi.completion_status", "completed");
    api.Commit("");
  };
  if (api.GetValue("cmi.entry") === "ab-initio") api.SetValue("cmi.completion_status", "incomplete");
  document.getElementById("passed").onclick = () => say("passed");
  document.getElementById("failed").onclick = () => say("failed");
  document.getElementById("next").onclick = () => { api.SetValue("adl.nav.request", "continue"); api.Terminate(""); };
  addEventListener("pagehide", () => {
    for (const [element, value] of Object.entries(window.last ?? {})) api.SetValue(element, value);
    api.Terminate("");
  });
</script></body></html>
"""

FREELY = '<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>'


def course2004(
    title: str, items: str, *, sequencing: str = FREELY, way: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    """Make a package of these items; each `href="x.html"` in them is made a SCO."""
    names = [one.split('"', 1)[0] for one in items.split('identifierref="')[1:]]
    resources = "".join(
        f'<resource identifier="{name}" type="webcontent" adlcp:scormType="sco" href="{name}.html"><file href="{name}.html"/></resource>'
        for name in names
    )
    pages = {f"{name}.html": _LESSON.replace("{title}", name).encode() for name in names}
    manifest = _MANIFEST.format(title=title, items=items, sequencing=sequencing, way=way, resources=resources)
    return zipped({"imsmanifest.xml": manifest.encode()} | pages | (more or {}))


def lesson(name: str, title: str, *, after: str = "", rules: str = "", presentation: str = "") -> str:
    """Write an item; `after` names the lesson that has to be passed before."""
    waits = (
        '<imsss:preConditionRule><imsss:ruleConditions conditionCombination="any">'
        '<imsss:ruleCondition referencedObjective="trước" operator="not" condition="satisfied"/>'
        '<imsss:ruleCondition referencedObjective="trước" operator="not" condition="objectiveStatusKnown"/>'
        '</imsss:ruleConditions><imsss:ruleAction action="disabled"/></imsss:preConditionRule>'
    )
    reads = (
        '<imsss:objective objectiveID="trước">'
        f'<imsss:mapInfo targetObjectiveID="đạt {after}" readSatisfiedStatus="true"/></imsss:objective>'
    )
    said = f"{waits * bool(after)}{rules}"
    return (
        f'<item identifier="{name}" identifierref="{name}"><title>{title}</title>{presentation}<imsss:sequencing>'
        + (f"<imsss:sequencingRules>{said}</imsss:sequencingRules>" if said else "")
        + f'<imsss:objectives><imsss:primaryObjective objectiveID="đạt"><imsss:mapInfo targetObjectiveID="đạt {name}" '
        f'readSatisfiedStatus="true" writeSatisfiedStatus="true"/></imsss:primaryObjective>{reads * bool(after)}</imsss:objectives>'
        "</imsss:sequencing></item>"
    )


AGAIN = (
    '<imsss:postConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied" operator="not"/>'
    '</imsss:ruleConditions><imsss:ruleAction action="retry"/></imsss:postConditionRule>'
)
"""Begin anew until it is passed."""


NO_WAY_BACK = (
    "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>previous</adlnav:hideLMSUI>"
    "</adlnav:navigationInterface></adlnav:presentation>"
)


def three_lessons() -> bytes:
    """Make a course of three lessons: each waits for the one before, and the last one is a test that comes again until it is passed."""
    items = lesson("bai-1", "Bài 1. Mở đầu") + lesson("bai-2", "Bài 2. Thực hành", after="bai-1")
    items += lesson("bai-3", "Bài kiểm tra", after="bai-2", rules=AGAIN, presentation=NO_WAY_BACK)
    return course2004("Lái xe an toàn", items, way='adlseq:objectivesGlobalToSystem="false"')
