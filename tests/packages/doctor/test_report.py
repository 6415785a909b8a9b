"""A report is figures, and comes back from JSON as it was."""

from packages.doctor.report import Report, Share

REPORT = Report("iSpring", 2, 5, 1, 61.5, ("vi", "en"), (Share("video", 1, 1_000_000), Share("pages", 5, 250_000)))


def test_it_comes_back_as_it_was() -> None:
    assert Report.from_json(REPORT.to_json()) == REPORT


def test_one_that_was_never_made_is_empty() -> None:
    assert Report.from_json({}) == Report()


def test_what_it_weighs_is_told_as_time_on_a_slow_line() -> None:
    assert (REPORT.size, REPORT.wait) == (1_250_000, 10.0)
