"""Is it alive, is it ready, what do its figures say; while parts are away: tests/lrs/test_operation.py."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text

from tests.parts.installations import Installation, environment, make_installation

MACHINE = "http://127.0.0.1:8080"
TOKEN = "a-token-of-an-operator"
HOSTS = {
    "machine": MACHINE,
    "app": "http://app.lms.localhost:8080",
    "space": "http://haiphong.lms.localhost:8080",
    "content": f"http://c-{'0' * 32}.lms.localhost:8080",
    "unknown": "http://evil.example",
}


def test_the_app_says_on_its_hosts_how_it_is(installation: Installation) -> None:
    for host, status in (("machine", 200), ("app", 200), ("space", 200), ("content", 404), ("unknown", 404)):
        for path in ("/healthz", "/readyz"):
            assert installation.visitor().get(path, base=HOSTS[host]).status_code == status


def test_a_ready_service_names_its_parts(installation: Installation) -> None:
    answer = installation.visitor().get("/readyz", base=MACHINE)

    parts = {"schema": True, "database": True, "object store": True, "secret": True, "identity keys": True}
    assert answer.json == {"status": "ready", "parts": parts}


def secret_away(made: Installation) -> None:
    made.services.config.secret_file.unlink()
    made.services.keys.__dict__.pop("_secret", None)


def schema_behind(made: Installation) -> None:
    with made.services.database.write() as tx:
        tx.run(text("update alembic_version set version_num = '0001'"))


def unsafe(made: Installation) -> None:
    made.services.database.dispose()
    event.listen(
        made.services.database.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF")
    )


@pytest.mark.parametrize(("harm", "part"), [(secret_away, "secret"), (schema_behind, "schema"), (unsafe, "database")])
def test_a_service_that_would_not_keep_its_promises_is_not_ready(
    embedded: Installation, harm: Callable[[Installation], None], part: str
) -> None:
    harm(embedded)

    answer = embedded.visitor().get("/readyz", base=MACHINE)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.json is not None
    assert (answer.json["status"], answer.json["parts"][part]) == ("not ready", False)
    assert embedded.visitor().get("/healthz", base=MACHINE).status_code == 200


@pytest.mark.parametrize("host", HOSTS)
def test_figures_are_for_the_machine_alone(embedded: Installation, host: str) -> None:
    answer = embedded.visitor().get("/metrics", base=HOSTS[host])

    assert answer.status_code == (200 if host == "machine" else 404)
    assert ("haidang_requests_total" in answer.text) == (host == "machine")


@pytest.fixture(scope="module")
def watched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    for environ in environment(request, "embedded", tmp_path_factory.mktemp("health")):
        made = make_installation(environ | {"HAIDANG_METRICS_TOKEN": TOKEN})
        yield made
        made.services.database.dispose()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    ("given", "right"),
    [
        (f"Bearer {TOKEN}", True),
        (f"Bearer {TOKEN} ", False),
        (f"Bearer {TOKEN[:-1]}", False),
        (f"Basic {TOKEN}", False),
        ("Bearer ", False),
        ("Bearer \xe9\xff", False),
        ("", False),
    ],
)
def test_with_a_token_figures_are_for_whoever_knows_it(
    watched: Installation,
    host: str,
    given: str,
    right: bool,  # noqa: FBT001
) -> None:
    answer = watched.visitor().get("/metrics", base=HOSTS[host], headers={"Authorization": given})
    known = host in {"machine", "app", "space"}
    assert answer.status_code == (200 if right and known else 404)


def test_looking_at_health_leaves_nothing_behind(embedded: Installation) -> None:
    folder = Path(embedded.environ["HAIDANG_DATA"])
    before = {path.name for path in folder.rglob("*")}

    for path in ("/healthz", "/readyz", "/metrics") * 3:
        embedded.visitor().get(path, base=MACHINE)
    assert {path.name for path in folder.rglob("*")} == before
