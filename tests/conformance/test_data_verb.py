"""Verbs: an IRI, and how it reads in some languages (Data 2.4.3; 2.0: 4.2.2.2)."""

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.lrs.xapi.test_examples import GONE

VERB = {"id": "http://example.org/verbs/read", "display": {"vi": "đã đọc", "en-US": "read"}}

RULES = [
    Rule("a verb has an id", {"verb.id": GONE}, {"verb": {"id": VERB["id"]}}),
    Rule("a verb's id has a scheme", {"verb.id": "read"}, {"verb.id": "urn:example:read"}),
    Rule("a verb's id is an IRI", {"verb.id": "http://example.org/to read"}, {"verb.id": "http://example.org/đọc"}),
    Rule("a verb's id is a string", {"verb.id": {"iri": VERB["id"]}}, {"verb.id": VERB["id"]}),
    Rule("display is a language map", {"verb.display": {"a12345678": "read"}}, {"verb.display": {"en": "read"}}),
    Rule("a display is a string", {"verb.display": {"en": 5}}, {"verb.display": {"en": "5"}}),
    Rule("display is an object", {"verb.display": "read"}, {"verb.display": {}}),
    Rule("a verb has nothing unknown", {"verb.name": "read"}, {}),
]


@requirement("Data 2.4.3", "4.2.2.2")
@each(RULES)
def test_a_verb(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.3", "4.2.2.2")
@BOTH
@pytest.mark.parametrize("verb", [VERB, {"id": VERB["id"]}], ids=["with a display", "without"])
def test_a_display_comes_back_exactly_as_it_was_sent_or_left_out(
    lrs: Lrs, version: str, verb: dict[str, object]
) -> None:
    made = said({"verb": verb})
    lrs(version).post(made)
    kept = lrs(version).get(statementId=made["id"]).json

    assert kept is not None
    assert kept["verb"] == verb


@requirement("Data 2.4.3", "4.2.2.2")
@BOTH
def test_ids_leave_the_display_away_and_canonical_keeps_one_language(lrs: Lrs, version: str) -> None:
    made = said({"verb": VERB})
    lrs(version).post(made)
    ids = lrs(version).get(statementId=made["id"], format="ids").json
    canonical = (
        lrs(version)
        .ask("GET", "/statements", None, {"Accept-Language": "vi"}, statementId=made["id"], format="canonical")
        .json
    )

    assert ids is not None
    assert canonical is not None
    assert ids["verb"] == {"id": VERB["id"]}
    assert canonical["verb"] == {"id": VERB["id"], "display": {"vi": "đã đọc"}}
