"""Attachments (Data 2.4.11, Communication 1.5)."""

import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import orjson
import pytest

from lrs.xapi import attachments, multipart
from lrs.xapi.errors import Invalid, TooLarge
from lrs.xapi.multipart import Part
from lrs.xapi.statement import Statement, parse
from lrs.xapi.version import Version
from tests.lrs.xapi.test_examples import ANSWERED, GONE, PLANNED, SHORT, changed

CONTENT = b"ph\xe1\xba\xa7n\r\n\x00"
SHA2 = hashlib.sha256(CONTENT).hexdigest()


def attachment(sha2: str = SHA2, **more: Any) -> dict[str, Any]:
    example: dict[str, Any] = changed(ANSWERED["attachments"][0], "fileUrl", GONE)
    return example | {"sha2": sha2} | more


def statements(*attached: dict[str, Any]) -> list[Statement]:
    return parse(orjson.dumps(SHORT | {"attachments": list(attached)}), Version.V1)


def part(content: bytes = CONTENT, headers: dict[str, str] | None = None) -> Part:
    given = {"content-transfer-encoding": "binary", "x-experience-api-hash": hashlib.sha256(content).hexdigest()} | (
        headers or {}
    )
    return Part({name: value for name, value in given.items() if value}, [content[:3], content[3:]])


def matched(said: list[Statement], parts: list[Part] | None = None) -> dict[str, bytes]:
    return {sha2: b"".join(data) for sha2, data in attachments.match(said, parts or [])}


def refused(said: list[Statement], parts: list[Part]) -> Invalid:
    with pytest.raises(Invalid) as caught:
        matched(said, parts)
    return caught.value


def test_a_part_is_matched_by_its_hash() -> None:
    assert matched(statements(attachment()), [part()]) == {SHA2: CONTENT}


@pytest.mark.parametrize("algorithm", ["sha224", "sha256", "sha384", "sha512"])
def test_any_hash_of_the_family_will_do(algorithm: str) -> None:
    sha2 = hashlib.new(algorithm, CONTENT).hexdigest()

    found = matched(statements(attachment(sha2.upper())), [part(headers={"x-experience-api-hash": sha2.upper()})])

    assert found.keys() == {sha2}


def test_one_part_serves_all_statements_that_name_it() -> None:
    assert len(matched([*statements(attachment(), attachment()), *statements(attachment())], [part()])) == 1


def test_a_part_that_comes_twice_is_kept_once() -> None:
    assert len(matched(statements(attachment()), [part(), part()])) == 1


def test_an_attachment_may_lie_elsewhere() -> None:
    assert matched(statements(attachment(fileUrl="https://example.vn/1"))) == {}


def test_a_multipart_request_may_have_nothing_attached() -> None:
    assert matched(statements(), []) == {}


def test_an_attachment_of_a_sub_statement_is_one_too() -> None:
    within = PLANNED["object"] | {"attachments": [attachment()]}
    said = parse(orjson.dumps(SHORT | {"object": within}), Version.V1)

    assert matched(said, [part()]).keys() == {SHA2}
    assert refused(said, []).path == "$.object.attachments[0]"


def test_an_attachment_without_part_and_file_is_refused() -> None:
    assert refused(statements(attachment(), attachment("a" * 64)), [part()]).path == "$.attachments[1]"


def test_a_part_that_no_statement_names_is_refused() -> None:
    assert refused(statements(attachment()), [part(), part(b"other")]).path == "X-Experience-API-Hash"


@pytest.mark.parametrize(
    "headers",
    [
        {"content-transfer-encoding": ""},
        {"content-transfer-encoding": "base64"},
        {"x-experience-api-hash": ""},
        {"x-experience-api-hash": "a" * 63},
        {"x-experience-api-hash": hashlib.sha1(CONTENT, usedforsecurity=False).hexdigest()},
    ],
)
def test_a_part_says_that_it_is_binary_and_what_its_hash_is(headers: dict[str, str]) -> None:
    assert refused(statements(attachment()), [part(headers=headers)]).path == "part 2"


def test_data_that_nobody_wants_is_checked_all_the_same() -> None:
    wrong = part(b"other", {"x-experience-api-hash": SHA2})

    with pytest.raises(Invalid, match=r"part 2.*the hash of its content"):
        list(attachments.match(statements(attachment()), [wrong]))


def test_what_no_statement_names_is_refused_before_it_is_read() -> None:
    surplus = Part(dict(part(b"other").headers), iter([b"never"]))

    assert refused(statements(attachment()), [surplus]).path == "X-Experience-API-Hash"
    assert list(surplus.content) == [b"never"]


def test_a_length_is_not_compared() -> None:
    assert matched(statements(attachment(length=1)), [part()])


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8"])
def test_the_first_part_holds_the_statements(kind: str) -> None:
    assert attachments.statements_of(iter([Part({"content-type": kind}, [b"[", b"]"]), part()]), 2) == b"[]"


@pytest.mark.parametrize("parts", [[], [Part({}, [b"[]"])], [Part({"content-type": "text/plain"}, [b"[]"])], [part()]])
def test_a_first_part_that_is_no_json_is_refused(parts: list[Part]) -> None:
    with pytest.raises(Invalid):
        attachments.statements_of(iter(parts), 2)


def test_the_first_part_is_bounded() -> None:
    with pytest.raises(TooLarge):
        attachments.statements_of(iter([Part({"content-type": "application/json"}, [b"[", b" ]"])]), 2)


def test_a_response_gives_what_a_request_would() -> None:
    first = Part({"Content-Type": "application/json"}, [b"{}"])
    body = b"".join(multipart.write([first, attachments.part([CONTENT], SHA2, "text/plain")], "mark"))

    parts = multipart.read(multipart.content_type("mark"), BytesIO(body))

    assert attachments.statements_of(parts, 2) == b"{}"
    assert matched(statements(attachment()), [*kept(parts)]) == {SHA2: CONTENT}
    assert body.count(SHA2.encode()) == 1


def kept(parts: Iterable[Part]) -> Iterator[Part]:
    for each in parts:
        yield Part(each.headers, [b"".join(each.content)])
