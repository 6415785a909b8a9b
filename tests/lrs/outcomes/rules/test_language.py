"""The values of the language: walked over with their places, and with their tags written down."""

from __future__ import annotations

from lrs.outcomes.rules import language, reading
from lrs.outcomes.rules.language import Did
from lrs.xapi import identifiers
from tests.lrs.outcomes.rules.made import FINAL, LESSONS, TAGS

SAID = {
    "all": [
        {"did": {"activity": FINAL}},
        {"any": [{"did": {"tag": "two"}}, {"atLeast": {"n": 1, "of": [{"did": {"tag": "nobody has it"}}]}}]},
    ]
}
RULE = reading.read(SAID)


def test_every_node_has_its_place() -> None:
    assert [place for place, _ in language.nodes(RULE)] == [
        "",
        "/all/0",
        "/all/1",
        "/all/1/any/0",
        "/all/1/any/1",
        "/all/1/any/1/atLeast/of/0",
    ]


def test_the_leaves_are_the_conditions() -> None:
    assert [place for place, _ in language.leaves(RULE)] == ["/all/0", "/all/1/any/0", "/all/1/any/1/atLeast/of/0"]


def test_a_version_knows_what_its_tags_stood_for() -> None:
    leaves = dict(language.leaves(language.resolved(RULE, TAGS)))

    assert {place: leaf.selection.activities for place, leaf in leaves.items()} == {
        "/all/0": (FINAL,),
        "/all/1/any/0": (LESSONS[0], LESSONS[1]),
        "/all/1/any/1/atLeast/of/0": (),
    }
    assert leaves["/all/1/any/0"].selection.tag == "two"


def test_what_carries_a_tag_twice_is_asked_once() -> None:
    rule = language.resolved(reading.read({"did": {"tag": "two"}}), {"two": (FINAL, LESSONS[0], FINAL)})

    assert isinstance(rule, Did)
    assert rule.selection.activities == (FINAL, LESSONS[0])


def test_a_very_long_identifier_is_the_key_that_the_record_has() -> None:
    long = f"https://example.org/{'a' * 600}"
    by_tag = language.resolved(reading.read({"did": {"tag": "long"}}), {"long": (long,)})
    by_name = reading.read({"did": {"activity": long}})

    assert isinstance(by_tag, Did)
    assert isinstance(by_name, Did)
    assert by_tag.selection.activities == by_name.selection.activities == (identifiers.key(long),)


def test_a_rule_is_read_from_what_is_written_for_a_lesson() -> None:
    rule = reading.read(language.completion_of(FINAL))

    assert isinstance(rule, Did)
    assert rule.selection.activities == (FINAL,)
