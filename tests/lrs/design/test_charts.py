"""Charts: figures in, coordinates out."""

import pytest

from lrs.design import charts
from lrs.design.charts import HEIGHT, WIDTH


def test_the_longest_bar_takes_the_room_and_the_others_their_share() -> None:
    found = charts.bars([("a", 4993), ("b", 2496.5), ("c", 0)])

    assert [(bar.label, bar.length) for bar in found.bars] == [("a", WIDTH), ("b", WIDTH / 2), ("c", 0)]


@pytest.mark.parametrize("figures", [[], [("a", 0)], [("a", 0), ("b", 0)]])
def test_nothing_can_be_drawn_too(figures: list[tuple[str, float]]) -> None:
    assert {bar.length for bar in charts.bars(figures).bars} <= {0}
    assert {bar.length for bar in charts.stacked(figures).bars} <= {0}
    assert charts.line(figures).heights == (4, 3, 2, 1, 0)


def test_shares_lie_end_to_end_and_fill_the_bar() -> None:
    found = charts.stacked([("a", 6), ("b", 3), ("c", 3)])

    assert [(bar.start, bar.length, bar.tone) for bar in found.bars] == [(0, 300, 1), (300, 150, 2), (450, 150, 3)]
    assert found.whole == 12


def test_no_more_tones_than_can_be_told_apart() -> None:
    assert [bar.tone for bar in charts.stacked([(str(n), 1) for n in range(6)]).bars] == [1, 2, 3, 4, 4, 4]


@pytest.mark.parametrize(
    ("most", "top"),
    [
        (0, 4),
        (1, 4),
        (4, 4),
        (5, 8),
        (9, 20),
        (20, 20),
        (21, 40),
        (86, 100),
        (101, 200),
        (14464, 20000),
        (311243, 400000),
    ],
)
def test_a_scale_ends_at_a_round_figure_in_whole_steps(most: int, top: int) -> None:
    found = charts.line([("01", 0), ("02", most)])

    assert found.heights[0] == top
    assert all(height == int(height) for height in found.heights)


def test_a_line_goes_from_edge_to_edge_and_never_beyond() -> None:
    found = charts.line([("01", 0), ("02", 2), ("03", 4)])

    assert found.points == f"0,{HEIGHT} {WIDTH // 2},{HEIGHT // 2} {WIDTH},0"
    assert found.area == f"0,{HEIGHT} {found.points} {WIDTH},{HEIGHT}"
    assert found.rungs == (0, 50, 100, 150, 200)
    assert charts.line([("01", 4)]).points == "0,0"
