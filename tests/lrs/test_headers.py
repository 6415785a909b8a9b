"""The headers of every kind of answer, on the app and on content hosts."""

import io
import json
import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from lrs.config import APART, SIBLING
from tests.parts.installations import Installation, Person, environment, make_installation
from tests.parts.zips import scorm12

FORM = "/s/haiphong/packages/new"
DOMAINS = {SIBLING: ("app.lms.localhost", "lms.localhost"), APART: ("app.hd.localhost", "hdc.localhost")}


@pytest.fixture(scope="module", params=DOMAINS)
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    for environ in environment(request, "embedded", tmp_path_factory.mktemp("headers")):
        made = make_installation(environ | {"HAIDANG_ARRANGEMENT": request.param})
        made.haidang("space", "add", "haiphong")
        yield made
        made.services.database.dispose()


@pytest.fixture(scope="module")
def author(installed: Installation) -> Person:
    return installed.person("author")


@pytest.fixture(scope="module")
def lesson(author: Person) -> str:
    zipped = {"package": (io.BytesIO(scorm12()), "bai.zip")}
    sent = author.post(FORM, form_at=FORM, data=zipped, content_type="multipart/form-data")
    return sent.headers["Location"].split("/")[-2]


@pytest.fixture(scope="module")
def answers(installed: Installation, author: Person, lesson: str) -> dict[str, TestResponse]:
    """Gather an answer of each kind from the app."""
    stylesheet = author.get("/static/haidang.css")
    tagged = {"If-None-Match": stylesheet.headers["ETag"]}
    return {
        "page": author.get("/s/haiphong/"),
        "page for anybody": installed.visitor().get("/"),
        "player": author.get(f"/s/haiphong/lessons/{lesson}"),
        "JSON": author.get(f"/s/haiphong/lessons/{lesson}/state"),
        "redirect": author.get("/s/haiphong"),
        "stylesheet": stylesheet,
        "picture": author.get("/static/lighthouse.svg"),
        "script": author.get("/static/player/play.js"),
        "unchanged": author.get("/static/haidang.css", headers=tagged),
        "400": author.post(FORM, form_at=FORM, data={"package": "no file"}, content_type="multipart/form-data"),
        "401": installed.visitor().get("/s/haiphong/"),
        "403": author.post(FORM),
        "404": author.get("/nothing"),
        "405": author.get("/s/haiphong/sign-out"),
        "410": author.get("/s/haiphong/link/nobody-made-this"),
        "413": author.post("/s/haiphong/sign-out", environ_overrides={"CONTENT_LENGTH": str(2**40)}),
        "health": author.get("/healthz"),
        "machine": author.get("/", base="http://127.0.0.1:8080"),
        "figures": author.get("/metrics", base="http://127.0.0.1:8080"),
        "versions": author.get("/xapi/about"),
        "no key": author.get("/xapi/statements"),
    }


KINDS = (
    "page",
    "page for anybody",
    "player",
    "JSON",
    "redirect",
    "stylesheet",
    "picture",
    "script",
    "unchanged",
    *("400", "401", "403", "404", "405", "410", "413"),
    *("health", "machine", "figures", "versions", "no key"),
)
for_each_kind = pytest.mark.parametrize("kind", KINDS)


def policy(answer: TestResponse) -> dict[str, list[str]]:
    """Read a content security policy."""
    (header,) = answer.headers.getlist("Content-Security-Policy")
    return {words[0]: words[1:] for words in (part.split() for part in header.split(";"))}


def test_each_kind_is_what_it_says(answers: dict[str, TestResponse]) -> None:
    assert set(answers) == set(KINDS)
    assert {kind: answer.status_code for kind, answer in answers.items() if kind.isdigit()} == {
        str(status): status for status in (400, 401, 403, 404, 405, 410, 413)
    }
    assert (answers["unchanged"].status_code, answers["redirect"].status_code) == (304, 308)


@for_each_kind
def test_a_page_loads_nothing_but_ours_and_runs_only_what_carries_its_nonce(
    answers: dict[str, TestResponse], kind: str
) -> None:
    said = policy(answers[kind])

    assert said["default-src"] == said["base-uri"] == said["frame-ancestors"] == ["'none'"]
    assert said["style-src"] == said["font-src"] == said["connect-src"] == ["'self'"]
    assert said["img-src"] == ["'self'", "data:"]
    words = re.findall(r'<script[^>]* nonce="([^"]*)"', answers[kind].text if kind in {"page", "player"} else "")
    assert all(re.fullmatch(r"[\w-]{22}", word) for word in words)
    assert said.get("script-src", []) == [f"'nonce-{word}'" for word in words[:1]]
    assert bool(words) == (kind in {"page", "player"})
    assert "unsafe" not in str(said)
    # The lessons' page frames the origins of lessons that this device opened, and only those that are lessons'.
    assert "*" not in str({name: values for name, values in said.items() if (kind, name) != ("page", "frame-src")})


@for_each_kind
def test_an_answer_is_taken_for_what_it_is_and_tells_nobody_where_its_reader_was(
    installed: Installation, answers: dict[str, TestResponse], kind: str
) -> None:
    headers = answers[kind].headers

    assert headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert headers.getlist("Referrer-Policy") == ["no-referrer"]
    framing = kind == "player" and installed.services.config.arrangement == SIBLING
    opener = "same-origin-allow-popups" if framing else "same-origin"  # a lesson's windows look for it in theirs
    assert headers.getlist("Cross-Origin-Opener-Policy") == [opener]
    assert headers.getlist("Cross-Origin-Resource-Policy") == ["same-origin"]
    assert headers.getlist("Permissions-Policy") == ["unload=*, camera=(), microphone=(), geolocation=()"]
    assert not [name for name, _ in headers if name.startswith("Access-Control-")]
    assert "Server" not in headers


@for_each_kind
def test_only_what_is_the_same_for_all_is_kept(answers: dict[str, TestResponse], kind: str) -> None:
    said = answers[kind].headers.get("Cache-Control", "")

    assert ("max-age=300" in said) == (kind in {"stylesheet", "picture", "script", "unchanged"})
    assert ("no-store" in said) == (kind not in {"stylesheet", "picture", "script", "unchanged"})


@for_each_kind
def test_every_answer_has_the_id_of_its_line_in_the_log(answers: dict[str, TestResponse], kind: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", answers[kind].headers["X-Request-Id"])


def test_a_nonce_is_said_once(author: Person, lesson: str) -> None:
    pages = [author.get(f"/s/haiphong/lessons/{lesson}") for _ in range(20)]
    nonces = [policy(page)["script-src"][0].removeprefix("'nonce-").rstrip("'") for page in pages]

    assert len(set(nonces)) == 20
    for page, nonce in zip(pages, nonces, strict=True):
        assert set(re.findall(r'<script[^>]* nonce="([^"]*)"', page.text)) == {nonce}


def test_no_page_holds_what_its_policy_forbids(answers: dict[str, TestResponse]) -> None:
    pages = {kind: answer.text for kind, answer in answers.items() if answer.mimetype == "text/html"}

    assert len(pages) >= 10
    for kind, page in pages.items():
        assert not re.search(r"<script(?![^>]* nonce=)|<style| style=| on[a-z]+=|javascript:", page), kind
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page) or kind in {"player", "redirect"}, kind


def test_only_the_player_frames_and_sends_forms_to_the_lessons_origin(
    installed: Installation, answers: dict[str, TestResponse], lesson: str
) -> None:
    domain = DOMAINS[installed.services.config.arrangement][1]
    origin = f"http://c-{lesson.replace('-', '')}.{domain}:8080"

    for kind, answer in answers.items():
        said = policy(answer)
        framed = {"player": [origin]}
        if installed.services.config.arrangement == SIBLING:
            framed["page"] = [f"http://*.{domain}:8080"]
        assert said["frame-src"] == framed.get(kind, ["'none'"])
        assert said["form-action"] == (["'self'", origin] if kind == "player" else ["'self'"])


@pytest.fixture(scope="module")
def contents(installed: Installation, author: Person, lesson: str) -> dict[str, TestResponse]:
    """Gather an answer of each kind from the lesson's host."""
    page = author.get(f"/s/haiphong/lessons/{lesson}").text
    word = page.partition('data-csrf="')[2].partition('"')[0]
    launched = author.post(f"/s/haiphong/lessons/{lesson}/launch", headers={"X-CSRF-Token": word}).json
    assert launched is not None
    origin, _, token = launched["play"].partition("/play/")
    file = author.get(f"/c/{token}/index.html", base=origin)
    tagged = {"If-None-Match": file.headers["ETag"]}
    begun = author.post("/begin", base=origin, data=json.dumps({"token": launched["attempt"]}))
    shell = author.post(f"/play/{token}", base=origin, data={"attempt": launched["attempt"]})
    attempt = json.loads(shell.text.split('id="launch">')[1].split("</script>")[0])["attempt"]
    about = {"attempt": attempt, "item": "bai-1", "visit": 1, "session": 1}
    commit = json.dumps({"token": launched["attempt"], "n": 1, **about})
    return {
        "shell": shell,
        "session": begun,
        "file": file,
        "part": author.get(f"/c/{token}/index.html", base=origin, headers={"Range": "bytes=0-9"}),
        "unchanged": author.get(f"/c/{token}/index.html", base=origin, headers=tagged),
        "receipt": author.post("/commit", base=origin, data=commit),
        "script": author.get("/_hd/shell.js", base=origin),
        "no file": author.get(f"/c/{token}/nothing.html", base=origin),
        "no token": author.get("/c/x/index.html", base=origin),
        "no route": author.get("/s/haiphong/", base=origin),
        "no method": author.get("/commit", base=origin),
        "no commit": author.post("/commit", base=origin, data="{", headers={"Accept": "*/*"}),
    }


CONTENT_KINDS = (
    *("shell", "session", "file", "part", "unchanged", "receipt", "script"),
    *("no file", "no token", "no route", "no method", "no commit"),
)


def test_each_kind_of_content_is_what_it_says(contents: dict[str, TestResponse]) -> None:
    statuses = [200, 200, 200, 206, 304, 200, 200, 404, 404, 404, 405, 400]

    assert [contents[kind].status_code for kind in CONTENT_KINDS] == statuses


@pytest.mark.parametrize("kind", CONTENT_KINDS)
def test_a_lessons_host_is_framed_by_the_app_and_its_spaces_alone(
    installed: Installation, contents: dict[str, TestResponse], kind: str
) -> None:
    app, _ = DOMAINS[installed.services.config.arrangement]
    headers = contents[kind].headers

    spaces = app.replace("app.", "*.")
    assert policy(contents[kind])["frame-ancestors"] == ["'self'", f"http://{app}:8080", f"http://{spaces}:8080"]
    assert headers["Permissions-Policy"].startswith("unload=*,")
    assert headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert headers.getlist("Cross-Origin-Resource-Policy") == ["same-origin"]
    assert not [name for name, _ in headers if name.startswith(("Access-Control-", "Set-Cookie"))]


@pytest.mark.parametrize("name", ["evil.example", "", "app.lms.localhost.evil.example"])
def test_even_an_unknown_host_is_answered_with_care(installed: Installation, name: str) -> None:
    headers = installed.visitor().client.get("/", headers={"Host": name}).headers

    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_leaving_a_shared_computer_clears_what_it_kept(installed: Installation) -> None:
    left = installed.person("learner").post("/s/haiphong/sign-out", form_at="/s/haiphong/")

    assert left.headers["Clear-Site-Data"] == '"cache"'
