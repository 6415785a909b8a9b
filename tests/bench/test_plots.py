"""Plots are pictures that any browser reads."""

from lxml import etree

from bench import plots

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing: str) -> etree._Element:
    return etree.fromstring(drawing.encode())


def test_a_longer_bar_stands_for_more() -> None:
    picture = parsed(plots.bars("Tốc độ", "1/s", {"một": {"service": 10.0, "limit": 40.0}}))

    bars = [float(bar.get("width", "")) for bar in picture.iter(f"{SVG}rect") if bar.get("height") == "14"]
    assert bars[1] == 4 * bars[0]


def test_a_curve_goes_up_where_its_values_do() -> None:
    picture = parsed(plots.curves("p50", "statements", "ms", {"agent": [(10.0, 1.0), (1000.0, 3.0)]}, logarithmic=True))

    (line,) = picture.iter(f"{SVG}polyline")
    (left, low), (right, high) = (map(float, point.split(",")) for point in line.get("points", "").split())
    assert left < right
    assert high < low  # a picture's y runs downwards


def test_magnitudes_lie_equally_far_apart() -> None:
    points = [(10.0, 1.0), (100.0, 1.0), (1000.0, 1.0)]

    picture = parsed(plots.curves("p50", "statements", "ms", {"agent": points}, logarithmic=True))

    xs = [float(point.get("cx", "")) for point in picture.iter(f"{SVG}circle")]
    assert round(xs[1] - xs[0], 1) == round(xs[2] - xs[1], 1)


def test_a_name_cannot_break_the_picture() -> None:
    picture = parsed(plots.bars("<a & b>", "1/s", {"<c>": {"d": 1.0}}))

    assert "<c>" in [words.text for words in picture.iter(f"{SVG}text")]


def test_nothing_is_drawn_as_nothing() -> None:
    points = plots.curves("p50", "statements", "ms", {"agent": [(1.0, 0.0)]})

    assert "nan" not in points
