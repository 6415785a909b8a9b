"""Whatever a content host answers, it carries the shield; and no script becomes a service worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.parts.lessons import play, publish

if TYPE_CHECKING:
    from tests.parts.installations import Installation

SHIELD = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
}


def test_every_answer_carries_the_shield(embedded: Installation) -> None:
    playing = play(embedded.person("learner"), publish(embedded))

    etag = playing.file("index.html").headers["ETag"]
    answers = [
        playing.shell(),
        playing.file("index.html"),
        playing.file("index.html", Range="bytes=0-9"),
        playing.file("index.html", Range="bytes=99999999-"),
        playing.file("index.html", **{"If-None-Match": etag}),
        playing.file("nothing.html"),
        playing.person.get("/_hd/shell.js", base=playing.origin),
        playing.person.get("/c/forged/index.html", base=playing.origin),
        playing.person.get("/nowhere", base=playing.origin),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 206, 416, 304, 404, 200, 404, 404]
    for answer in answers:
        assert SHIELD.items() <= dict(answer.headers).items()
        assert answer.headers["Content-Security-Policy"].startswith("frame-ancestors 'self' http://app.lms.localhost")
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("name", ["index.html", "nothing.js"])
def test_no_file_becomes_a_service_worker(embedded: Installation, name: str) -> None:
    playing = play(embedded.person("learner"), publish(embedded))

    assert playing.file(name, **{"Service-Worker": "script"}).status_code == 403
