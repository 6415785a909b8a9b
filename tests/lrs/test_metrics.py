"""Figures in Prometheus' format: of this process, or of all workers together."""

import os
import struct
import subprocess
import sys
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from lrs import metrics

ROOT = Path(__file__).parents[2]


def figure(text: str, name: str, **labels: str) -> float:
    """Add up the samples of a name that have these labels."""
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return sum(sample.value for sample in samples if sample.name == name and labels.items() <= sample.labels.items())


def test_a_request_is_counted_and_timed() -> None:
    def counted() -> tuple[float, float, float]:
        text = metrics.exposition().decode()
        return (
            figure(text, "haidang_requests_total", host="app", method="GET", status="200"),
            figure(text, "haidang_request_seconds_count", host="app"),
            figure(text, "haidang_request_seconds_bucket", host="app", le="0.1"),
        )

    before = counted()
    metrics.count_request("app", "GET", 200, 0.07)
    assert counted() == tuple(value + 1 for value in before)


@pytest.mark.parametrize("method", ["BREW", "", "get", "NGUYỄN", "X" * 1000])
def test_a_made_up_method_makes_no_series_of_its_own(method: str) -> None:
    before = figure(metrics.exposition().decode(), "haidang_requests_total", method="other")

    metrics.count_request("app", method, 405, 0)
    text = metrics.exposition().decode()
    assert metrics.known_method(method) == "other"
    assert figure(text, "haidang_requests_total", method="other") == before + 1
    assert not method or f'"{method}"' not in text


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_a_method_of_http_keeps_its_name(method: str) -> None:
    assert metrics.known_method(method) == method


WORKER = """
from lrs import metrics
for _ in range({count}):
    metrics.count_request("app", "GET", 200, 0.01)
metrics.LAG.labels("outcomes").set({lag})
print(metrics.exposition().decode())
"""


def work(folder: Path, count: int, lag: float) -> str:
    """Count in a process of its own, and read what it says of all."""
    environ = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", WORKER.format(count=count, lag=lag)],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_figures_of_several_workers_are_one(tmp_path: Path) -> None:
    work(tmp_path, 3, 30.0)
    text = work(tmp_path, 4, 2.0)

    assert figure(text, "haidang_requests_total", host="app") == 7
    assert figure(text, "haidang_request_seconds_count") == 7
    assert figure(text, "haidang_follower_lag_seconds") == 2


def test_forgetting_a_worker_without_a_shared_folder_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)

    metrics.forget_worker(1)


@pytest.mark.parametrize("made", [True, False])
def test_a_worker_whose_file_is_half_made_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, made: bool
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    half = tmp_path / "counter_1.db"
    half.write_bytes(b"\1\0")
    soon = threading.Timer(metrics.PAUSE, half.unlink)
    if made:
        soon.start()

    told = nullcontext() if made else pytest.raises(struct.error)  # one that stays so is worth a look
    with told:
        assert metrics.exposition() == b""
    soon.cancel()
