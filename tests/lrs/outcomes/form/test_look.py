"""A draft is seen as JSON, as a sentence in each language, and with what is wrong, all from one text."""

from __future__ import annotations

import json

from lrs.outcomes.form.draft import Condition, Joined
from lrs.outcomes.form.look import Eyes, look, look_at_text, said
from lrs.outcomes.rules import check
from lrs.outcomes.rules.sentence import Names
from lrs.outcomes.rules.words import words
from tests.lrs.outcomes.rules.made import FINAL, LESSONS, TAGS

EYES = Eyes(
    check.Known(frozenset([*LESSONS, FINAL]), TAGS, frozenset()),
    Names({FINAL: "Bài kiểm tra cuối"}),
    {"vi": words("vi"), "en": words("en")},
    words("vi"),
)
DRAFT = Joined(
    "all",
    (
        Condition("did", {"about": ("chosen",), "activities": tuple(LESSONS)}),
        Condition("score", {"about": ("chosen",), "activities": (FINAL,), "atLeast": ("80",)}),
    ),
)


def test_a_draft_says_itself_in_both_languages() -> None:
    seen = look(DRAFT, EYES)

    assert seen.sentences == {
        "vi": "Hoàn thành cả 12 bài và đạt ít nhất 80% ở “Bài kiểm tra cuối”",
        "en": "Complete all 12 lessons and score at least 80% in “Bài kiểm tra cuối”",
    }
    assert seen.mistakes == ()


def test_a_tag_is_said_with_what_it_stands_for_now() -> None:
    seen = look(Condition("did", {"about": ("tag",), "tag": ("lessons",)}), EYES)

    assert seen.sentences is not None
    assert seen.sentences["vi"] == "Hoàn thành cả 12 bài của “lessons”"


def test_a_sentence_stands_beside_what_cannot_be_met() -> None:
    seen = look(Condition("did", {"about": ("chosen",), "activities": ("urn:gone",)}), EYES)

    assert seen.sentences is not None
    assert [each.field for each in seen.wrong] == ["r.activities"]


def test_what_is_no_rule_yet_has_no_sentence() -> None:
    seen = look(Condition("score", {"about": ("chosen",), "activities": (FINAL,)}), EYES)

    assert seen.sentences is None
    assert [each.field for each in seen.wrong] == ["r.atLeast"]
    assert [each.field for each in look(None, EYES).wrong] == ["r.word"]


def test_the_text_is_looked_at_with_the_same_eyes() -> None:
    seen = look_at_text(look(DRAFT, EYES).text, EYES)

    assert seen == look(DRAFT, EYES)


def test_mistakes_of_the_text_have_places() -> None:
    not_json, wrong = look_at_text("{", EYES), look_at_text('{"did": {"tag": "gone"}}', EYES)

    assert [(each.place, each.field) for each in not_json.wrong] == [("", "text")]
    assert [(each.place, each.field) for each in wrong.wrong] == [("/did/tag", "text")]
    assert wrong.draft == Condition("did", {"about": ("tag",), "tag": ("gone",)})


def test_a_kept_rule_is_said_with_the_tags_of_its_time() -> None:
    text = json.dumps({"did": {"tag": "kỹ năng số"}})

    assert said(text, {"kỹ năng số": (FINAL,)}, words("vi")) == "Hoàn thành bài duy nhất của “kỹ năng số”"
