"""The parts of a running service: named by the configuration, opened on first use."""

from pathlib import Path

import pytest
from flask import Flask

from lrs import config, services


def test_the_parts_are_those_that_the_configuration_names(tmp_path: Path) -> None:
    read = config.read({"HAIDANG_DATA": str(tmp_path / "data"), "HAIDANG_THREADS": "5"})

    parts = services.build(read)
    assert parts.config is read
    assert parts.database.url.database == str(tmp_path / "data/haidang.db")
    assert str(parts.blobs) == f"the folder {tmp_path}/data/objects"
    assert parts.keys.path == tmp_path / "data/keys/secret.key"
    assert parts.hosts.app == "app.lms.localhost"
    assert list(tmp_path.iterdir()) == []


def test_the_pool_has_room_for_every_thread_and_for_what_runs_beside_them(tmp_path: Path) -> None:
    parts = services.build(config.read({"HAIDANG_DATA": str(tmp_path), "HAIDANG_THREADS": "3"}))

    connections = [parts.database.connect() for _ in range(5)]
    assert parts.database.engine.pool.checkedout() == 5  # type: ignore[attr-defined]  # a QueuePool's
    for connection in connections:
        connection.close()
    parts.database.dispose()


def test_other_parts_are_named_by_their_addresses() -> None:
    environ = {
        "HAIDANG_DATABASE_URL": "postgresql://u:p@db.example/h",
        "HAIDANG_OBJECT_STORE_URL": "s3+https://k:s@s3.example/bucket",
        "HAIDANG_ARRANGEMENT": "apart",
    }

    parts = services.build(config.read(environ))
    assert parts.database.dialect == "postgresql"
    assert str(parts.blobs) == "the bucket bucket at s3.example"
    assert (parts.hosts.domain, parts.hosts.content_domain) == ("hd.localhost", "hdc.localhost")


def test_an_application_reaches_its_own_parts() -> None:
    one, other = (services.build(config.read({"HAIDANG_PORT": port})) for port in ("1", "2"))
    apps = Flask("one"), Flask("other")
    for app, parts in zip(apps, (one, other), strict=True):
        services.attach(app, parts)

    with apps[0].app_context():
        assert services.services() is one
    with apps[1].app_context():
        assert services.services() is other
    with pytest.raises(RuntimeError):
        services.services()
