"""What a run of the tests says at its end: what was left out and why, what was measured; also where several processes share the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.parts import scratch
from tests.parts.left_out import TURNS
from tests.parts.sharing import FIRST, PATIENT, TOGETHER, processes, share_of, turn_of

ROOT = Path(__file__).parents[1]
NOWHERE = "/nowhere/at-all"
MISSING = {
    "HAIDANG_TEST_POSTGRES": NOWHERE,
    "HAIDANG_TEST_S3_VENV": NOWHERE,
    "HAIDANG_TEST_CHROMIUM": NOWHERE,
    "HAIDANG_TEST_FIREFOX": NOWHERE,
    "HAIDANG_TEST_WEBKIT": NOWHERE,
}
PLUGINS = ["-p", "tests.parts.left_out", "-p", "tests.parts.fixtures", "-p", "pytest_timeout", "-p", "no:cacheprovider"]
FIGURES = ["-p", "tests.parts.figures"]
ASKING = """
    def test_postgres(postgres): pass
    def test_postgres_again(postgres): pass
    def test_s3(s3): pass
    def test_cases(cases): pass
    def test_screen(screen): pass
    def test_firefox(firefox): pass
    def test_webkit(webkit): pass
    def test_nothing(): pass
"""


class Run:
    """A pytest run of its own over a test file written here, with the fixtures and the list of this one."""

    def __init__(self, folder: Path, source: str, *options: str, **environ: str) -> None:
        file = folder / "test_inside.py"
        file.write_text(textwrap.dedent(source), encoding="utf-8")
        plain = {
            name: value
            for name, value in os.environ.items()
            if name != "CI" and not name.startswith(("HAIDANG", "PYTEST"))
        }
        command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "setup.cfg"), "--rootdir", str(ROOT)]
        done = subprocess.run(
            [*command, *PLUGINS, str(file), *options],
            cwd=ROOT,
            env={**plain, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environ},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        self.status = done.returncode
        self.lines = done.stdout.strip().splitlines()
        self.last = self.lines[-1]

    @property
    def left_out(self) -> list[str]:
        """The lines of the last section: all between its heading and pytest's own last lines."""
        heading = next(number for number, line in enumerate(self.lines) if " left out, and why " in line)
        return [" ".join(line.split()) for line in self.lines[heading + 1 : -1] if not line.startswith("!")]


def test_this_run_keeps_the_list(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("left-out")


def test_a_missing_part_leaves_its_tests_out_with_a_reason(tmp_path: Path) -> None:
    run = Run(tmp_path, ASKING, **MISSING)
    assert run.status == 0
    assert "1 passed, 7 skipped" in run.last
    assert sorted(run.left_out) == [
        "1 test no Chromium: HAIDANG_TEST_CHROMIUM names /nowhere/at-all, which is no program",
        "1 test no Firefox: HAIDANG_TEST_FIREFOX names /nowhere/at-all, which is no program",
        "1 test no S3: /nowhere/at-all has no Swift; `make .venv-s3` makes it, or name an endpoint in HAIDANG_TEST_S3",
        "1 test no WebKit: HAIDANG_TEST_WEBKIT names /nowhere/at-all, which is no program",
        "1 test no cases: HAIDANG_CASES names no folder",
        "2 tests no PostgreSQL: HAIDANG_TEST_POSTGRES names /nowhere/at-all, which has no initdb",
    ]


def test_under_ci_a_missing_part_fails_its_tests(tmp_path: Path) -> None:
    run = Run(tmp_path, ASKING, CI="true", **MISSING)
    assert run.status == 1
    assert "1 passed, 7 errors" in run.last
    assert run.left_out == ["nothing was left out"]
    assert any("a real part is missing: no cases: HAIDANG_CASES names no folder" in line for line in run.lines)


def test_under_ci_a_part_that_is_there_is_used(tmp_path: Path) -> None:
    run = Run(tmp_path, "def test_cases(cases): assert cases.is_dir()", CI="true", HAIDANG_CASES=str(tmp_path))
    assert run.status == 0
    assert "1 passed" in run.last
    assert run.left_out == ["nothing was left out"]


def test_cases_that_are_no_folder_are_missing(tmp_path: Path) -> None:
    run = Run(tmp_path, "def test_cases(cases): pass", HAIDANG_CASES=NOWHERE)
    assert run.left_out == [f"1 test no cases: HAIDANG_CASES names {NOWHERE}, which is no folder"]


def test_any_skip_is_listed(tmp_path: Path) -> None:
    source = """
        import pytest

        def test_by_hand(): pytest.skip("it rains")

        @pytest.mark.skip(reason="it snows")
        def test_by_mark(): pass

        @pytest.mark.skipif(True, reason="it rains")
        def test_by_condition(): pass

        @pytest.mark.xfail(run=False, reason="it hails")
        def test_by_expectation(): pass

        @pytest.mark.xfail(reason="it ran, so it isn't listed")
        def test_expected(): assert False
    """
    run = Run(tmp_path, source)
    assert sorted(run.left_out) == [
        "1 test expected to fail, so not run: it hails",
        "1 test it snows",
        "2 tests it rains",
    ]


BY_TURNS = """
    import pytest

    @pytest.mark.by_turns
    @pytest.mark.parametrize("number", range(6))
    @pytest.mark.parametrize("service", ["sibling", "apart"])
    def test_walked_by_turns(service, number): pass

    @pytest.mark.by_turns
    @pytest.mark.parametrize("service", ["apart"])
    def test_walked_in_one_alone(service): pass

    @pytest.mark.parametrize("service", ["sibling", "apart"])
    def test_walked_in_both(service): pass
"""


def test_arrangements_take_turns_and_each_journey_is_walked_once(tmp_path: Path) -> None:
    run = Run(tmp_path, BY_TURNS, "-v")

    walked = [line.split("::")[1].split("]")[0] for line in run.lines if "PASSED" in line and "walked_by_turns" in line]
    assert sorted(name.split("-")[1] for name in walked) == [str(number) for number in range(6)]
    assert {name.split("[")[1].split("-")[0] for name in walked} == {"sibling", "apart"}
    assert "9 passed, 6 deselected" in run.last
    assert run.left_out == [f"6 tests {TURNS}"]


def test_a_long_run_walks_every_journey_in_both_arrangements(tmp_path: Path) -> None:
    run = Run(tmp_path, BY_TURNS, "--long")

    assert "15 passed" in run.last
    assert run.left_out == ["nothing was left out"]


def test_a_skipped_module_is_listed(tmp_path: Path) -> None:
    run = Run(tmp_path, "import pytest\npytest.importorskip('no_such_module_anywhere')")
    assert len(run.left_out) == 1
    assert "no_such_module_anywhere" in run.left_out[0]
    assert "test_inside.py" in run.left_out[0]


SHARED = ("-p", "xdist", "-n", "2")
"""Two processes share the tests, as in `make test`."""

LONG = """
    import pytest

    @pytest.mark.long
    def test_long(): pass
    def test_short(): pass
"""


def test_long_tests_wait_and_are_listed(tmp_path: Path) -> None:
    run = Run(tmp_path, LONG)
    assert "1 passed, 1 deselected" in run.last
    assert run.left_out == ["1 test marked long: `make test-long` runs them"]


def test_processes_that_share_the_tests_leave_out_the_same(tmp_path: Path) -> None:
    source = (
        LONG
        + """
    def test_skipped(): pytest.skip("it rains")
    def test_skipped_too(): pytest.skip("it rains")
    """
    )
    run = Run(tmp_path, source, *SHARED, "-k", "not test_short")
    assert "2 skipped" in run.last
    assert sorted(run.left_out) == [
        "1 test marked long: `make test-long` runs them",
        "1 test not chosen on pytest's command line",
        "2 tests it rains",
    ]


@pytest.mark.parametrize("options", [(), SHARED], ids=["alone", "shared"])
def test_figures_are_printed_at_the_end(tmp_path: Path, options: tuple[str, ...]) -> None:
    run = Run(tmp_path, "def test_one(tell): tell('12 of 12')\ndef test_two(tell): tell('0 of 3')", *FIGURES, *options)
    heading = next(number for number, line in enumerate(run.lines) if " figures " in line)
    assert sorted(run.lines[heading + 1 : heading + 3]) == ["0 of 3", "12 of 12"]


def test_long_tests_run_when_asked_and_a_choice_is_listed(tmp_path: Path) -> None:
    run = Run(tmp_path, LONG, "--long", "-k", "not test_short")
    assert "1 passed, 1 deselected" in run.last
    assert run.left_out == ["1 test not chosen on pytest's command line"]


def test_what_never_began_is_listed(tmp_path: Path) -> None:
    run = Run(tmp_path, "def test_1(): assert False\ndef test_2(): pass\ndef test_3(): pass", "-x")
    assert run.status != 0
    assert run.left_out == ["2 tests never begun: the run was stopped early"]
    assert "1 failed" in run.last


def test_journeys_are_one_share_and_any_other_file_is_one() -> None:
    journeys = [f"{TOGETHER}test_shell.py::test_a[sibling]", f"{TOGETHER}test_drain.py::test_b"]
    others = ["tests/lrs/test_web.py::test_a[a::b]", "tests/lrs/test_web.py::test_b", "tests/test_runs.py::test_a"]

    assert {share_of(each) for each in journeys} == {TOGETHER}
    assert {share_of(f"{file}::test_a") for file in PATIENT} == PATIENT
    assert all((ROOT / file).is_file() for file in PATIENT)
    assert [share_of(each) for each in others] == ["tests/lrs/test_web.py"] * 2 + ["tests/test_runs.py"]


def test_the_longest_shares_are_given_out_first_and_the_others_in_their_order() -> None:
    shell, last = f"{TOGETHER}test_shell.py::test_a", max(PATIENT)
    collected = ["tests/bench/test_a.py::test_b", shell, f"{last}::test_c", "tests/lrs/test_web.py::test_a"]

    assert sorted(collected, key=turn_of) == [shell, f"{last}::test_c", collected[0], collected[3]]
    assert {share_of(f"{each}test_x.py::test_a" if each == TOGETHER else each) for each in FIRST} == set(FIRST)


def test_one_process_more_than_cores_shares_where_there_is_memory_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "is_plenty", lambda: True)
    assert processes(2) == 3
    monkeypatch.setattr(scratch, "is_plenty", lambda: False)
    assert processes(2) == 2
