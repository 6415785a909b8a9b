"""What every view may use: configuration, database, object store, keys. Put together once, in wsgi.py."""

from dataclasses import dataclass

from flask import Flask, current_app

from lrs.config import Config
from lrs.gathering import Gathering
from lrs.hosts import Hosts
from lrs.keys import Keys
from lrs.outbox import SIDE_BY_SIDE
from lrs.quarantine import Quarantine
from lrs.sealing import KeyRing
from storage.blobs import Blobs, open_blobs
from storage.database import Database

_NAME = "haidang"


@dataclass(frozen=True)
class Services:
    """The parts of a running service. Making them touches nothing: each opens on first use."""

    config: Config
    database: Database
    blobs: Blobs
    keys: Keys
    identity_keys: KeyRing
    hosts: Hosts
    gathering: Gathering
    quarantine: Quarantine


def build(config: Config) -> Services:
    """Make the parts that a configuration names."""
    database = Database(
        config.database_url, pool=config.threads + 3 + SIDE_BY_SIDE
    )  # three for the followers, the chores and health
    return Services(
        config,
        database,
        open_blobs(config.object_store_url),
        Keys(config.secret_file),
        KeyRing(config.identity_keys_file),
        Hosts(config.app_host, config.domain, config.content_domain),
        Gathering(database),
        Quarantine(config.data / "quarantine"),
    )


def attach(app: Flask, services: Services) -> None:
    """Give an application its parts."""
    app.extensions[_NAME] = services


def services() -> Services:
    """Reach the parts of the current application."""
    found: Services = current_app.extensions[_NAME]
    return found
