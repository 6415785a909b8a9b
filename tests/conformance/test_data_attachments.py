"""Attachments, as statements describe them (Data 2.4.11; 2.0: 4.2.2.6)."""

from hashlib import sha224, sha256, sha384, sha512

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.lrs.xapi.test_examples import GONE

ATTACHMENT = {
    "usageType": "http://example.org/usage",
    "display": {"vi": "Tệp"},
    "description": {"vi": "Một tệp"},
    "contentType": "text/plain; charset=utf-8",
    "length": 4,
    "sha2": sha256(b"data").hexdigest(),
    "fileUrl": "https://example.org/file",
}
HAS = {"attachments": [ATTACHMENT]}


def change(words: str, name: str, wrong: object, right: object = GONE) -> Rule:
    keeps = HAS if right is GONE else HAS | {f"attachments.0.{name}": right}
    return Rule(words, HAS | {f"attachments.0.{name}": wrong}, keeps)


RULES = [
    *(change(f"it has {name}", name, GONE) for name in ("usageType", "display", "contentType", "length", "sha2")),
    Rule("attachments are a list", {"attachments": ATTACHMENT}, {"attachments": []}),
    Rule("an attachment is an object", {"attachments": [ATTACHMENT["sha2"]]}, HAS),
    change("usageType is an IRI", "usageType", "certificate", "x:certificate"),
    change("display is a language map", "display", "Tệp", {}),
    change("display is in languages", "display", {"tiếng Việt": "Tệp"}, {"vi": "Tệp"}),
    change("description is a language map", "description", "Một tệp", {"vi": "Một tệp"}),
    change("contentType is a media type", "contentType", "text", "text/plain"),
    change("contentType is a string", "contentType", ["text/plain"], "application/vnd.example+json"),
    change("length is a number", "length", "4", 4),
    change("length is whole", "length", 4.5, 5),
    change("length is not negative", "length", -1, 0),
    change("sha2 is a string", "sha2", 256),
    change("sha2 is hexadecimal", "sha2", "g" * 64, "A" * 64),
    change("sha2 is as long as one of its family", "sha2", "a" * 40, sha512(b"data").hexdigest()),
    change("fileUrl has a scheme", "fileUrl", "example.org/file", "http://example.org/file"),
    change("fileUrl is a string", "fileUrl", {}, "ftp://example.org/file"),
    change("it has nothing unknown", "name", "file.txt"),
]


@requirement("Data 2.4.11", "4.2.2.6")
@each(RULES)
def test_an_attachment(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.11", "4.2.2.6")
@BOTH
@pytest.mark.parametrize("family", [sha224, sha256, sha384, sha512], ids=[224, 256, 384, 512])
def test_an_attachment_comes_back_as_it_was_described(lrs: Lrs, version: str, family: type) -> None:
    attachments = [ATTACHMENT, ATTACHMENT | {"sha2": family(b"other").hexdigest()}]
    made = said({"attachments": attachments})
    lrs(version).post(made)

    assert (lrs(version).get(statementId=made["id"]).json or {})["attachments"] == attachments
