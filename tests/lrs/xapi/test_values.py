"""Values (Data 4, 2.4.2.3)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import values
from tests.lrs.xapi.test_examples import BRIEF


@pytest.mark.parametrize(
    "text",
    [
        "http://example.vn",
        "https://example.vn/a/b?c=d#e",
        "http://example.com/فعل/خواندن",
        "http://[::1]:8080/",
        "urn:uuid:7ccd3322-e1a5-411a-a67d-6a735c76f119",
        "tag:example.vn,2026:x",
        "https://example.vn/?a[]=1",
        "https://example.vn/100%25",
        "mailto:lan@example.vn",
    ],
)
def test_an_iri_has_a_scheme(text: str) -> None:
    assert values.is_iri(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.vn",
        "/a/b",
        "//example.vn/a",
        "ab=c://example.vn",
        "1a:b",
        "http://a b",
        "http://a\n",
        "http://a/%zz",
        "http://a|b",
        "http://a#b#c",
    ],
)
def test_what_has_no_scheme_or_other_characters_is_no_iri(text: str) -> None:
    assert not values.is_iri(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("7ccd3322-e1a5-411a-a67d-6a735c76f119", True),
        ("7CCD3322-E1A5-411A-A67D-6A735C76F119", True),
        ("7ccd3322e1a5411aa67d6a735c76f119", False),
        ("{7ccd3322-e1a5-411a-a67d-6a735c76f119}", False),
        ("7ccd3322-e1a5-411a-a67d-6a735c76f1190", False),
        ("7ccd3322-e1a5-411a-a67d-6a735c76f11g", False),
        ("7ccd3322-e1a5-411a-a67d-6a735c76f119\n", False),
    ],
)
def test_a_uuid_is_in_its_standard_form(text: str, *, right: bool) -> None:
    assert values.is_uuid(text) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("mailto:lan@example.vn", True),
        ("mailto:o'neil+x@example.vn", True),
        ("mailto:lan@ví-dụ.vn", True),
        ("mailto:lan@[127.0.0.1]", True),
        ("lan@example.vn", False),
        ("mailto:should.fail.com", False),
        ("mailto:lan@example.vn?subject=x", False),
        ("mailto:a@b@example.vn", False),
        ("mailto:a b@example.vn", False),
        ("mailto:@example.vn", False),
        ("mailto:lan@", False),
        ("MAILTO:lan@example.vn", False),
    ],
)
def test_an_mbox_is_mailto_and_an_address(text: str, *, right: bool) -> None:
    assert values.is_mbox(text) is right


@pytest.mark.parametrize(
    "text",
    [
        "P4W",
        "P3Y",
        "P1M",
        "PT1H",
        "PT4H35M59.14S",
        "PT16559.14S",
        "P3Y1M29DT4H35M59.14S",
        "PT0S",
        "PT1,5S",
        "P1.5D",
        "P1DT12H36M0.12567S",
    ],
)
def test_a_duration_is_weeks_or_years_to_seconds(text: str) -> None:
    assert values.is_duration(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1DT",
        "P4W1D",
        "P1Y4W",
        "PA1H0M0S",
        "1H",
        "pt1h",
        "PT1.5H30M",
        "P1.5DT1H",
        "PT1M1H",
        "P0001-01-01",
        "-P1D",
        "P1D\n",
    ],
)
def test_other_texts_are_no_durations(text: str) -> None:
    assert not values.is_duration(text)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("PT1.239S", "PT1.23S", True),
        ("PT1.50S", "PT1.5S", True),
        ("PT1,5S", "PT1.5S", True),
        ("PT1.00S", "PT1S", True),
        ("PT1.004S", "PT1S", True),
        ("PT10S", "PT1S", False),
        ("PT1.24S", "PT1.23S", False),
        ("PT60S", "PT1M", False),
        ("P1.239D", "P1.23D", False),
    ],
)
def test_durations_are_compared_to_a_hundredth_of_a_second(one: str, other: str, *, alike: bool) -> None:
    assert (values.comparable_duration(one) == values.comparable_duration(other)) is alike


@pytest.mark.parametrize(
    "text",
    [
        "vi",
        "en-US",
        "es-419",
        "zh-Hant-TW",
        "zh-cmn-Hans-CN",
        "sl-rozaj-biske",
        "de-1996",
        "en-a-bbb-x-a-ccc",
        "x-lop-7a",
        "i-klingon",
        "sgn-BE-FR",
        "tlh",
    ],
)
def test_a_language_tag_is_well_formed(text: str) -> None:
    assert values.is_language(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a12345678",
        "en_US",
        "en-",
        "en--US",
        "abcdefghi",
        "zh-z-aaa-z-bbb",
        "de-1996-1996",
        "i-none",
        "x",
        "vi ",
        "tiếng-việt",
    ],
)
def test_other_texts_are_no_language_tags(text: str) -> None:
    assert not values.is_language(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31T08:00:00Z",
        "2026-01-31T08:00:00.123456789+07:00",
        "2026-01-31T08:00:00+00:00",
        "2024-02-29T23:59:59z",
        "2016-12-31T23:59:60Z",
        "2017-01-01T06:59:60.5+07:00",
    ],
)
def test_both_versions_take_an_rfc_3339_timestamp(text: str) -> None:
    assert values.is_timestamp(text, strict=True)
    assert values.is_timestamp(text, strict=False)


@pytest.mark.parametrize("text", ["2026-01-31T08:00:00", "2026-01-31T08:00:00+07", "2026-01-31T08:00:00+0700"])
def test_only_1_0_3_takes_another_zone_or_none(text: str) -> None:
    assert values.is_timestamp(text, strict=False)
    assert not values.is_timestamp(text, strict=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "01/011/2015",
        "2026-01-31",
        "2026-01-31T08:00Z",
        "2026-01-31T08:00:00-00",
        "2026-01-31T08:00:00-0000",
        "2026-01-31T08:00:00-00:00",
        "2026-02-29T08:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T08:00:61Z",
        "2026-01-31T08:00:60Z",
        "2016-12-30T23:59:60Z",
        "2016-12-31T23:59:60+07:00",
        "9999-12-31T23:59:60-01:00",
        "0001-01-01T00:00:00+01:00",
        "0000-01-01T00:00:00Z",
        "2026-01-31T08:00:00+24:00",
        "2026-01-31T08:00:00Z\n",
        "2026-01-31T08:00:00.Z",
        "２026-01-31T08:00:00Z",
    ],
)
def test_neither_version_takes_what_names_no_instant(text: str) -> None:
    assert not values.is_timestamp(text, strict=False)
    assert not values.is_timestamp(text, strict=True)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("2026-01-31T08:00:00Z", "2026-01-31T15:00:00+07:00", True),
        ("2026-01-31T08:00:00.1239Z", "2026-01-31T08:00:00.123Z", True),
        ("2026-01-31T08:00:00", "2026-01-31T08:00:00Z", True),
        ("2016-12-31T23:59:60Z", "2017-01-01T06:59:60+07:00", True),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", False),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", False),
        ("2026-01-31T08:00:00.123Z", "2026-01-31T08:00:00.124Z", False),
    ],
)
def test_timestamps_are_compared_as_instants(one: str, other: str, *, alike: bool) -> None:
    assert (values.instant(one) == values.instant(other)) is alike


def test_a_moment_keeps_its_order_around_a_leap_second() -> None:
    before, leap, after = (
        values.moment(text) for text in ("2016-12-31T23:59:59.9Z", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z")
    )

    assert before < leap < after
    assert leap.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "in_utc"),
    [
        ("2026-01-31T08:00:00z", "2026-01-31T08:00:00z"),
        ("2026-01-31T15:00:00.10+07:00", "2026-01-31T08:00:00.10Z"),
        ("2026-01-31T08:00:00+00:00", "2026-01-31T08:00:00Z"),
        ("2026-01-31T08:00:00", "2026-01-31T08:00:00Z"),
        ("2017-01-01T06:59:60.5+07:00", "2016-12-31T23:59:60.5Z"),
    ],
)
def test_a_timestamp_is_converted_to_utc_without_losing_a_digit(text: str, in_utc: str) -> None:
    assert values.in_utc(text) == in_utc
    assert values.instant(in_utc) == values.instant(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_is_read_as_the_same_moment(when: datetime) -> None:
    text = values.written(when)

    assert values.is_timestamp(text, strict=True)
    assert values.moment(text) == when


@BRIEF
@given(st.sampled_from(sorted(values.FORMATS)), st.text(max_size=30))
def test_a_format_answers_any_text(name: str, text: str) -> None:
    assert values.FORMATS[name](text) in {True, False}


@pytest.mark.parametrize("name", sorted(values.PATTERNS))
def test_a_hostile_text_is_answered_quickly(name: str) -> None:
    for piece in ("a", "1", "a-", "%20", "/", "@", "mailto:a", "P1Y", "http://a:", "1.0."):
        assert values.FORMATS[name](piece * 200_000) in {True, False}


@pytest.mark.parametrize("strict", [True, False])
def test_a_space_may_stand_for_the_t(strict: bool) -> None:  # noqa: FBT001
    assert values.is_timestamp("2008-09-15 15:53:00.601+00:00", strict=strict)  # RFC 3339 5.6, note
