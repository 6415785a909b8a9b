"""Whatever is sent to a service that really runs: a clear 4xx in the reader's language, one line in the log, never a 5xx."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from lrs.server.line import SILENCE
from tests.hostile.raw import Answer, Line, exchange, head
from tests.parts.installations import environment
from tests.parts.served import Served, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARK = "dau-vet-0912345678"
LIMIT = 65536
AHEAD = 1024
"""What gunicorn wants to have before it hands on a single byte."""
VIETNAMESE = re.compile("[ăâđêôơưạảấầậắằặẹẽếềệỉịọộớờợụủứừựỳỹ]", re.IGNORECASE)
BOTH = re.compile(r"\AKhông .+\n(What was sent cannot be read|There is no site at this address)", re.DOTALL)
FORM = "application/x-www-form-urlencoded"
DEEP = b"[" * 100_000


@pytest.fixture(scope="module")
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("bad-input")
    for environ in environment(request, "embedded", folder):
        made = serve(environ, folder, HAIDANG_BODY_LIMIT=str(LIMIT), HAIDANG_WORKERS="1")
        settle(made)
        yield made
        made.stop()


def settle(service: Served) -> None:
    """Wait until those requests are written down with which the start was awaited."""
    asked = service.ask("GET", "/healthz")[1]["X-Request-Id"]
    wait_until(lambda: asked in [line["request"] for line in lines(service)])


def app(service: Served) -> str:
    return f"app.lms.localhost:{service.port}"


def lesson(service: Served) -> str:
    return f"c-{'0' * 32}.lms.localhost:{service.port}"


def machine(service: Served) -> str:
    return f"127.0.0.1:{service.port}"


def lines(service: Served) -> list[dict[str, Any]]:
    """Read the log's lines so far; whatever is no JSON fails here."""
    written = service.log().rpartition("\n")[0].splitlines()  # the last one may not be whole yet
    return [json.loads(line) for line in written if not line.startswith("Hải Đăng: ")]


def told(service: Served, data: bytes, method: str = "GET") -> Answer:
    """Send bytes and read the answer; the log has one line more, and no word of what was sent."""
    before = len(lines(service))
    answer = exchange(service.port, data, method)
    wait_for(service, before + 1)
    service.status("/healthz")  # if there were a second line, it would be there before this one
    wait_for(service, before + 2)
    new = lines(service)[before:]
    assert [line["event"] for line in new] == ["request", "request"], new
    assert set(new[0]) == {"time", "level", "event", "request", "host", "method", "route", "status", "ms"}
    assert new[0]["status"] == answer.status
    assert new[0]["request"] == answer.headers["X-Request-Id"]
    assert MARK not in service.log()
    return answer


def wait_for(service: Served, count: int) -> None:
    wait_until(lambda: len(lines(service)) >= count)


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def assert_clear(answer: Answer, *statuses: int) -> None:
    """Hold an answer to what bad input gets: the status, some words in Vietnamese, and how to take them."""
    assert answer.status in statuses, (answer.status, answer.body[:200])
    assert 400 <= answer.status < 500
    assert VIETNAMESE.search(answer.text), answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] in {
        *("text/html; charset=utf-8", "text/plain; charset=utf-8", "application/problem+json"),
    }


def get(path: str, host: str = "{app}", **fields: Any) -> bytes:
    return head("GET", path, host, Cookie=f"a={MARK}", User_Agent=MARK, **fields)


def post(path: str, body: bytes, kind: str = FORM, host: str = "{app}", **fields: Any) -> bytes:
    return head("POST", path, host, Content_Type=kind, Content_Length=len(body), **fields) + body


def placed(service: Served, data: bytes) -> bytes:
    """Put this service's hosts where a request names them."""
    for name, host in (("app", app(service)), ("lesson", lesson(service)), ("machine", machine(service))):
        data = data.replace(f"{{{name}}}".encode(), host.encode())
    return data


LINK = "/s/haiphong/link/" + MARK

# Requests that can be read, and mean nothing here.
READABLE: dict[str, tuple[bytes, int]] = {
    "an unknown page": (get(f"/{MARK}"), 404),
    "an unknown space": (get(f"/s/{MARK}/"), 404),
    "an unknown link": (get(LINK), 410),
    "a page for others": (get("/s/haiphong/packages/new"), 401),
    "a lesson that is no id": (get(f"/s/haiphong/lessons/{MARK}"), 404),
    "an unknown file": (get(f"/static/{MARK}.css"), 404),
    "a way up": (get(f"/static/../../{MARK}"), 404),
    "a hidden way up": (get(f"/static/%2e%2e/%2e%2e/{MARK}"), 404),
    "a way up with other slashes": (get(f"/static/..%5c..%5c{MARK}"), 404),
    "a way up to a lesson's files": (get(f"/_hd/../content.py?{MARK}", "{lesson}"), 404),
    "a file without a token": (get(f"/c/{MARK}/index.html", "{lesson}"), 404),
    "a shell without a token": (post(f"/play/{MARK}", b"attempt=" + MARK.encode(), host="{lesson}"), 404),
    "no key": (get("/xapi/statements", "{machine}"), 401),
    "half a key": (get("/xapi/statements", "{machine}", Authorization="Basic " + MARK), 401),
    "a key with a NUL": (get("/xapi/statements", "{machine}", Authorization="Basic AGFiYzphYmM="), 401),
    "a key that is no UTF-8": (get("/xapi/statements", "{machine}", Authorization="Basic //79"), 401),
    "another scheme": (get("/xapi/statements", "{machine}", Authorization=f"Bearer {MARK}"), 401),
    "a page on the machine's host": (get(f"/s/haiphong/?{MARK}", "{machine}"), 404),
    "a method that nobody knows": (head("BREW", f"/{MARK}", "{app}"), 404),
    "a method that is not for this": (head("DELETE", "/", "{app}", Cookie=MARK), 405),
    "a NUL in the path": (get(f"/{MARK}%00"), 400),
    "a NUL where a space is named": (get("/s/%00/"), 400),
    "a NUL in the query": (get(f"/?{MARK}=%00"), 400),
    "a path that is no UTF-8": (get(f"/s/haiphong/%ff{MARK}"), 400),
    "an overlong path": (get(f"/%c0%af{MARK}"), 400),
    "a surrogate in the path": (get(f"/%ed%a0%80{MARK}"), 400),
    "a query that is no UTF-8": (get(f"/?a=%ff{MARK}"), 400),
    "half a percent": (get(f"/%zz{MARK}"), 404),
    "a form that is no UTF-8": (post(LINK, b"csrf=%ff" + MARK.encode()), 400),
    "a raw form that is no UTF-8": (post(LINK, b"csrf=\xff" + MARK.encode()), 400),
    "a form with a NUL": (post(LINK, b"csrf=%00" + MARK.encode()), 400),
    "a form without a word": (post(LINK, b"", Sec_Fetch_Site="same-origin"), 403),
    "a form from elsewhere": (post(LINK, b"csrf=" + MARK.encode(), Sec_Fetch_Site="cross-site"), 403),
    "a form of nothing but signs": (post(LINK, b"&&==&=;" * 1000, Sec_Fetch_Site="same-origin"), 403),
    "a form of very many fields": (post(LINK, b"a=1&" * 10_000, Sec_Fetch_Site="same-origin"), 403),
    "a multipart form without a boundary": (
        post(LINK, b"--x\r\n" + MARK.encode(), "multipart/form-data", Sec_Fetch_Site="same-origin"),
        403,
    ),
    "a multipart form that is cut": (
        post(
            LINK,
            b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n' + MARK.encode(),
            "multipart/form-data; boundary=x",
            Sec_Fetch_Site="same-origin",
        ),
        403,
    ),
    "a multipart form of very many parts": (
        post(
            LINK,
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 1100 + b"--x--",
            "multipart/form-data; boundary=x",
            Sec_Fetch_Site="same-origin",
        ),
        413,
    ),
    "a commit that is nothing": (post("/commit", b"", "text/plain", "{lesson}"), 400),
    "a commit that is no JSON": (post("/commit", b"{" + MARK.encode(), "text/plain", "{lesson}"), 400),
    "a commit that is no object": (post("/commit", f'["{MARK}"]'.encode(), "text/plain", "{lesson}"), 400),
    "a commit that is no UTF-8": (post("/commit", b'{"a": "\xff"}', "text/plain", "{lesson}"), 400),
    "a commit that is deep": (post("/commit", DEEP[: LIMIT - 1], "text/plain", "{lesson}"), 400),
    "a commit of deep objects": (post("/commit", b'{"a":' * 10_000, "text/plain", "{lesson}"), 400),
    "a commit with a long number": (post("/commit", b"9" * 10_000, "text/plain", "{lesson}"), 400),
    "a commit without a token": (post("/commit", b"{}", "text/plain", "{lesson}"), 401),
    "a commit with half a token": (
        post("/commit", f'{{"token": "\\ud800{MARK}"}}'.encode(), "text/plain", "{lesson}"),
        401,
    ),
    "too much": (head("POST", LINK, "{app}", Content_Type=FORM, Content_Length=LIMIT + 1), 413),
    "far too much": (head("POST", LINK, "{app}", Content_Type=FORM, Content_Length=10**18), 413),
    "too much where nothing is": (head("POST", f"/{MARK}", "{app}", Content_Length=LIMIT + 1), 413),
    "too much for a lesson": (head("POST", "/commit", "{lesson}", Content_Length=LIMIT + 1), 413),
    "too much for a program": (head("POST", "/xapi/statements", "{machine}", Content_Length=LIMIT + 1), 413),
    "too much, with a question before": (
        head("POST", LINK, "{app}", Content_Type=FORM, Content_Length=LIMIT + 1, Expect="100-continue"),
        413,
    ),
    "too much in one chunk": (
        head("POST", "/commit", "{lesson}", Transfer_Encoding="chunked") + b"fffff\r\n" + b" " * (LIMIT + AHEAD),
        413,
    ),
    "too much in many chunks": (
        head("POST", LINK, "{app}", Content_Type=FORM, Transfer_Encoding="chunked")
        + (b"100\r\n" + b"a" * 256 + b"\r\n") * ((LIMIT + AHEAD) // 256),
        413,
    ),
    "a chunk that is none": (
        head("POST", "/commit", "{lesson}", Transfer_Encoding="chunked") + f"{MARK}\r\n".encode(),
        400,
    ),
    "a chunk without an end": (
        head("POST", LINK, "{app}", Content_Type=FORM, Transfer_Encoding="chunked") + b"3\r\nabcdef\r\n",
        400,
    ),
}


@pytest.mark.parametrize("name", READABLE)
def test_what_means_nothing_here_is_told_so(service: Served, name: str) -> None:
    data, status = READABLE[name]

    answer = told(service, placed(service, data))
    assert_clear(answer, status)


@pytest.mark.parametrize("name", READABLE)
def test_a_reader_of_english_is_told_in_english(service: Served, name: str) -> None:
    data, status = READABLE[name]
    line, _, rest = placed(service, data).partition(b"\r\n")

    answer = told(service, line + b"\r\nAccept-Language: en\r\n" + rest)
    assert answer.status == status
    ours = re.sub("Hải Đăng|Hải Phòng|Tiếng Việt", "", answer.text)  # names, and the other language's own
    assert not VIETNAMESE.search(ours), answer.text
    assert re.search("[a-z]{3,} [a-z]{2,}", answer.text)


@pytest.mark.parametrize("name", READABLE)
def test_a_program_is_told_in_problem_details(service: Served, name: str) -> None:
    data, status = READABLE[name]
    line, _, rest = placed(service, data).partition(b"\r\n")

    answer = told(service, line + b"\r\nAccept: application/json\r\n" + rest)
    problem = json.loads(answer.body)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status, problem["status"]) == (status, status)
    assert VIETNAMESE.search(problem["title"])
    assert problem["request"] == answer.headers["X-Request-Id"]
    assert MARK not in answer.text


# Requests of which nobody can say who asks for what.
UNREADABLE: dict[str, tuple[bytes, int]] = {
    "no host": (f"GET /{MARK} HTTP/1.1\r\nAccept: */*\r\n\r\n".encode(), 404),
    "no host, as long ago": (f"GET /{MARK} HTTP/1.0\r\n\r\n".encode(), 404),
    "an unknown host": (head("GET", "/", f"{MARK}.example"), 404),
    "a host that is none": (head("GET", "/", f"{MARK}@[::]/\\"), 404),
    "a host that is no ASCII": (head("GET", "/", f"{MARK}\xff\xe9"), 404),
    "two hosts": (f"GET / HTTP/1.1\r\nHost: {{app}}\r\nHost: {MARK}\r\n\r\n".encode(), 400),
    "an address instead of a path": (head("GET", f"http://{MARK}.example/", f"{MARK}.example"), 404),
    "a line that is none": (f"{MARK}\r\n\r\n".encode(), 400),
    "a line of blanks": (b"   \r\n\r\n", 400),
    "a small method": (head("brew", f"/{MARK}", "{app}"), 400),
    "a method of signs": (head("<GET>", f"/{MARK}", "{app}"), 400),
    "a very long method": (head("A" * 300, f"/{MARK}", "{app}"), 400),
    "a version that is not there": (f"GET /{MARK} HTTP/9.9\r\nHost: {{app}}\r\n\r\n".encode(), 400),
    "a version that is none": (f"GET / {MARK}\r\nHost: {{app}}\r\n\r\n".encode(), 400),
    "a raw path that is no UTF-8": (head("GET", f"/s/\xff{MARK}/", "{app}"), 400),
    "a very long path": (head("GET", "/" + MARK * 6000, "{app}"), 414),
    "a very long query": (head("GET", "/?" + MARK * 6000, "{app}"), 414),
    "a header of 100 kB": (head("GET", "/", "{app}", X_Long=MARK * 6000), 431),
    "a cookie of 100 kB": (head("GET", "/", "{app}", Cookie="a=" + MARK * 6000), 431),
    "very many headers": (head("GET", "/", "{app}", **{f"X-{number}": MARK for number in range(200)}), 431),
    "a header without a colon": (f"GET / HTTP/1.1\r\nHost: {{app}}\r\n{MARK}\r\n\r\n".encode(), 400),
    "a header without a name": (f"GET / HTTP/1.1\r\nHost: {{app}}\r\n: {MARK}\r\n\r\n".encode(), 400),
    "a name with a blank": (f"GET / HTTP/1.1\r\nHost: {{app}}\r\nX {MARK}: 1\r\n\r\n".encode(), 400),
    "a header with a NUL": (f"GET / HTTP/1.1\r\nHost: {{app}}\r\nX: \0{MARK}\r\n\r\n".encode(), 400),
    "a header on two lines": (f"GET / HTTP/1.1\r\nHost: {{app}}\r\nX: 1\r\n {MARK}\r\n\r\n".encode(), 400),
    "lines that end too early": (f"GET / HTTP/1.1\nHost: {{app}}\nX: {MARK}\n\n".encode(), 400),
    "a size that is none": (head("POST", f"/{MARK}", "{app}", Content_Length="many"), 400),
    "a size below nothing": (head("POST", f"/{MARK}", "{app}", Content_Length=-1), 400),
    "two sizes": (
        f"POST / HTTP/1.1\r\nHost: {{app}}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{MARK}".encode(),
        400,
    ),
    "a size and chunks": (head("POST", f"/{MARK}", "{app}", Content_Length=5, Transfer_Encoding="chunked"), 400),
    "an unknown coding": (head("POST", f"/{MARK}", "{app}", Transfer_Encoding=MARK), 400),
    "an unknown expectation": (head("POST", f"/{MARK}", "{app}", Expect=MARK), 417),
    "another protocol": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + MARK.encode() + b"\r\n\r\n", 400),
    "the next protocol": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_refused_in_two_languages(service: Served, name: str) -> None:
    data, status = UNREADABLE[name]

    answer = told(service, placed(service, data))
    assert_clear(answer, status)
    assert BOTH.match(answer.text)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert MARK not in answer.text


def test_a_star_is_no_page(service: Served) -> None:
    answer = told(service, head("OPTIONS", "*", app(service)))

    assert answer.status in {400, 404}


def test_a_body_that_never_comes_whole_is_not_taken_for_whole(service: Served) -> None:
    body = b'{"token": "' + MARK.encode() + b'"}'
    before = len(lines(service))

    with Line(service.port) as line:
        line.send(head("POST", "/commit", lesson(service), Content_Length=len(body) + 1) + body)
        line.finish()
        answer = line.answer("POST")
    wait_for(service, before + 1)
    assert answer.status in {400, 0}
    assert lines(service)[before]["status"] == 400
    assert MARK not in service.log()


def test_one_bad_request_does_not_spoil_the_next_on_its_line(service: Served) -> None:
    with Line(service.port) as line:
        for path, status in (("/%ff", 400), ("/healthz", 200), ("/nothing", 404), ("/healthz", 200)):
            line.send(head("GET", path, machine(service)))
            assert line.answer().status == status


def test_a_silent_connection_keeps_nobody_waiting(service: Served) -> None:
    silent = [Line(service.port) for _ in range(40)]  # more than there are threads
    begun = time.monotonic()
    try:
        assert service.status("/healthz") == 200
        assert time.monotonic() - begun < 4
    finally:
        for line in silent:
            line.__exit__()


@pytest.mark.long
def test_a_sender_who_falls_silent_is_given_up(service: Served) -> None:
    before = len(lines(service))

    form = head("POST", LINK, app(service), Content_Type=FORM, Content_Length=9)
    for data in (head("GET", "/", app(service))[:-2], form + b"csrf"):
        with Line(service.port, timeout=SILENCE + 20) as line:
            begun = time.monotonic()
            line.send(data)
            assert line.answer().status in {0, 400}
            assert SILENCE - 1 < time.monotonic() - begun < SILENCE + 10
    wait_for(service, before + 1)
    assert {line["event"] for line in lines(service)[before:]} == {"request"}


def test_nothing_was_our_mistake(service: Served) -> None:
    assert {line["event"] for line in lines(service)} == {"request"}
    assert max(line["status"] for line in lines(service)) < 500
