"""A whole measurement, small: the real service, the real load, a real report."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bench import commits, opening, packages
from bench.__main__ import arguments, main
from bench.lines import LoadFailed
from bench.load import Load
from bench.queries import Known, confirm, fill
from bench.service import ROOT, Service, ground
from bench.targets import CONTENT, ONCE
from packages.lessons.lesson import SHELF
from tests.parts.chromium import find_chromium
from tests.parts.left_out import or_left_out
from tests.parts.nginx import find_nginx

if TYPE_CHECKING:
    from pathlib import Path

SMALL = ("--rounds", "1", "--seconds", "0.2", "--sizes", "1000", "1500", "--asked", "3", "--name", "small")


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["singels"])

    assert "singels" in capsys.readouterr().err


def test_the_full_measurement_goes_up_to_a_million() -> None:
    assert arguments(["--full"]).sizes[-1] == 1_000_000


def test_what_is_written_on_sqlite_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["singles", "state", "--on", "sqlite", *SMALL, "--into", str(tmp_path)])

    told = json.loads((tmp_path / "small.json").read_text("utf-8"))
    figures = {one["name"]: one["rounds"][0] for one in told["figures"]}
    assert figures["single, 32 connections"]["limit"] > 0
    assert figures["state GET, 8 connections"]["requests"] > 0
    assert "the part batches" in told["not_measured"]
    assert "≥ 0.40 of the limit" in capsys.readouterr().out


@pytest.mark.long
def test_commits_are_measured_among_few_attempts_and_among_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commits, "SIZES", (100, 150))

    main(["commits", "--on", "sqlite", *SMALL, "--into", str(tmp_path)])

    figures = json.loads((tmp_path / "small.json").read_text("utf-8"))["figures"]
    assert [(one["name"], one["size"]) for one in figures] == [
        ("commits, 8 connections", 100),
        ("commits, 8 connections", 150),
        ("commits of 100 learners at 300/s", 150),
    ]
    assert all(one["rounds"][0]["requests"] > 0 for one in figures)


@pytest.mark.long
def test_content_is_measured_beside_nginx(tmp_path: Path) -> None:
    with or_left_out():
        find_nginx()

    main(["content", "--on", "sqlite", *SMALL, "--into", str(tmp_path)])

    figures = json.loads((tmp_path / "small.json").read_text("utf-8"))["figures"]
    assert [one["name"] for one in figures] == [
        f"{kind}, {way}" for kind in CONTENT for way in ("service", "X-Accel", ONCE)
    ]
    assert all(one["rounds"][0]["limit"] > 0 for one in figures)


@pytest.mark.browser
@pytest.mark.long
def test_opening_is_measured_beside_a_plain_page(tmp_path: Path) -> None:
    with or_left_out():
        find_nginx()
        find_chromium()

    # In a process of its own: Playwright, once begun, does not begin again.
    command = [sys.executable, "-m", "bench", "opening", "--on", "sqlite", *SMALL, "--into", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=100)

    figures = json.loads((tmp_path / "small.json").read_text("utf-8"))["figures"]
    assert [one["name"] for one in figures] == [f"{slug}, {when}" for slug in SHELF for when in opening.TIMES]
    assert all(one["rounds"][0]["limit"] > one["rounds"][0]["rate"] > 0 for one in figures)


@pytest.mark.long
@pytest.mark.usefixtures("s3")  # left out where there is none
def test_packages_are_measured_beside_what_they_cost_without_a_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "QUICK", packages.Size(1_000_000, 20, 3))

    main(["packages", "--on", "sqlite", *SMALL, "--into", str(tmp_path)])

    figures = {one["name"]: one for one in json.loads((tmp_path / "small.json").read_text("utf-8"))["figures"]}
    for store in ("folder", "S3"):
        assert figures[f"small packages, {store}"]["rounds"][0]["requests"] == 3
        assert figures[f"large package, {store}"]["rounds"][0]["limit"] > 0
        assert "above idle" in figures[f"large package, {store}"]["note"]
        assert len(figures[f"memory of a large package, {store}"]["rounds"]) == 1


@pytest.mark.long
@pytest.mark.timeout(600)
def test_every_part_runs_on_postgresql(tmp_path: Path) -> None:
    main(["singles", "batches", "state", "queries", "workers", *SMALL, "--into", str(tmp_path)])

    told = json.loads((tmp_path / "small.json").read_text("utf-8"))
    assert "haidang serve" in {one["server"] for one in told["figures"]}
    assert len(told["workers"]) >= 6
    asked = {(one["name"], one["size"]): one["note"] for one in told["figures"]}
    assert asked["verb + activity, no hit", 1500] == "0 hits"
    assert {("agent", 1000), ("agent", 1500), ("agent, among 1000 references", 1500)} < set(asked)


def test_a_statement_that_is_missing_would_be_noticed() -> None:
    with ground("sqlite") as on:
        service = Service(on)
        load = Load(service, service.prepare(), 1.0)
        known = Known()
        with service:
            fill(load, known, 20)
            confirm(load, known, 0)
            known.seen += 1

            with pytest.raises(LoadFailed, match="of 21 statements 20 are there"):
                confirm(load, known, 0)
