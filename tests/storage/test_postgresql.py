"""The application's role, the space of a transaction, safe settings, and a server that comes and goes."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from storage import migrate, people, spaces
from storage.database import Database
from storage.errors import DatabaseAway, SettingsUnsafe
from storage.postgresql import APPLICATION
from tests.parts.databases import Ground
from tests.parts.left_out import or_left_out
from tests.parts.postgres import PostgresServer
from tests.storage.samples import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """Start a server of our own: its settings are changed here, and it is taken away."""
    with or_left_out():
        started = PostgresServer.start()
    with started:
        yield started


@pytest.fixture(scope="module")
def template(server: PostgresServer) -> str:
    """Migrate a database there, to be copied."""
    server.create_database("template")
    owner = Database(server.url("template"), role=None)
    migrate.upgrade(owner)
    owner.dispose()
    return "template"


@pytest.fixture
def ground(server: PostgresServer, template: str) -> Iterator[Ground]:
    """Give a copy of it."""
    name = f"own_{uuid.uuid4().hex}"
    server.create_database(name, template)
    url = server.url(name)
    made = Ground(url, Database(url), Database(url, role=None))
    yield made
    made.app.dispose()
    made.owner.dispose()
    server.drop_database(name)


def administer(server: PostgresServer, *statements: str) -> None:
    """Do something that only the owner of the server may do."""
    engine = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


# Settings


def test_check_says_what_acknowledged_rests_on(ground: Ground) -> None:
    on = dict.fromkeys(("fsync", "full_page_writes", "synchronous_commit"), "on")

    assert ground.app.check() == on | {"role": APPLICATION}


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_check_refuses_a_server_that_loses_writes(ground: Ground, server: PostgresServer, setting: str) -> None:
    def shown() -> str:
        with ground.app.connect() as connection:
            return str(connection.scalar(text(f"show {setting}")))

    administer(server, f"alter system set {setting} = off", "select pg_reload_conf()")
    wait_until(lambda: shown() == "off")
    with pytest.raises(SettingsUnsafe, match=f"{setting}=off"):
        ground.app.check()

    administer(server, f"alter system reset {setting}", "select pg_reload_conf()")
    wait_until(lambda: shown() == "on")
    assert ground.app.check()[setting] == "on"


def test_check_refuses_commits_that_do_not_wait_for_the_disk(ground: Ground, server: PostgresServer) -> None:
    administer(server, f"alter database {ground.app.url.database} set synchronous_commit = off")

    with pytest.raises(SettingsUnsafe, match="synchronous_commit=off"):
        ground.app.check()


@pytest.mark.parametrize("value", ["local", "remote_write", "remote_apply"])
def test_check_knows_the_other_commits_that_do(ground: Ground, server: PostgresServer, value: str) -> None:
    administer(server, f"alter database {ground.app.url.database} set synchronous_commit = {value}")

    assert ground.app.check()["synchronous_commit"] == value


@pytest.mark.parametrize("power", ["superuser", "bypassrls"])
def test_check_refuses_a_role_above_row_level_security(ground: Ground, server: PostgresServer, power: str) -> None:
    administer(server, f"create role has_{power} login {power}")
    above = Database(server.url(ground.app.url.database or "", f"has_{power}"), role=None)

    with pytest.raises(SettingsUnsafe, match=f"role has_{power} is above row-level security"):
        above.check()

    above.dispose()


# Roles


@pytest.fixture(scope="module")
def untouched() -> Iterator[PostgresServer]:
    """Start another server, where nobody has made the application's role yet."""
    with or_left_out():
        started = PostgresServer.start()
    with started:
        yield started


@pytest.fixture
def logins(untouched: PostgresServer) -> Iterator[tuple[str, str]]:
    """Make a database there whose owner is no superuser, and a login for the service."""
    administer(
        untouched,
        "create role owner login createrole",
        "create role web login",
        "create database own owner owner",
    )
    yield untouched.url("own", "owner"), untouched.url("own", "web")
    untouched.drop_database("own")
    administer(untouched, f"drop role {APPLICATION}", "drop role web", "drop role owner")


@pytest.mark.parametrize("who", ["the owner", "a login of its own"])
def test_an_owner_without_superpowers_is_enough(logins: tuple[str, str], who: str) -> None:
    owner = Database(logins[0], role=None)
    service = Database(logins[0 if who == "the owner" else 1])

    migrate.upgrade(owner, login=service.url.username)
    migrate.upgrade(owner, login=service.url.username)  # a second time there is nothing to do
    with service.write() as tx:
        space = spaces.add(tx, "haiphong", "Hải Phòng", "vi", now())
    with service.write(space) as tx:
        people.add_account(tx, people.AccountRow(uuid.uuid4(), "learner", now()))
    with service.read(space) as tx:
        assert len(people.list_accounts(tx)) == 1
    assert service.check()["role"] == APPLICATION

    service.dispose()
    owner.dispose()


def test_the_login_of_the_service_owns_nothing_and_cannot_become_the_owner(logins: tuple[str, str]) -> None:
    owner, service, bare = Database(logins[0], role=None), Database(logins[1]), Database(logins[1], role=None)
    migrate.upgrade(owner, login="web")

    for statement in ("set role owner", "alter table accounts disable row level security", "drop table accounts"):
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), service.write() as tx:
            tx.run(text(statement))
    with bare.read() as tx:
        tx.run(text("select set_config('haidang.space', '1', true)"))
        assert tx.run(text("select count(*) from accounts")).scalar_one() == 0

    for database in (owner, service, bare):
        database.dispose()


def test_a_login_that_was_not_named_is_not_let_in(logins: tuple[str, str]) -> None:
    owner, service = Database(logins[0], role=None), Database(logins[1])
    migrate.upgrade(owner)

    with pytest.raises(DatabaseAway, match="permission denied to set role"), service.read():
        pass

    owner.dispose()
    service.dispose()


# A server that comes and goes


def backend(database: Database) -> int:
    with database.read() as tx:
        return int(tx.run(text("select pg_backend_pid()")).scalar_one())


def test_a_server_that_was_stopped_is_away_and_comes_back_by_itself(ground: Ground, server: PostgresServer) -> None:
    space = ground.space()
    with ground.app.connect() as held:
        try:
            server.stop()
            with pytest.raises(DatabaseAway), ground.app.read(space):
                pass
            with pytest.raises(DatabaseAway), ground.app.write(space, held):
                pass
        finally:
            server.restart()

        with ground.app.write(space, held) as tx:
            people.add_account(tx, people.AccountRow(uuid.uuid4(), "learner", now()))
    with ground.app.read(space) as tx:
        assert len(people.list_accounts(tx)) == 1


def test_what_was_acknowledged_survives_a_crash(ground: Ground, server: PostgresServer) -> None:
    space = ground.space()
    accounts = [ground.account(space) for _ in range(20)]

    try:
        server.stop(hard=True)
    finally:
        server.restart()

    with ground.app.read(space) as tx:
        assert set(people.list_accounts(tx)) == set(accounts)


def test_pooled_connections_that_died_are_replaced(ground: Ground) -> None:
    with ground.app.connect(), ground.app.connect():
        pass  # so that two lie in the pool
    dead = backend(ground.app)
    others = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    with ground.owner.read() as tx:
        assert len(tx.run(text(f"select pg_terminate_backend(pid) {others}")).all()) == 2

    assert backend(ground.app) != dead
    with ground.app.write() as tx:
        tx.run(text("select 1"))


def test_a_held_connection_that_died_between_two_transactions_is_replaced(
    ground: Ground, server: PostgresServer
) -> None:
    space = ground.space()
    with ground.app.connect() as held:
        with ground.app.read(space, held) as tx:
            dead = tx.run(text("select pg_backend_pid()")).scalar_one()
        administer(server, f"select pg_terminate_backend({dead})")

        with ground.app.read(space, held) as tx:
            assert tx.run(text("select pg_backend_pid()")).scalar_one() != dead
            assert tx.run(text("show transaction_read_only")).scalar_one() == "on"
            assert tx.run(text("show transaction_isolation")).scalar_one() == "repeatable read"
            assert tx.run(text("show haidang.space")).scalar_one() == str(space)


def test_a_connection_that_dies_inside_a_transaction_takes_it_along(ground: Ground, server: PostgresServer) -> None:
    space = ground.space()

    def write() -> None:
        with ground.app.write(space) as tx:
            people.add_account(tx, people.AccountRow(uuid.uuid4(), "learner", now()))
            administer(server, f"select pg_terminate_backend({tx.run(text('select pg_backend_pid()')).scalar_one()})")
            people.list_accounts(tx)

    with pytest.raises(DatabaseAway):
        write()

    with ground.app.read(space) as tx:
        assert people.list_accounts(tx) == []


def test_a_transaction_that_was_left_idle_is_away(ground: Ground) -> None:
    """It would hold the watermark of the log."""
    with ground.app.read() as tx:
        assert tx.run(text("show idle_in_transaction_session_timeout")).scalar_one() == "10s"

    def dawdle() -> None:
        with ground.app.write() as tx:
            mine = tx.run(text("select pg_backend_pid()")).scalar_one()
            tx.run(text("set idle_in_transaction_session_timeout = '10ms'"))
            wait_until(lambda: not lives(mine))
            tx.run(text("select 1"))

    def lives(pid: int) -> bool:
        with ground.owner.read() as tx:
            alive = text("select count(*) from pg_stat_activity where pid = :pid")
            return bool(tx.run(alive, {"pid": pid}).scalar_one())

    with pytest.raises(DatabaseAway, match="idle-in-transaction"):
        dawdle()


# The space of a transaction


def test_nothing_of_a_space_is_left_on_a_pooled_connection(ground: Ground) -> None:
    space = ground.space()
    with ground.app.read(space):
        pass

    with ground.app.connect() as connection:
        assert connection.scalar(text("select current_setting('haidang.space', true)")) in {None, ""}
        assert connection.scalar(text("show transaction_read_only")) == "off"
        assert connection.scalar(text("show transaction_isolation")) == "read committed"


def test_sessions_speak_utc(ground: Ground, server: PostgresServer) -> None:
    administer(server, f"alter database {ground.app.url.database} set timezone = 'Asia/Ho_Chi_Minh'")

    with ground.app.read() as tx:
        assert tx.run(text("show timezone")).scalar_one() == "UTC"
