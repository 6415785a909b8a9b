"""What stands between an installation and good service is found, and said together with what to do about it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from lrs import config
from lrs.diagnosis import Finding, examine
from storage.database import Database
from tests.parts.installations import Installation
from wsgi import create_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.parts.postgres import PostgresServer

PARTS = {
    *(
        "database",
        "schema",
        "object store",
        "secret",
        "identity keys",
        "names",
        "issuing keys",
        "webhooks",
        "object store writes",
        "clock",
        "origins",
        "mail",
        "certificates",
        "configuration",
    ),
}


def findings(made: Installation, *, quick: bool = False) -> dict[str, Finding]:
    return {finding.part: finding for finding in examine(made.services, quick=quick)}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the variables of this test run: they are nobody's mistake here."""
    for name in config.unknown(os.environ):
        monkeypatch.delenv(name)


def test_all_is_well_where_it_should_be(installation: Installation) -> None:
    found = findings(installation)

    assert set(found) == PARTS
    assert [finding for finding in found.values() if not finding.fine or finding.warning] == []
    told = installation.haidang("doctor")
    assert told["well"] is True
    assert {row["part"] for row in told["findings"]} == PARTS
    assert [row for row in told["findings"] if row["advice"]] == []


def test_a_quick_look_writes_nothing(embedded: Installation) -> None:
    objects = Path(embedded.environ["HAIDANG_DATA"]) / "objects"
    before = sorted(path.stat().st_mtime_ns for path in objects.rglob("*"))

    assert set(findings(embedded, quick=True)) == {"database", "schema", "object store", "secret", "identity keys"}
    assert sorted(path.stat().st_mtime_ns for path in objects.rglob("*")) == before


def readable_secret(made: Installation) -> Installation:
    made.services.config.secret_file.chmod(0o640)
    return made


def missing_secret(made: Installation) -> Installation:
    made.services.config.secret_file.unlink()
    return make_without_migrating(made.environ)


def garbled_secret(made: Installation) -> Installation:
    made.services.config.secret_file.write_text("not a secret")
    return make_without_migrating(made.environ)


def old_schema(made: Installation) -> Installation:
    with made.services.database.write() as tx:
        tx.run(text("update alembic_version set version_num = '0001'"))
    return made


def no_schema(made: Installation) -> Installation:
    path = Path(made.environ["HAIDANG_DATA"]) / "empty.db"
    return make_without_migrating(made.environ | {"HAIDANG_DATABASE_URL": f"sqlite:///{path}"})


def no_database(made: Installation) -> Installation:
    return make_without_migrating(made.environ | {"HAIDANG_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"})


def no_folder(made: Installation) -> Installation:
    return make_without_migrating(made.environ | {"HAIDANG_DATABASE_URL": "sqlite:////nowhere/at/all.db"})


def store_away(made: Installation) -> Installation:
    return make_without_migrating(made.environ | {"HAIDANG_OBJECT_STORE_URL": "s3+http://k:s@127.0.0.1:1/bucket"})


def store_is_a_file(made: Installation) -> Installation:
    path = Path(made.environ["HAIDANG_DATA"]) / "a-file"
    path.write_text("")
    return make_without_migrating(made.environ | {"HAIDANG_OBJECT_STORE_URL": f"file://{path}"})


def late_clock(made: Installation) -> Installation:
    tomorrow = time.time() + 24 * 3600
    os.utime(made.environ["HAIDANG_DATA"] + "/haidang.db", (tomorrow, tomorrow))
    return made


def open_to_the_world(made: Installation) -> Installation:
    return make_without_migrating(made.environ | {"HAIDANG_PUBLIC_URL": "http://app.lessons.example"})


def another_secret(made: Installation) -> Installation:
    made.haidang("issuing", "rotate", "--space", "haiphong")
    made.services.config.secret_file.write_text("00" * 32)
    return make_without_migrating(made.environ)


def another_key_of_names(made: Installation) -> Installation:
    made.haidang("webhook", "add", "--space", "haiphong", "--event", "award.given", "https://sms.example.org/")
    made.services.config.identity_keys_file.write_text(f"1 {'00' * 32}\n")
    return make_without_migrating(made.environ)


def make_without_migrating(environ: dict[str, str]) -> Installation:
    return Installation(environ, create_app(environ))


HARMS: list[tuple[Callable[[Installation], Installation], str, str]] = [
    (readable_secret, "secret file", "run `chmod 600 "),
    (missing_secret, "secret", "run `haidang migrate`"),
    (garbled_secret, "secret", "put the secret back"),
    (old_schema, "schema", "run `haidang migrate`"),
    (no_schema, "schema", "run `haidang migrate`"),
    (no_database, "database", "start the database, or correct HAIDANG_DATABASE_URL"),
    (no_folder, "database", "correct HAIDANG_DATABASE_URL"),
    (store_away, "object store", "start it, or correct HAIDANG_OBJECT_STORE_URL"),
    (store_is_a_file, "object store writes", "give the service the right to put and delete"),
    (another_secret, "issuing keys", "put the right secret back"),
    (another_key_of_names, "webhooks", "back from its safe place"),
    (late_clock, "clock", "keep it with NTP"),
    (open_to_the_world, "origins", "set HAIDANG_PUBLIC_URL to https://"),
]


@pytest.mark.parametrize(("harm", "part", "advice"), HARMS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_wrong_is_said_with_what_to_do(
    embedded: Installation, harm: Callable[[Installation], Installation], part: str, advice: str
) -> None:
    harmed = harm(embedded)

    found = findings(harmed)[part]
    assert (found.fine, found.warning) == (False, False)
    assert advice in found.advice
    told = harmed.haidang("doctor", code=1)
    assert told["well"] is False
    assert advice in next(row["advice"] for row in told["findings"] if row["part"] == part)


@pytest.mark.parametrize(("harm", "part", "advice"), HARMS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_person_reads_it_in_words(
    embedded: Installation, harm: Callable[[Installation], Installation], part: str, advice: str
) -> None:
    harmed = harm(embedded)

    with harmed.app.app_context():
        result = harmed.app.test_cli_runner().invoke(args=["doctor"])
    lines = result.stdout.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith(f"NOT OK {part}: "))
    assert result.exit_code == 1
    assert lines[place + 1].startswith("       -> ")
    assert advice in lines[place + 1]


def test_a_variable_that_nobody_reads_is_a_warning(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAIDANG_PROT", "8080")

    found = findings(embedded)["configuration"]
    assert (found.fine, found.warning) == (True, True)
    assert "HAIDANG_PROT" in found.seen
    assert "docs/configuration.md" in found.advice
    assert embedded.haidang("doctor")["well"] is True


@pytest.mark.parametrize("url", ["https://app.lessons.example", "http://app.lms.localhost:9000"])
def test_an_address_that_browsers_keep_cookies_on_is_fine(embedded: Installation, url: str) -> None:
    made = make_without_migrating(embedded.environ | {"HAIDANG_PUBLIC_URL": url})

    assert findings(made)["origins"].fine
    assert url in findings(made)["origins"].seen


@pytest.mark.parametrize("installation", ["production"], indirect=True)
@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_a_server_that_loses_what_it_acknowledged_is_not_fine(
    installation: Installation, postgres: PostgresServer, setting: str
) -> None:
    owner = Database(postgres.url("postgres"), role=None)
    connection = owner.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        connection.execute(text(f"alter system set {setting} = off"))
        connection.execute(text("select pg_reload_conf()"))
        wait_until(lambda: not findings(installation, quick=True)["database"].fine)
        found = findings(installation)["database"]
    finally:
        connection.execute(text(f"alter system reset {setting}"))
        connection.execute(text("select pg_reload_conf()"))
        wait_until(lambda: findings(installation, quick=True)["database"].fine)
        connection.close()
        owner.dispose()
    assert f"{setting}=off" in found.seen
    assert "switch fsync, full_page_writes and synchronous_commit on" in found.advice


def test_a_file_that_loses_what_it_acknowledged_is_not_fine(embedded: Installation) -> None:
    embedded.services.database.dispose()
    engine = embedded.services.database.engine
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=NORMAL"))

    found = findings(embedded)["database"]
    assert not found.fine
    assert "synchronous=1" in found.seen


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_looking_names_no_password(embedded: Installation) -> None:
    environ = embedded.environ | {
        "HAIDANG_DATABASE_URL": "postgresql://service:hidden@127.0.0.1:1/none",
        "HAIDANG_OBJECT_STORE_URL": "s3+http://key:hidden@127.0.0.1:1/bucket",
    }

    told = make_without_migrating(environ).haidang("doctor", code=1)
    assert "hidden" not in str(told)
