"""Extensions, language maps, IRIs, UUIDs, timestamps and durations, wherever they stand (Data 4; 2.0: 4.2.7)."""

from typing import Any

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.parts.programs import V1, V2

RIGHT = "2026-01-31T08:00:00Z"
PLACES = ("object.definition.extensions", "result.extensions", "context.extensions")
VALUES: dict[str, Any] = {
    "null": None,
    "nothing": "",
    "an empty object": {},
    "an empty list": [],
    "a wrong type": True,
    "a number": -1.5e-7,
    "nulls within": {"a": [None, {"b": None}]},
    "what looks like a statement": {"actor": 1, "objectType": "agent", "id": ""},
    "keys that are no IRIs": {"": 1, "no iri": 2},
    "a NUL": "a\0b",
    "every alphabet": "Hải Đăng 灯台 🗼",
}

TIMESTAMPS_WRONG = (
    "",
    "2026",
    "2026-01-31",
    "2026-13-01T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-01-31T24:00:01Z",
    "2026-01-31T08:60:00Z",
    "2026-01-31T08:00:61Z",
    "31/01/2026 08:00",
    "2026-01-31T08:00:00-00",
    "2026-01-31T08:00:00-0000",
    "2026-01-31T08:00:00-00:00",
    "2026-01-31T08:00:00+25:00",
    "2026-01-31T08:00:00.Z",
    "2026-01-31T08:00:00ZZ",
    "2026-01-31T08:00:00 Hanoi",
    "20260131T080000Zx",
)
TIMESTAMPS_RIGHT = (
    "2026-01-31T08:00:00Z",
    "2026-01-31T08:00:00.1Z",
    "2026-01-31T08:00:00.123456789Z",
    "2026-01-31T08:00:00+00:00",
    "2026-01-31T15:00:00+07:00",
    "2026-01-30T22:30:00-09:30",
    "2024-02-29T00:00:00Z",
    "1969-07-20T20:17:40Z",
    "2016-12-31T23:59:60Z",
    "2016-12-31T23:59:60.5Z",
    "2017-01-01T06:59:60+07:00",
    "2016-12-31T18:59:60-05:00",
)
LEAPS_WRONG = (
    "2016-12-30T23:59:60Z",
    "2016-12-31T22:59:60Z",
    "2016-12-31T23:58:60Z",
    "2016-12-31T23:59:60+07:00",
    "2016-12-31T23:59:61Z",
)

DURATIONS_WRONG = (
    "",
    "P",
    "PT",
    "P1DT",
    "1H",
    "PT1",
    "P1S",
    "PT1D",
    "P4W1D",
    "P1W2DT3H",
    "P1DT1M1H",
    "P-1D",
    "-P1D",
    "pt1h",
    "PT1.5H30M",
    "P0001-00-00T00:00:00",
    "PT1H/PT2H",
    "PT 1H",
)
DURATIONS_RIGHT = (
    "PT0S",
    "P0D",
    "PT36H",
    "P1Y2M3DT4H5M6S",
    "P3Y6M4DT12H30M5.25S",
    "PT16559.14S",
    "PT1,5S",
    "PT0.123456789S",
    "P4W",
    "P0.5Y",
    "PT5M",
    "P23DT23H",
)

LANGUAGES_WRONG = ("", "a", "a12345678", "vi_VN", "vi-", "-vi", "tiếng-việt", "en-US-", "x-", "en-a", "abcdefghi", "1")
LANGUAGES_RIGHT = (
    "vi",
    "vi-VN",
    "VI-vn",
    "zh-Hant-TW",
    "es-419",
    "sl-rozaj-biske",
    "de-CH-1901",
    "zh-cmn-Hans-CN",
    "en-u-ca-buddhist",
    "x-hai-dang",
    "i-klingon",
    "cmn",
    "und",
)

IRIS_WRONG = (
    "",
    "lesson",
    "/lesson",
    "//example.org/lesson",
    "example.org/lesson",
    "#lesson",
    "1http://example.org",
    "ab=c://example.org",
    "http://example.org/a b",
    "http://example.org/<a>",
    "http://example.org/%zz",
    "http://exa mple.org",
    ":lesson",
)
IRIS_RIGHT = (
    "http://example.org",
    "https://example.org:8080/a/b?c=d&e=f#g",
    "urn:isbn:0451450523",
    "tag:example.org,2026:a",
    "mailto:an@example.org",
    "http://ví-dụ.vn/bài/1?tên=ả",
    "http://[2001:db8::1]/a",
    "x:",
    "HTTP://EXAMPLE.ORG/",
    "http://example.org/%E1%BA%A3",
)


def rules(place: str, right: str, wrongs: tuple[str, ...]) -> list[Rule]:
    return [Rule(f"{wrong!r} is none", {place: wrong}, {place: right}) for wrong in wrongs]


def rows(*values: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("value", values)


@requirement("Data 4.1", "4.2.7")
@BOTH
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_an_extension_holds_anything_and_comes_back(lrs: Lrs, version: str, place: str, value: object) -> None:
    made = said({place: {"http://example.org/ext": value, "x:": value}})
    lrs(version).post(made)
    kept = lrs(version).get(statementId=made["id"]).json
    for step in place.split("."):
        assert kept is not None
        kept = kept[step]

    assert kept == {"http://example.org/ext": value, "x:": value}


@requirement("Data 4.1", "4.2.7")
@each([Rule("its key is an IRI", {"": {"tries": 1}}, {"": {"x:tries": 1}}).under(place) for place in PLACES])
def test_an_extension(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 4.2", "4.2.7")
@each(
    [
        Rule(f"{wrong!r} is no language", {place: {wrong: "x"}}, {place: {"vi": "x"}})
        for place in ("verb.display", "object.definition.name", "object.definition.description")
        for wrong in LANGUAGES_WRONG
    ]
    + [
        Rule(f"{wrong!r} is no language", {"context.language": wrong}, {"context.language": "vi"})
        for wrong in LANGUAGES_WRONG
    ]
)
def test_a_language(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 4.2", "4.2.7")
@BOTH
@rows(*LANGUAGES_RIGHT)
def test_a_language_that_is_one(lrs: Lrs, version: str, value: str) -> None:
    assert lrs(version).post(said({"verb.display": {value: "x"}, "context.language": value})).status_code == 200


@requirement("Data 4.3", "4.2.7")
@each(
    [
        rule
        for place in ("verb.id", "object.id", "object.definition.type", "object.definition.moreInfo")
        for rule in rules(place, "http://example.org/a", IRIS_WRONG)
    ]
)
def test_an_iri(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 4.3", "4.2.7")
@BOTH
@rows(*IRIS_RIGHT)
def test_an_iri_that_is_one_is_found_character_by_character(lrs: Lrs, version: str, value: str) -> None:
    made = said({"object.id": value})
    lrs(version).post(made)

    assert made["id"] in lrs(version).found(activity=value)
    assert made["id"] not in lrs(version).found(activity=f"{value}a")


@requirement("Data 4.3", "4.2.7")
@BOTH
def test_iris_are_compared_as_they_are_written(lrs: Lrs, version: str) -> None:
    one, other = said({"object.id": "http://example.org/Same"}), said({"object.id": "http://EXAMPLE.org/%53ame"})
    lrs(version).post([one, other])

    assert other["id"] not in lrs(version).found(activity="http://example.org/Same")


@requirement("Data 4.4", "4.2.7")
@each(
    [
        rule
        for place in ("id", "context.registration")
        for rule in rules(
            place,
            "d3b0a1c2-2f4e-4a6b-8c7d-9e0f1a2b3c4e",
            ("", "1", "{d3b0a1c2-2f4e-4a6b-8c7d-9e0f1a2b3c4e}", "d3b0a1c22f4e4a6b8c7d9e0f1a2b3c4e"),
        )
    ]
)
def test_a_uuid(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 4.5", "4.2.7")
@each(rules("timestamp", RIGHT, TIMESTAMPS_WRONG) + rules("timestamp", "2016-12-31T23:59:60Z", LEAPS_WRONG))
def test_a_timestamp(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 4.5", "4.2.7")
@BOTH
@rows(*TIMESTAMPS_RIGHT)
def test_a_timestamp_that_is_one(lrs: Lrs, version: str, value: str) -> None:
    assert lrs(version).post(said({"timestamp": value})).status_code == 200


@requirement("Data 4.5", "4.2.7")
@pytest.mark.parametrize(("version", "status"), [(V1, 200), (V2, 400)])
@rows("2026-01-31T08:00:00", "2026-01-31T08:00:00+07", "2026-01-31T08:00:00+0700")
def test_1_0_3_recommends_rfc_3339_and_2_0_asks_for_it(lrs: Lrs, version: str, status: int, value: str) -> None:
    assert lrs(version).post(said({"timestamp": value})).status_code == status


@requirement("Data 4.5", "4.2.7")
@pytest.mark.parametrize(
    ("version", "sent", "returned"),
    [
        (V1, "2026-01-31T15:00:00.123456+07:00", "2026-01-31T15:00:00.123456+07:00"),
        (V2, "2026-01-31T15:00:00.123456+07:00", "2026-01-31T08:00:00.123456Z"),
        (V2, "2017-01-01T06:59:60+07:00", "2016-12-31T23:59:60Z"),
        (V2, "2026-01-31T08:00:00+00:00", "2026-01-31T08:00:00Z"),
        (V2, "2026-01-31T08:00:00.1239Z", "2026-01-31T08:00:00.1239Z"),
    ],
)
def test_a_timestamp_keeps_its_instant_and_its_precision(lrs: Lrs, version: str, sent: str, returned: str) -> None:
    made = said({"timestamp": sent})
    lrs(version).post(made)

    assert (lrs(version).get(statementId=made["id"]).json or {})["timestamp"] == returned


@requirement("Data 4.6", "4.2.7")
@each(rules("result.duration", "PT1H", DURATIONS_WRONG))
def test_a_duration(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 4.6", "4.2.7")
@BOTH
@rows(*DURATIONS_RIGHT)
def test_a_duration_that_is_one_comes_back_unrounded(lrs: Lrs, version: str, value: str) -> None:
    made = said({"result.duration": value})
    lrs(version).post(made)

    assert (lrs(version).get(statementId=made["id"]).json or {})["result"]["duration"] == value
