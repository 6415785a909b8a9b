"""A rule is one sentence in both languages: the table is what people read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings

from lrs.outcomes.rules import language, reading
from lrs.outcomes.rules.language import ADL
from lrs.outcomes.rules.sentence import Names, about, sentence
from lrs.outcomes.rules.words import words
from tests.lrs.outcomes.rules.made import RULES, TAGS, rule_of

A, B, C, FINAL = (f"https://example.org/{name}" for name in ("a", "b", "c", "final"))
FOUR = [f"https://example.org/lesson/{number}" for number in range(4)]
SKILLS = "kỹ năng số"
KEY = str(UUID(int=1))
NAMES = Names(
    {A: "Mật khẩu mạnh", B: "Nhận biết lừa đảo", C: "Chữ ký số", FINAL: "Bài kiểm tra cuối"},
    {UUID(int=1): "Hệ thống sở"},
)
KNOWN = {SKILLS: TAGS["lessons"], "nhập môn": (A,)}

TOLD = [
    (
        {"all": [{"did": {"tag": SKILLS}}, {"score": {"activity": FINAL, "atLeast": 0.8}}]},
        "Hoàn thành cả 12 bài của “kỹ năng số” và đạt ít nhất 80% ở “Bài kiểm tra cuối”",
        "Complete all 12 lessons of “kỹ năng số” and score at least 80% in “Bài kiểm tra cuối”",
    ),
    (
        {"did": {"activity": A}},
        "Hoàn thành “Mật khẩu mạnh”",
        "Complete “Mật khẩu mạnh”",
    ),
    (
        {"did": {"activity": A, "verbs": [ADL + "passed"]}},
        "Vượt qua “Mật khẩu mạnh”",
        "Pass “Mật khẩu mạnh”",
    ),
    (
        {"did": {"activity": A, "verbs": [ADL + "attended", ADL + "passed"]}},
        "Vượt qua hoặc tham dự “Mật khẩu mạnh”",
        "Pass or attend “Mật khẩu mạnh”",
    ),
    (
        {"did": {"activity": A, "verbs": ["https://example.org/verbs#borrowed"]}},
        "Thực hiện “borrowed” với “Mật khẩu mạnh”",
        "Do “borrowed” with “Mật khẩu mạnh”",
    ),
    (
        {"did": {"activities": [A, B]}},
        "Hoàn thành “Mật khẩu mạnh” và “Nhận biết lừa đảo”",
        "Complete “Mật khẩu mạnh” and “Nhận biết lừa đảo”",
    ),
    (
        {"did": {"activities": [A, B, C]}},
        "Hoàn thành “Mật khẩu mạnh”, “Nhận biết lừa đảo” và “Chữ ký số”",
        "Complete “Mật khẩu mạnh”, “Nhận biết lừa đảo”, and “Chữ ký số”",
    ),
    (
        {"did": {"activities": FOUR}},
        "Hoàn thành cả 4 bài",
        "Complete all 4 lessons",
    ),
    (
        {"did": {"tag": "nhập môn"}},
        "Hoàn thành bài duy nhất của “nhập môn”",
        "Complete the one lesson of “nhập môn”",
    ),
    (
        {"did": {}},
        "Hoàn thành một bài bất kỳ",
        "Complete any lesson",
    ),
    (
        {"did": {"activity": "https://example.org/unnamed"}},
        "Hoàn thành “https://example.org/unnamed”",
        "Complete “https://example.org/unnamed”",
    ),
    (
        {"did": {"activity": A, "window": {"from": "2026-01-01"}}},
        "Hoàn thành “Mật khẩu mạnh” từ 01/01/2026 trở đi",
        "Complete “Mật khẩu mạnh” from 1 January 2026 on",
    ),
    (
        {"did": {"activity": A, "window": {"through": "2026-06-30"}}},
        "Hoàn thành “Mật khẩu mạnh” đến hết 30/06/2026",
        "Complete “Mật khẩu mạnh” by the end of 30 June 2026",
    ),
    (
        {"did": {"activity": A, "window": {"from": "2026-01-01", "through": "2026-06-30", "grace": 7}}},
        "Hoàn thành “Mật khẩu mạnh” từ 01/01/2026 đến hết 30/06/2026 (việc làm đúng hạn được gửi đến muộn tối đa 7 ngày)",
        "Complete “Mật khẩu mạnh” from 1 January 2026 to the end of 30 June 2026 (what was done in time may arrive up to 7 days later)",
    ),
    (
        {"did": {"activity": A, "window": {"through": "2026-06-30", "grace": 1}}},
        "Hoàn thành “Mật khẩu mạnh” đến hết 30/06/2026 (việc làm đúng hạn được gửi đến muộn tối đa 1 ngày)",
        "Complete “Mật khẩu mạnh” by the end of 30 June 2026 (what was done in time may arrive 1 day later)",
    ),
    (
        {"did": {"activity": A, "provenance": ["partner-asserted"]}},
        "Hoàn thành “Mật khẩu mạnh” (chỉ tính những gì hệ thống khác gửi về)",
        "Complete “Mật khẩu mạnh” (only what other systems report counts)",
    ),
    (
        {"did": {"activity": A, "provenance": ["client-asserted"]}},
        "Hoàn thành “Mật khẩu mạnh” (chỉ tính những gì bài học và trang web gửi về)",
        "Complete “Mật khẩu mạnh” (only what lessons and pages report counts)",
    ),
    (
        {"did": {"activity": A, "provenance": ["client-asserted", "partner-asserted", "staff-asserted"]}},
        "Hoàn thành “Mật khẩu mạnh”",
        "Complete “Mật khẩu mạnh”",
    ),
    (
        {"did": {"activity": A, "provenance": ["client-asserted", "staff-asserted"]}},
        "Hoàn thành “Mật khẩu mạnh” (chỉ tính những gì bài học và trang web gửi về hoặc người của chúng tôi tự tay xác nhận)",
        "Complete “Mật khẩu mạnh” (only what lessons and pages report or somebody here confirms by hand counts)",
    ),
    (
        {"did": {"activity": A, "credential": [KEY]}},
        "Hoàn thành “Mật khẩu mạnh” (chỉ tính những gì gửi bằng khóa “Hệ thống sở”)",
        "Complete “Mật khẩu mạnh” (only what comes with the key “Hệ thống sở” counts)",
    ),
    (
        {"score": {"activity": FINAL, "atLeast": 0.825}},
        "Đạt ít nhất 82,5% ở “Bài kiểm tra cuối”",
        "Score at least 82.5% in “Bài kiểm tra cuối”",
    ),
    (
        {"score": {"activity": FINAL, "atLeast": 0.5, "which": "last"}},
        "Đạt ít nhất 50% ở “Bài kiểm tra cuối” (tính kết quả cuối cùng)",
        "Score at least 50% in “Bài kiểm tra cuối” (the last result counts)",
    ),
    (
        {"score": {"activity": FINAL, "atLeast": 1, "which": "first", "credential": [KEY]}},
        "Đạt 100% ở “Bài kiểm tra cuối” (tính kết quả đầu tiên; chỉ tính những gì gửi bằng khóa “Hệ thống sở”)",
        "Score 100% in “Bài kiểm tra cuối” (the first result counts; only what comes with the key “Hệ thống sở” counts)",
    ),
    (
        {"score": {"activity": FINAL, "atLeast": 0.8, "verbs": [ADL + "passed"]}},
        "Đạt ít nhất 80% ở “Bài kiểm tra cuối” (chỉ tính những gì mang động từ “passed”)",
        "Score at least 80% in “Bài kiểm tra cuối” (only what is called “passed” counts)",
    ),
    (
        {"score": {"tag": SKILLS, "atLeast": 0.8}},
        "Đạt ít nhất 80% ở cả 12 bài của “kỹ năng số”",
        "Score at least 80% in all 12 lessons of “kỹ năng số”",
    ),
    (
        {"duration": {"minutes": 1}},
        "Học ít nhất 1 phút",
        "Learn for at least 1 minute",
    ),
    (
        {"duration": {"minutes": 120, "activity": A}},
        "Học ít nhất 2 giờ ở “Mật khẩu mạnh”",
        "Learn for at least 2 hours in “Mật khẩu mạnh”",
    ),
    (
        {"duration": {"minutes": 61, "tag": SKILLS, "verbs": [ADL + "suspended", ADL + "terminated"]}},
        "Học ít nhất 1 giờ 1 phút ở 12 bài của “kỹ năng số”",
        "Learn for at least 1 hour 1 minute in the 12 lessons of “kỹ năng số”",
    ),
    (
        {"duration": {"minutes": 45, "activities": FOUR, "verbs": [ADL + "attended"]}},
        "Học ít nhất 45 phút ở 4 bài đã chọn (chỉ tính những gì mang động từ “attended”)",
        "Learn for at least 45 minutes in the 4 chosen lessons (only what is called “attended” counts)",
    ),
    (
        {"count": {"atLeast": 1, "distinct": "activity"}},
        "Hoàn thành ít nhất 1 bài",
        "Complete at least 1 lesson",
    ),
    (
        {"count": {"atLeast": 5, "distinct": "activity"}},
        "Hoàn thành ít nhất 5 bài",
        "Complete at least 5 different lessons",
    ),
    (
        {"count": {"atLeast": 10, "distinct": "activity", "tag": SKILLS}},
        "Hoàn thành ít nhất 10 trong 12 bài của “kỹ năng số”",
        "Complete at least 10 of the 12 lessons of “kỹ năng số”",
    ),
    (
        {"count": {"atLeast": 2, "distinct": "activity", "activities": [A, B, C]}},
        "Hoàn thành ít nhất 2 trong “Mật khẩu mạnh”, “Nhận biết lừa đảo” và “Chữ ký số”",
        "Complete at least 2 of “Mật khẩu mạnh”, “Nhận biết lừa đảo”, and “Chữ ký số”",
    ),
    (
        {"count": {"atLeast": 3, "distinct": "activity", "activities": FOUR, "verbs": [ADL + "attended"]}},
        "Tham dự ít nhất 3 trong 4 bài đã chọn",
        "Attend at least 3 of the 4 chosen lessons",
    ),
    (
        {"count": {"atLeast": 1, "distinct": "registration", "activity": A}},
        "Hoàn thành “Mật khẩu mạnh” ít nhất 1 lần",
        "Complete “Mật khẩu mạnh” at least 1 time",
    ),
    (
        {"count": {"atLeast": 3, "distinct": "registration", "activities": [A, B]}},
        "Hoàn thành “Mật khẩu mạnh” hoặc “Nhận biết lừa đảo” ít nhất 3 lần",
        "Complete “Mật khẩu mạnh” or “Nhận biết lừa đảo” at least 3 times",
    ),
    (
        {"count": {"atLeast": 5, "distinct": "day", "tag": SKILLS}},
        "Hoàn thành một bài của “kỹ năng số” vào ít nhất 5 ngày",
        "Complete a lesson of “kỹ năng số” on at least 5 different days",
    ),
    (
        {"count": {"atLeast": 1200, "distinct": "day", "activities": FOUR}},
        "Hoàn thành một trong 4 bài đã chọn vào ít nhất 1.200 ngày",
        "Complete one of 4 chosen lessons on at least 1,200 different days",
    ),
    (
        {"confirmed": {"by": ["mentor"]}},
        "Được một người khác (người hướng dẫn) xác nhận",
        "Be confirmed by somebody else (mentor)",
    ),
    (
        {"confirmed": {"by": ["mentor", "administrator"], "activity": A}},
        "Được một người khác (người hướng dẫn hoặc quản trị viên) xác nhận đã làm “Mật khẩu mạnh”",
        "Be confirmed by somebody else (mentor or administrator) for “Mật khẩu mạnh”",
    ),
    (
        {"confirmed": {"by": ["mentor"], "atLeast": 2, "tag": SKILLS}},
        "Được ít nhất 2 người khác (người hướng dẫn) xác nhận đã làm một bài của “kỹ năng số”",
        "Be confirmed by at least 2 other people (mentor) for a lesson of “kỹ năng số”",
    ),
    (
        {"any": [{"did": {"activity": A}}, {"did": {"activity": B}}]},
        "Hoàn thành “Mật khẩu mạnh” hoặc hoàn thành “Nhận biết lừa đảo”",
        "Complete “Mật khẩu mạnh” or complete “Nhận biết lừa đảo”",
    ),
    (
        {
            "any": [
                {"did": {"activity": A}},
                {"all": [{"did": {"activity": B}}, {"score": {"activity": FINAL, "atLeast": 0.8}}]},
            ]
        },
        "Hoàn thành “Mật khẩu mạnh” hoặc (hoàn thành “Nhận biết lừa đảo” và đạt ít nhất 80% ở “Bài kiểm tra cuối”)",
        "Complete “Mật khẩu mạnh” or (complete “Nhận biết lừa đảo” and score at least 80% in “Bài kiểm tra cuối”)",
    ),
    (
        {"all": [{"any": [{"did": {"activity": A}}]}, {"confirmed": {"by": ["mentor"]}}]},
        "Hoàn thành “Mật khẩu mạnh” và được một người khác (người hướng dẫn) xác nhận",
        "Complete “Mật khẩu mạnh” and be confirmed by somebody else (mentor)",
    ),
    (
        {
            "atLeast": {
                "n": 2,
                "of": [{"did": {"activity": A}}, {"did": {"activity": B}}, {"confirmed": {"by": ["mentor"]}}],
            }
        },
        "Ít nhất 2 trong số: hoàn thành “Mật khẩu mạnh”; hoàn thành “Nhận biết lừa đảo”; được một người khác (người hướng dẫn) xác nhận",
        "At least 2 of these: complete “Mật khẩu mạnh”; complete “Nhận biết lừa đảo”; be confirmed by somebody else (mentor)",
    ),
    (
        {
            "all": [
                {"did": {"activity": A}},
                {"atLeast": {"n": 1, "of": [{"did": {"activity": B}}, {"did": {"activity": C}}]}},
            ]
        },
        "Hoàn thành “Mật khẩu mạnh” và (ít nhất 1 trong số: hoàn thành “Nhận biết lừa đảo”; hoàn thành “Chữ ký số”)",
        "Complete “Mật khẩu mạnh” and (at least 1 of these: complete “Nhận biết lừa đảo”; complete “Chữ ký số”)",
    ),
]


@pytest.mark.parametrize(("said", "vi", "en"), TOLD, ids=[en for _, _, en in TOLD])
def test_a_rule_is_told_in_both_languages(said: Any, vi: str, en: str) -> None:
    rule = language.resolved(reading.read(said), KNOWN)

    assert sentence(rule, words("vi"), NAMES) == vi
    assert sentence(rule, words("en"), NAMES) == en


def test_the_table_says_each_word_of_the_language() -> None:
    def of(said: Any) -> set[str]:
        inside = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
        return (set(said) if isinstance(said, dict) else set()).union(*map(of, inside))

    schema = reading.SCHEMA["$defs"]
    nodes = schema["node"]["properties"]
    words_of_it = {*nodes, *schema["selection"]["properties"]}.union(
        *(each.get("properties", ()) for each in nodes.values())
    )
    assert words_of_it - of([said for said, _, _ in TOLD]) == set()


def test_a_tag_is_told_before_it_is_known_what_it_stands_for() -> None:
    said = [
        {"did": {"tag": SKILLS}},
        {"duration": {"minutes": 5, "tag": SKILLS}},
        {"count": {"atLeast": 2, "distinct": "activity", "tag": SKILLS}},
    ]

    assert [sentence(reading.read(each), words("en")) for each in said] == [
        "Complete all lessons of “kỹ năng số”",
        "Learn for at least 5 minutes in the lessons of “kỹ năng số”",
        "Complete at least 2 of the lessons of “kỹ năng số”",
    ]


def test_a_condition_can_be_told_of_one_activity_alone() -> None:
    (_, leaf), *_ = language.leaves(rule_of({"did": {"tag": "two"}}))

    assert sentence(about(leaf, A), words("en"), NAMES) == "Complete “Mật khẩu mạnh”"
    assert about(leaf, None) == leaf


@settings(deadline=None)
@given(RULES)
def test_every_rule_is_one_sentence(said: Any) -> None:
    for each in ("vi", "en"):
        told = sentence(rule_of(said), words(each))
        assert told.lstrip("(")[0].isupper()
        assert "%(" not in told
        assert "  " not in told
        assert told.count("(") == told.count(")")


def test_what_is_joined_in_a_group_of_its_own_keeps_its_brackets() -> None:
    one, two, three = ({"did": {"activity": each}} for each in (A, B, C))
    said = {"all": [{"all": [{"any": [one, two]}]}, three]}

    told = sentence(reading.read(said), words("en"), NAMES)
    assert told == "(Complete “Mật khẩu mạnh” or complete “Nhận biết lừa đảo”) and complete “Chữ ký số”"


def test_different_rules_are_told_differently() -> None:
    told = [sentence(language.resolved(reading.read(said), KNOWN), words("vi"), NAMES) for said, _, _ in TOLD]

    assert len(told) - len(set(told)) == 1  # every provenance that there is means the same as none
