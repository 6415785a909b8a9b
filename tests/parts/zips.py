"""Small packages of our own, made when a test needs them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="bai-hoc" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="org">
    <organization identifier="org">
      <title>{title}</title>
      <item identifier="bai-1" identifierref="res-1"><title>{title}</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="res-1" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource>
  </resources>
</manifest>
"""

COURSE = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="khoa-hoc" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="org"><organization identifier="org"><title>{title}</title>{items}</organization></organizations>
  <resources>{resources}</resources>
</manifest>
"""

LESSON = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bài học</title>
<style>body {{ font: 1.1rem sans-serif; padding: 1rem }} button {{ font: inherit; padding: .8rem 1.2rem }}</style></head>
<body><h1>{title}</h1><p>Mật khẩu mạnh giúp bạn an toàn.</p>
<button id="done">Tôi đã hiểu</button><p id="said"></p>
<script>
  let api = null;
  for (let win = window; !api; win = win.parent) {{ api = win.API ?? null; if (win === win.parent) break; }}
  api.LMSInitialize("");
  document.getElementById("said").textContent = api.LMSGetValue("cmi.core.lesson_status");
  document.getElementById("done").onclick = () => {{
    api.LMSSetValue("cmi.core.score.raw", "100");
    api.LMSSetValue("cmi.core.lesson_status", "completed");
    api.LMSCommit("");
    document.getElementById("said").textContent = api.LMSGetValue("cmi.core.lesson_status");
  }};
  addEventListener("pagehide", () => api.LMSFinish(""));
</script></body></html>
"""


def scorm12(title: str = "Mật khẩu mạnh", more: dict[str, bytes] | None = None) -> bytes:
    """Make a SCORM 1.2 package with one lesson, and more files if asked."""
    files = {
        "imsmanifest.xml": MANIFEST.format(title=title).encode(),
        "index.html": LESSON.format(title=title).encode(),
    }
    return zipped(files | (more or {}))


def tincan() -> bytes:
    """Make an xAPI package, which is kept and for which there is no player yet."""
    descriptor = """<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
        <activity id="http://example.org/a" type="http://adlnet.gov/expapi/activities/course"><name>A</name>
        <launch lang="vi">index.html</launch></activity></activities></tincan>"""
    return zipped({"tincan.xml": descriptor.encode(), "index.html": b"<p>"})


def zipped(files: dict[str, bytes]) -> bytes:
    """Make a zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


@dataclass(frozen=True)
class Page:
    """An item of a small course: its page, and what the manifest says of it."""

    title: str
    html: str = ""
    role: str = "sco"
    said: str = ""
    """More elements of the item, such as `<adlcp:prerequisites>`."""
    ending: str = "html"


SAYS_NOTHING = "<!doctype html><meta charset=utf-8><title>{title}</title><h1>{title}</h1>"


def course12(title: str, pages: list[Page], more: dict[str, bytes] | None = None) -> bytes:
    """Make a SCORM 1.2 package of several items, I1, I2 ...; one without a page is a heading over the next ones."""
    items, resources, files, inside = "", "", dict(more or {}), False
    for n, page in enumerate(pages, 1):
        if not page.html:
            items += f"{'</item>' * inside}<item identifier='I{n}'><title>{page.title}</title>{page.said}"
            inside = True
            continue
        items += f"<item identifier='I{n}' identifierref='R{n}'><title>{page.title}</title>{page.said}</item>"
        what = f"identifier='R{n}' type='webcontent' adlcp:scormtype='{page.role}' href='{n}.{page.ending}'"
        resources += f"<resource {what}><file href='{n}.{page.ending}'/></resource>"
        files[f"{n}.{page.ending}"] = page.html.replace("{title}", page.title).encode()
    manifest = COURSE.format(title=title, items=items + "</item>" * inside, resources=resources)
    return zipped({"imsmanifest.xml": manifest.encode()} | files)
