"""What is to be reached, and what others reach: one table each. Ratios count; absolute figures only size them for two cores."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.figures import Figure

INDEXED = ("statementId", "agent", "registration", "verb + activity", "latest 100", "since and until")
RELATED = ("related_activities", "related_agents")

STORES = ("folder", "S3")
CONTENT = ("8 KB files", "100 KB files", "1 MB of a film", "a film of 20 MB")

ONCE = "nginx that asks once"

COMMITS = "commits, 8 connections"
LEARNERS = "commits of 100 learners at 300/s"

AWARD = tuple(
    f"an award, {how}"
    for how in (
        "with nothing besides",
        "beside 200 statements/s",
        "beside batches of 500",
        "whoever leads being killed",
    )
)

LIMITS = {
    "single, 1 connection": 0.40,
    "single, 32 connections": 0.45,
    "batch 100, 1 connection": 0.55,
    "batch 100, 4 connections": 0.55,
    **{f"large package, {store}": 1 / 1.5 for store in STORES},
    "sign-in": 0.9,
    **{f"{kind}, service": 0.5 for kind in CONTENT},
    **{f"{kind}, {way}": 0.9 for kind in CONTENT for way in ("X-Accel", ONCE)},
}
"""At least so much of what the database takes by itself, measured in the same run."""

RATES = {
    "single, 1 connection": 1400,
    "single, 32 connections": 3000,
    "batch 100, 4 connections": 14_000,
    "state PUT, 8 connections": 2500,
    "state GET, 8 connections": 4000,
    COMMITS: 300,
    **{f"small packages, {store}": 5 for store in STORES},
    "SetValue, SCORM 1.2": 20_000,
    "SetValue, SCORM 2004": 20_000,
    "certificates, drawn and signed": 500 / 60,
    "certificates, a signed PDF checked": 100,
    "certificates, pages of one PDF": 500 / 60,
    "rules, a replay of everybody": 20_000,
    "rules, each fact with its state read and written": 6000,
    "rules, statements into facts": 20_000,
    "awards, following": 2000,
    "awards, a replay of the record": 3334,
    "awards, a dry run for everybody": 250,
}
"""At least so many a second, on two cores."""

MEMORY = {f"memory of a large package, {store}": 150 for store in STORES} | {
    "certificates, memory of one PDF": 50,
    "awards, memory of a replay": 20,
}
"""MiB that the service may have above idle, and that it may take more once a third is done."""

SLOWEST = {
    "single, 32 connections": 35.0,
    "certificates, the first of a process": 1000.0,
    "rules, why not yet": 20.0,
    "awards, why not yet": 20.0,
    **dict.fromkeys(AWARD, 1000.0),
}
"""Milliseconds within which 99 of 100 are answered."""

PEOPLE = ("first page", "two words", "1,270 by name", "two beginnings", "a common name", "nobody")

NAVIGATION = {"202 items": 20.0, "1,000 items": 100.0, "1,000 items in one row": 100.0}

SLOW = (
    {LEARNERS: 50.0, "a code checked, 1 connection": 10.0, "home": 50.0, "progress of 128 units": 200.0}
    | {f"people, {page}": 100.0 for page in PEOPLE}
    | {f"navigation, {course}": most for course, most in NAVIGATION.items()}
)
"""Milliseconds within which 95 of 100 are answered."""

FLAT = {COMMITS: 0.8, "progress of 128 units": 0.7}
"""At least so much of the rate at the smallest size is left at the largest."""

GROWTH = 1.5
"""A query at the largest size may take so many times what it takes at the smallest."""

MORE = 1.0
"""Milliseconds that it may take longer."""

PAGE = dict.fromkeys(("verb + activity", *RELATED), 2.5)
"""Milliseconds for a hundred hits at the largest size."""

ELSEWHERE = "measured elsewhere, on two cores"
RATES_OF_OTHERS = (
    ("single, 1 connection", "ADL_LRS", 10.8, 100),
    ("single, 32 connections", "ADL_LRS", 25, 100),
    ("batch 100, 4 connections", "ADL_LRS", 102, 100),
    ("single, 1 connection", "Ralph over an ideal store", 483, 2.5),
    ("single, 32 connections", "Ralph over an ideal store", 464, 6),
    ("batch 100, 4 connections", "Ralph over an ideal store", 5538, 2.5),
    ("batch 100, 4 connections", "SQL LRS's pattern at its best", 4600, 3),
    ("state PUT, 8 connections", "ADL_LRS", 14, 150),
    ("state GET, 8 connections", "ADL_LRS", 15, 150),
)
"""Who reaches what a second, and how many times that is ours."""

TIMES_OF_OTHERS = (
    ("statementId", "ADL_LRS at 9 thousand", 80, 80),
    ("agent", "ADL_LRS at 9 thousand", 93, 80),
    ("registration", "ADL_LRS at 9 thousand", 83, 80),
    ("verb + activity", "ADL_LRS at 9 thousand", 90, 80),
    ("related_activities", "ADL_LRS at 9 thousand", 944, 350),
    ("related_agents", "ADL_LRS at 9 thousand", 156, 60),
)
"""Whose queries take how many milliseconds, and how many times faster ours are."""


@dataclass(frozen=True)
class Line:
    """One line of the table: what was measured, beside what, and whether that is enough."""

    what: str
    figure: str
    beside: str
    ratio: float | None
    target: str
    reached: bool


def lines(figures: Sequence[Figure]) -> list[Line]:
    """Hold figures against all targets that they have something to say about."""
    return [
        line
        for about in (_limits, _rates, _flat, _memory, _growth, _pages, _rates_of_others, _times_of_others)
        for line in about(figures)
    ]


def _limits(figures: Sequence[Figure]) -> Iterator[Line]:
    for one in figures:
        if one.ratio is not None and one.limit is not None and one.name in LIMITS:
            least = LIMITS[one.name]
            beside = f"{one.limit:,.0f} {one.limit_name}"
            yield Line(one.name, _rate(one), beside, one.ratio, f"≥ {least:.2f} of the limit", one.ratio >= least)


def _rates(figures: Sequence[Figure]) -> Iterator[Line]:
    for one in figures:
        if one.name in RATES:
            least = RATES[one.name]
            yield Line(one.name, _rate(one), "", None, f"≥ {round(least, 1):,} a second", one.median() >= least)
        if one.name in SLOWEST:
            most, found = SLOWEST[one.name], one.median("p99")
            yield Line(one.name, f"p99 {found:.1f} ms", "", None, f"≤ {most:.0f} ms", found <= most)
        if one.name in SLOW:
            most, found = SLOW[one.name], statistics.median(each.spread[19] for each in one.rounds)
            yield Line(one.name, f"p95 {found:.1f} ms", "", None, f"≤ {most:.0f} ms", found <= most)


def _flat(figures: Sequence[Figure]) -> Iterator[Line]:
    for name, least in FLAT.items():
        each = sorted((one for one in figures if one.name == name), key=_size)
        if len(each) > 1:
            small, large = each[0], each[-1]
            ratio = large.median() / small.median()
            what, beside = f"{name}, {small.size:,} to {large.size:,}", f"{_rate(small)} at {small.size:,}"
            yield Line(what, _rate(large), beside, ratio, f"≥ {least:.2f} of it", ratio >= least)


def _memory(figures: Sequence[Figure]) -> Iterator[Line]:
    for one in figures:
        if one.name in MEMORY:
            most, found = MEMORY[one.name], max(each.rate for each in one.rounds)
            yield Line(one.name, f"at most {found:+.0f} MiB above idle", "", None, f"≤ {most} MiB", found <= most)


def _growth(figures: Sequence[Figure]) -> Iterator[Line]:
    for name in (*INDEXED, *RELATED):
        grown = sorted((one for one in figures if one.name == name), key=_size)
        if len(grown) < 2:  # noqa: PLR2004 - from one to another
            continue
        small, large = grown[0], grown[-1]
        early, late = small.median("p50"), large.median("p50")
        what = f"{name}, {small.size:,} to {large.size:,}"
        figure, beside = f"p50 {late:.2f} ms", f"{early:.2f} ms at {small.size:,}"
        yield Line(what, figure, beside, late / early, f"≤ {GROWTH} times", late / early <= GROWTH)
        if name in INDEXED:
            yield Line(what, figure, beside, None, f"≤ {MORE:.0f} ms more", late - early <= MORE)


def _pages(figures: Sequence[Figure]) -> Iterator[Line]:
    for one in _largest(figures, PAGE):
        found, most = one.median("p50"), PAGE[one.name]
        yield Line(
            f"{one.name} at {one.size:,}, {one.note}", f"p50 {found:.2f} ms", "", None, f"≤ {most} ms", found <= most
        )


def _rates_of_others(figures: Sequence[Figure]) -> Iterator[Line]:
    yield from _others(figures, RATES_OF_OTHERS, _rate, lambda one, theirs: one.median() / theirs, "a second")


def _times_of_others(figures: Sequence[Figure]) -> Iterator[Line]:
    largest = _largest(figures, [name for name, *_ in TIMES_OF_OTHERS])
    yield from _others(
        largest,
        TIMES_OF_OTHERS,
        lambda one: f"p50 {one.median('p50'):.2f} ms",
        lambda one, theirs: theirs / one.median("p50"),
        "ms",
    )


def _others(
    figures: Sequence[Figure],
    table: Sequence[tuple[str, str, float, float]],
    figure: Callable[[Figure], str],
    ratio: Callable[[Figure, float], float],
    unit: str,
) -> Iterator[Line]:
    for name, who, theirs, least in table:
        for one in figures:
            if one.name == name:
                times = ratio(one, theirs)
                beside = f"{theirs:,} {unit}: {who} ({ELSEWHERE})"
                yield Line(name, figure(one), beside, times, f"≥ {least} times", times >= least)


def _largest(figures: Sequence[Figure], names: Sequence[str] | dict[str, float]) -> list[Figure]:
    found = {one.name: one for one in sorted(figures, key=_size) if one.name in names}
    return list(found.values())


def _rate(one: Figure) -> str:
    return f"{one.median():,.0f} {one.unit}"


def _size(one: Figure) -> int:
    return one.size
