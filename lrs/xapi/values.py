"""Values: IRI, UUID, timestamp, duration, language tag, mbox and hashes (Data 4.0, 2.4.2.3; 2.0: 4.2.7).

Each is one pattern, and a `format` of the JSON Schemas under the name it has in `FORMATS`.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

# RFC 3987: what may stand in an IRI besides its delimiters. Square brackets are forgiven in queries and paths,
# where they can do no harm and common software writes them (the LRS may validate on best effort: Data 2.2).
_BEYOND_ASCII = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd"
_PLAIN = rf"A-Za-z0-9\-._~!$&'()*+,;={_BEYOND_ASCII}"
_ESCAPED = "%[0-9A-Fa-f]{2}"
_AUTHORITY = (
    rf"(?:(?:[{_PLAIN}:]|{_ESCAPED})*@)?"
    rf"(?:\[[0-9A-Fa-f:.vV]+\]|(?:[{_PLAIN}]|{_ESCAPED})*)"
    r"(?::[0-9]*)?"
)
_PATH = rf"(?:[{_PLAIN}:@\[\]]|{_ESCAPED})"
_QUERY = rf"(?:[{_PLAIN}:@/?\[\]\ue000-\uf8ff]|{_ESCAPED})*"
_IRI = (
    r"[A-Za-z][A-Za-z0-9+\-.]*:"
    rf"(?://{_AUTHORITY}(?:/{_PATH}*)*|/?{_PATH}+(?:/{_PATH}*)*|/)?"
    rf"(?:\?{_QUERY})?(?:#{_QUERY})?"
)

_UUID = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"

_DOMAIN = "[A-Za-z0-9\u0080-\U0010ffff](?:[A-Za-z0-9.\\-\u0080-\U0010ffff]*[A-Za-z0-9\u0080-\U0010ffff])?"
_MBOX = rf"mailto:[^\x00-\x20@\x7f]+@(?:{_DOMAIN}|\[[0-9A-Fa-f:.A-Za-z]+\])"

_SHA1 = "[0-9A-Fa-f]{40}"
# SHA-2 is a family: 224, 256, 384 and 512 bits.
_SHA2 = "(?:[0-9A-Fa-f]{56}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128})"

_TOKEN = r"[A-Za-z0-9!#$%&'*+\-.^_`|~]+"  # noqa: S105 -- a token as HTTP means it, not a password
_MEDIA_TYPE = rf"{_TOKEN}/{_TOKEN}(?:[ \t]*;[^\x00-\x08\x0a-\x1f\x7f]*)?"

# ISO 8601:2004 4.4.3.2: weeks alone, or years to seconds in their order; only the smallest may have a fraction.
_N = "[0-9]+"
_F = "[0-9]+(?:[.,][0-9]+)?"
_DATE = f"(?:{_F}Y|(?:{_N}Y)?{_F}M|(?:{_N}Y)?(?:{_N}M)?{_F}D)"
_WHOLE_DATE = f"(?:{_N}Y(?:{_N}M)?(?:{_N}D)?|{_N}M(?:{_N}D)?|{_N}D)"
_TIME = f"T(?:{_F}H|(?:{_N}H)?{_F}M|(?:{_N}H)?(?:{_N}M)?{_F}S)"
_DURATION = f"P(?:{_F}W|{_DATE}|{_WHOLE_DATE}?{_TIME})"

# Data 2.4.10: every version that starts with 1.0 is accepted; 2.0 4.2.4.3 adds its own.
_VERSION_1 = r"1\.0(?:\.[0-9]+)?"
_VERSION_2 = r"[12]\.0(?:\.[0-9]+)?"

PATTERNS = {
    "xapi-iri": _IRI,
    "xapi-uuid": _UUID,
    "xapi-mbox": _MBOX,
    "xapi-sha1": _SHA1,
    "xapi-sha2": _SHA2,
    "xapi-duration": _DURATION,
    "xapi-media-type": _MEDIA_TYPE,
    "xapi-version-1.0": _VERSION_1,
    "xapi-version-2.0": _VERSION_2,
}
"""The formats that are one pattern and nothing else; both Python's and Rust's expressions read them alike."""

_USUAL_TIMESTAMP = (
    r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?Z"
)

USUAL = {
    "xapi-language": "[A-Za-z]{2,3}(?:-[A-Za-z]{2})?",
    "xapi-timestamp": _USUAL_TIMESTAMP,
    "xapi-timestamp-1.0": _USUAL_TIMESTAMP,
}
"""For the formats that are more than a pattern: nearly every value there is. The quick validator asks Python only about the others."""

_LANGUAGE = re.compile(
    r"""
    (?: [a-z]{2,3} (?:-[a-z]{3}){0,3} | [a-z]{4} | [a-z]{5,8} )
    (?: -[a-z]{4} )?
    (?: -(?:[a-z]{2}|[0-9]{3}) )?
    (?P<variants> (?: -(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}) )* )
    (?P<extensions> (?: -[0-9a-wyz](?:-[a-z0-9]{2,8})+ )* )
    (?: -x(?:-[a-z0-9]{1,8})+ )?
    | x(?:-[a-z0-9]{1,8})+
    | en-gb-oed | sgn-be-(?:fr|nl) | sgn-ch-de
    | i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_SINGLETON = re.compile(r"-([0-9a-wyz])(?=-)")

_SECONDS = re.compile(
    r"(?P<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    r"(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_RFC3339_ZONE = re.compile(r"[Zz]|[+-][0-9]{2}:[0-9]{2}")
_UNKNOWN_ZONES = frozenset({"-00", "-0000", "-00:00"})
_LEAP = "60"
_HUNDREDTHS = re.compile(r"([.,][0-9]{0,2})[0-9]*S\Z")

_MATCHES: dict[str, Callable[[str], object]] = {name: re.compile(text).fullmatch for name, text in PATTERNS.items()}


class NotATimestamp(ValueError):
    """A text that names no instant, or not in the way the specification asks."""


def is_iri(text: str) -> bool:
    """Tell whether a text is an IRI: it has a scheme (Data 2.2) and RFC 3987's characters."""
    return _MATCHES["xapi-iri"](text) is not None


def is_uuid(text: str) -> bool:
    """Tell whether a text is a UUID in its standard form (Data 4.4)."""
    return _MATCHES["xapi-uuid"](text) is not None


def is_mbox(text: str) -> bool:
    """Tell whether a text is `mailto:` and an e-mail address (Data 2.4.2.3)."""
    return _MATCHES["xapi-mbox"](text) is not None


def is_duration(text: str) -> bool:
    """Tell whether a text is an ISO 8601 duration (Data 4.6)."""
    return _MATCHES["xapi-duration"](text) is not None


def is_language(text: str) -> bool:
    """Tell whether a text is a language tag (RFC 5646 2.1 and 2.2.9: well-formed, no variant and no singleton twice)."""
    match = _LANGUAGE.fullmatch(text)
    if match is None:
        return False
    variants = (match["variants"] or "").lower().split("-")[1:]
    singletons = _SINGLETON.findall((match["extensions"] or "").lower())
    return len(set(variants)) == len(variants) and len(set(singletons)) == len(singletons)


def is_timestamp(text: str, *, strict: bool) -> bool:
    """Tell whether a text is a timestamp (Data 4.5); RFC 3339 to the letter if `strict`, as 2.0 asks."""
    try:
        _read(text, strict=strict)
    except NotATimestamp:
        return False
    return True


def moment(text: str) -> datetime:
    """Give the instant of a timestamp in UTC; a leap second is the last microsecond before it ends."""
    second, fraction, leap = _read(text, strict=False)
    return second.replace(microsecond=999_999 if leap else int(f"{fraction:0<6.6}"))


def instant(text: str) -> str:
    """Write the instant of a timestamp so that equal instants are equal texts: UTC, to the millisecond (Data 4.5)."""
    second, fraction, leap = _read(text, strict=False)
    return f"{_second(second, leap=leap)}.{fraction:0<3.3}"


def in_utc(text: str) -> str:
    """Write a timestamp in UTC, to the digit as precise as it was; one that is in UTC stays as it is."""
    second, fraction, leap = _read(text, strict=False)
    if text[-1] in "Zz":
        return text
    digits = f".{fraction}" if fraction else ""
    return f"{_second(second, leap=leap)}{digits}Z"


def written(when: datetime) -> str:
    """Write an instant as the server's own timestamps are: RFC 3339, in UTC (Data 4.5), to the microsecond."""
    return when.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def comparable_duration(text: str) -> str:
    """Write a duration for comparison: nothing beyond 0.01 s counts (Data 4.6)."""
    cut = _HUNDREDTHS.sub(lambda match: match[1].replace(",", ".").rstrip("0").rstrip(".") + "S", text)
    return cut.replace(",", ".")


def _read(text: str, *, strict: bool) -> tuple[datetime, str, bool]:
    """Take a timestamp apart: the second in UTC, the digits of its fraction, and whether it is a leap second."""
    match = _SECONDS.fullmatch(text)
    if match is None:
        raise NotATimestamp
    zone = match["zone"]
    # RFC 3339 4.3: an offset of -00:00 says that the zone is unknown, so that it names no instant for xAPI (Data 4.5).
    if zone in _UNKNOWN_ZONES:
        raise NotATimestamp
    # 2.0 4.2.7 asks for RFC 3339, where the zone is there and has a colon; 1.0.3 only recommends it (Data 4.5).
    if strict and (zone is None or not _RFC3339_ZONE.fullmatch(zone)):
        raise NotATimestamp
    # RFC 3339 5.7: a minute has 61 seconds only when a leap second ends it.
    leap = match["second"] == _LEAP
    second = "59" if leap else match["second"]
    try:
        local = datetime.fromisoformat(f"{match['minute'].upper()}:{second}{(zone or 'Z').upper()}")
        in_utc = local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotATimestamp from None
    if leap and not _can_leap(in_utc):
        raise NotATimestamp
    return in_utc, match["fraction"] or "", leap


def _second(second: datetime, *, leap: bool) -> str:
    text = second.isoformat(timespec="seconds").removesuffix("+00:00")
    return f"{text[:-2]}{_LEAP}" if leap else text


def _can_leap(second: datetime) -> bool:
    """Tell whether a leap second can follow: they end a month, at midnight UTC."""
    _, last_day = monthrange(second.year, second.month)
    return (second.day, second.hour, second.minute) == (last_day, 23, 59)


FORMATS: dict[str, Callable[[str], bool]] = {
    **{name: partial(lambda match, text: match(text) is not None, match) for name, match in _MATCHES.items()},
    "xapi-language": is_language,
    "xapi-timestamp": partial(is_timestamp, strict=True),
    "xapi-timestamp-1.0": partial(is_timestamp, strict=False),
}
"""Every format a schema may name."""
