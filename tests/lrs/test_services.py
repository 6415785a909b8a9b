"""The parts of a service are named by the configuration, and touched by nobody until they are used."""

from pathlib import Path

from flask import Flask

from lrs import config, services


def test_building_the_parts_touches_nothing(tmp_path: Path) -> None:
    parts = services.build(config.read({"HAIDANG_DATA": str(tmp_path / "data")}))

    assert parts.database.dialect == "sqlite"
    assert list(tmp_path.iterdir()) == []


def test_an_application_reaches_the_parts_it_was_given(tmp_path: Path) -> None:
    parts = services.build(config.read({"HAIDANG_DATA": str(tmp_path)}))
    app = Flask("test")
    services.attach(app, parts)

    with app.app_context():
        assert services.services() is parts
