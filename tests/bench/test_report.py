"""A report says what was measured, where, and what was not."""

import json
from pathlib import Path

from bench.figures import Figure, Round
from bench.processes import Memory
from bench.report import NEVER, Report, markdown, table, write


def made() -> Report:
    slow, quick = (
        Round(rate=rate, p50=p50, p99=9.0, requests=5, limit=1000, spread=[p50] * 21)
        for rate, p50 in ((100, 8.0), (500, 2.0))
    )
    single = Figure(
        "single, 1 connection", "statements/s", [slow, quick, quick], "one statement a commit", server="haidang serve"
    )
    grown = [
        Figure("agent", "requests/s", [quick], size=size, note="10 hits", server="haidang serve")
        for size in (10_000, 1_000_000)
    ]
    memory = {"haidang serve": Memory(240.0, (20.0, 130.0))}
    return Report("quick", {"cores": "2", "commit": "abc"}, 3, [single, *grown], memory=memory)


def test_a_table_stands_straight() -> None:
    lines = table([["what", "figure"], ["single", "1"], ["b", "10,000"]]).splitlines()

    assert len({len(line) for line in lines}) == 1
    assert lines[1] == "| ------ | -----: |"


def test_a_page_says_all_of_it() -> None:
    page = markdown(made(), ["quick-throughput.svg"])

    for words in (
        "cores: 2",
        "500 statements/s",
        "0.50",
        "≥ 0.40 of the limit",
        "240 MiB",
        "agent at 1,000,000",
        "Rounds: 3, of queries one",
        *NEVER,
    ):
        assert words in page


def test_a_target_that_was_missed_is_said_to_be() -> None:
    assert "| NO |" in markdown(made(), []).replace("     ", " ").replace("  ", " ")


def test_what_is_written_can_be_read_again(tmp_path: Path) -> None:
    page = write(made(), tmp_path)

    told = json.loads(page.with_suffix(".json").read_text("utf-8"))
    assert [one["name"] for one in told["figures"]] == ["single, 1 connection", "agent", "agent"]
    assert told["figures"][0]["rounds"][1]["rate"] == 500


def test_a_page_shows_only_plots_that_were_written(tmp_path: Path) -> None:
    page = write(made(), tmp_path).read_text("utf-8")

    drawn = sorted(path.name for path in tmp_path.glob("*.svg"))
    assert drawn == ["quick-latency.svg", "quick-queries.svg", "quick-throughput.svg"]
    assert [name for name in drawn if f"]({name})" not in page] == []
