"""The thin journey, without a browser: zip -> object store -> play -> commit -> statement -> rule -> "completed"."""

import io
import json
import re
from typing import TYPE_CHECKING, Any

from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_a_lesson_goes_from_a_zip_to_completed(installation: "Installation") -> None:
    author = installation.person("author")
    answer = author.post(
        "/s/haiphong/packages/new",
        form_at="/s/haiphong/packages/new",
        data={"package": (io.BytesIO(scorm12()), "bai.zip")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303, answer.text
    report = author.get(answer.headers["Location"].removeprefix(installation.public_url))
    found = re.search(r'class="button" href="(/s/haiphong/lessons/[0-9a-f-]+)"', report.text)
    assert found is not None
    lesson = found[1]

    learner = installation.person("learner")
    page = learner.get(lesson)
    csrf = re.search(r'data-csrf="([0-9a-f]+)"', page.text)
    assert csrf is not None
    launched = learner.post(f"{lesson}/launch", headers={"X-CSRF-Token": csrf[1]}).json
    assert launched is not None
    origin, _, path = launched["play"].partition("/play/")
    shell = learner.post(f"/play/{path}", base=origin, data={"attempt": launched["attempt"]})
    assert shell.status_code == 200, shell.text
    page_of_lesson = learner.get(f"/c/{path}/index.html", base=origin)
    assert "Mật khẩu mạnh" in page_of_lesson.text

    def send(path: str, **more: Any) -> Any:
        body = json.dumps({"token": launched["attempt"]} | more)
        return learner.post(path, base=origin, headers={"Content-Type": "text/plain"}, data=body).json

    about = {"attempt": json.loads(shell.text.split('id="launch">')[1].split("</script>")[0])["attempt"]}
    about |= {"item": "bai-1", "visit": 1, "session": send("/begin")["session"]}
    assert send("/commit", **about, n=1, values={"cmi.core.lesson_status": "completed"}) == {"receipt": 1}
    assert installation.follow() == 3

    state = learner.get(f"{lesson}/state").json
    assert state == {"state": "completed"}
    assert "✓ Hoàn thành" in learner.get("/s/haiphong/").text
