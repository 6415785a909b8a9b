"""Valid requests, changed by chance: never a 5xx; a refusal names a place of what was sent; nothing of a refused batch is kept."""

from __future__ import annotations

import copy
import gzip
import json
import operator
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lrs.xapi.test_examples import EXAMPLES, TOGETHER, mutated, places
from tests.parts.installations import environment, make_installation
from tests.parts.programs import V1, V2, Partner, partner, statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from werkzeug.test import TestResponse

REFUSED = {400, 409, 413}
JSON = "application/json"
MIXED = "multipart/mixed; boundary=b"

made_up = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)
SHORT = settings(made_up, max_examples=300)
LONG = settings(made_up, max_examples=10_000)


@pytest.fixture(scope="module")
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partner]:
    for environ in environment(request, "embedded", tmp_path_factory.mktemp("mutations")):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
        yield partner(made)
        made.services.database.dispose()


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value} if levels % 2 else [value]
    return value


ODD = st.one_of(
    st.sampled_from(
        [None, True, False, 0, -1, 1.5, 2**53 + 1, 2**64, -(2**64), 1e308, -1e-320, "", " ", [], {}, [[]], {"": {}}]
    ),
    st.sampled_from(
        [
            *("\u0000", "\ufeff", "\u202e", "e\u0301", "\U0001f6a8", "\u0bcc" * 40, "\uffff", "Ǆ", "ı", "\u2028", "\\"),
            *("$.actor", "'; drop table statements; --", "{{7*7}}", "<script>", "%s%n", "../../etc/passwd"),
        ]
    ),
    st.text(max_size=20),
    st.sampled_from([30, 96, 97, 150, 300]).map(nested),
    st.sampled_from([1000, 100_000]).map(lambda length: "đ" * length),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
)
"""What nobody expects anywhere."""


@st.composite
def bent(draw: st.DrawFn) -> Any:
    """Change a valid statement: what is there goes, comes twice, changes places, or becomes something else."""
    value = (
        draw(mutated([*EXAMPLES, TOGETHER])) if draw(st.booleans()) else draw(st.sampled_from([*EXAMPLES, TOGETHER]))
    )
    value = copy.deepcopy(value)
    there = places(value)
    for container, key in draw(st.lists(st.sampled_from(there), max_size=2)) if there else ():
        container[key] = draw(ODD)
    if draw(st.booleans()) and isinstance(value, dict):
        value["id"] = str(uuid4())
    return draw(ODD) if draw(st.integers(0, 20)) == 0 else value


TOKENS = [
    *(b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\\u0000", b"\\ud800", b'\\"', b"NaN", b"-Infinity", b"1e999"),
    *(b"-0", b"01", b"0x1", b"null", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\0", b"//", b"'", b"\n"),
    *(b'"id":"x",', b'"actor":{},', b'{"a":1,"a":2}', b"9" * 500, b"1." + b"0" * 400, b"\r\n--b--\r\n", b"\r\n--b\r\n"),
    *(b"[" * 10_000, b'{"a":' * 10_000, b'{"a":[' * 100),
]


@st.composite
def broken(draw: st.DrawFn, body: bytes) -> bytes:
    """Change a body as a text: cut, doubled, swapped, or with something in it that does not belong there."""
    for _ in range(draw(st.integers(0, 2))):
        at, end = sorted((draw(st.integers(0, len(body))), draw(st.integers(0, len(body)))))
        inside = body[at:end]
        new = draw(
            st.one_of(
                st.sampled_from([b"", inside * 2, inside[::-1], inside.upper()]),
                st.builds(operator.add, st.sampled_from(TOKENS), st.just(inside)),
                st.binary(max_size=4),
            )
        )
        body = body[:at] + new + body[at + len(inside) :]
        if draw(st.integers(0, 9)) == 0:
            body = body[: draw(st.integers(0, len(body)))]
    return body


def posted(program: Partner, body: bytes, kind: str = JSON, **more: str) -> TestResponse:
    return program.post(body, headers={"Content-Type": kind} | more)


def is_kept(program: Partner, twin: dict[str, Any]) -> bool:
    return program.get(statementId=twin["id"]).status_code == 200


def assert_clear(answer: TestResponse, sent: Any) -> None:
    """Hold a refusal to what it has to say: problem details that name a place of what was sent."""
    assert answer.content_type == "application/problem+json"
    problem = answer.json
    assert problem is not None
    assert problem["status"] == answer.status_code
    assert problem["title"]
    assert problem["detail"]
    if answer.status_code == 400:
        path, found, _ = problem["detail"].partition(": found ")
        assert found, problem["detail"]
        assert named(path, sent), (path, sent)


_STEP = re.compile(r'\.(\w+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*(?:"|…))\]')
NOWHERE = object()


def named(path: str, sent: Any) -> bool:
    """Tell whether a path leads to a place of what was sent, or to one that is missing where the path before it leads."""
    if not path.startswith("$"):
        return path == "body" or path in {"Content-Type", "X-Experience-API-Hash"} or path.startswith("part ")
    rest, value = path[1:], sent
    while rest:
        step = _STEP.match(rest)
        if step is None or value is NOWHERE or not isinstance(value, dict | list):
            return False
        value = _after(step, value)
        rest = rest[step.end() :]
    return True


def _after(step: re.Match[str], value: Any) -> Any:
    name, index, quoted = step.groups()
    if index is not None:
        return value[int(index)] if isinstance(value, list) and int(index) < len(value) else NOWHERE
    if not isinstance(value, dict):
        return NOWHERE
    if name is not None:
        return value.get(name, NOWHERE)
    if quoted.endswith("…"):
        return next(
            (each for key, each in value.items() if json.dumps(key, ensure_ascii=False).startswith(quoted[:-1])),
            NOWHERE,
        )
    return value.get(json.loads(quoted, strict=False), NOWHERE)


def try_statements(program: Partner, data: st.DataObject) -> None:
    """Send a batch with a changed statement in it, and a harmless twin of its own beside it."""
    twin, alone = statement(), statement()
    before, after = data.draw(st.booleans(), label="before"), data.draw(st.booleans(), label="after")
    batch = [twin] * before + [data.draw(bent(), label="changed")] + [alone] * after
    program = Partner(program.installation, program.key, data.draw(st.sampled_from([V1, V2]), label="version"))

    answer = program.post(json.dumps(batch))
    assert answer.status_code in {200} | REFUSED, answer.text
    if answer.status_code != 200:
        assert_clear(answer, batch)
    kept = answer.status_code == 200
    assert is_kept(program, twin) is (kept and before)
    assert is_kept(program, alone) is (kept and after)


def try_bytes(program: Partner, data: st.DataObject) -> None:
    """Send a batch as a text that was changed."""
    twin = statement()
    text = json.dumps([twin, data.draw(st.sampled_from(EXAMPLES)) | {"id": str(uuid4())}], ensure_ascii=False)
    body = data.draw(broken(text.encode()), label="body")

    answer = posted(program, body)
    assert answer.status_code in {200} | REFUSED, answer.text
    if answer.status_code != 200:
        assert_clear(answer, read(body))
        assert not is_kept(program, twin)


def read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


KINDS = st.sampled_from(
    [
        *(
            JSON,
            "application/json; charset=utf-16",
            "APPLICATION/JSON",
            "application/json;",
            "text/json",
            "*/*",
            ";",
            "a",
        ),
        *(
            MIXED,
            "multipart/mixed",
            'multipart/mixed; boundary="',
            "multipart/mixed; boundary=ß",
            "multipart/form-data",
        ),
        *('multipart/mixed; boundary="b"; charset=x', "multipart/mixed; boundary=b; boundary=c", "multipart/related"),
        *("application/x-www-form-urlencoded", "application/octet-stream", "x" * 1000),
    ]
)
DATA = b"m\xe1\xbb\x99t t\xe1\xbb\x87p\r\n--"


def try_parts(program: Partner, data: st.DataObject) -> None:
    """Send statements with an attachment as a body that was changed, under any type, packed or not."""
    said = statement(
        attachments=[
            {
                "usageType": "http://example.org/usage",
                "display": {"vi": "Tệp"},
                "contentType": "text/plain",
                "length": len(DATA),
                "sha2": sha256(DATA).hexdigest(),
            }
        ]
    )
    body = b"--b\r\nContent-Type: application/json\r\n\r\n" + json.dumps(said).encode()
    body += (
        b"\r\n--b\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: " + sha256(DATA).hexdigest().encode()
    )
    body += b"\r\n\r\n" + DATA + b"\r\n--b--\r\n"
    sent = data.draw(broken(body), label="body")
    kind = data.draw(st.one_of(st.just(MIXED), KINDS), label="type")
    packing = data.draw(st.sampled_from(["", "", "gzip", "identity", "br", "gzip, gzip"]), label="packing")
    sent = gzip.compress(sent, 1) if packing == "gzip" and data.draw(st.booleans()) else sent

    answer = posted(program, sent, kind, **{"Content-Encoding": packing})
    assert answer.status_code in {200} | REFUSED, answer.text
    if answer.status_code != 200:
        assert answer.content_type == "application/problem+json"
        assert not is_kept(program, said)


TRIES: list[Callable[[Partner, st.DataObject], None]] = [try_statements, try_bytes, try_parts]


@pytest.mark.parametrize("attempt", TRIES)
@SHORT
@given(data=st.data())
def test_changed_requests_are_kept_whole_or_refused_whole(
    program: Partner, attempt: Callable[[Partner, st.DataObject], None], data: st.DataObject
) -> None:
    attempt(program, data)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("attempt", TRIES)
@LONG
@given(data=st.data())
def test_ten_thousand_changed_requests_are_kept_whole_or_refused_whole(
    program: Partner, attempt: Callable[[Partner, st.DataObject], None], data: st.DataObject
) -> None:
    attempt(program, data)


def test_a_harmless_twin_is_kept(program: Partner) -> None:
    twins = [statement(), statement()]

    assert program.post(twins).status_code == 200
    assert [is_kept(program, twin) for twin in twins] == [True, True]


@pytest.mark.parametrize(
    ("path", "true"),
    [
        ("$", True),
        ("$[0].actor.mbox", True),
        ("$[0].actor.name", True),
        ("$[0].verb.display", False),
        ("$[1].actor", False),
        ('$[0].actor["a b"]', True),
        ('$[0].actor["a b"].c', False),
        ("actor", False),
    ],
)
def test_a_path_that_leads_nowhere_would_be_found(path: str, true: bool) -> None:  # noqa: FBT001
    assert named(path, [{"actor": {"mbox": 1, "a b": 2}}]) is true
