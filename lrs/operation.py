"""`haidang serve`, `migrate`, `doctor`, `follow`, `backup`, `restore`: what the people who run the service do."""

import os
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
from flask import Blueprint, current_app

from lrs import backup, keys, logs, sealing
from lrs.commands import as_json, said, tell
from lrs.config import GREETING, Config
from lrs.diagnosis import examine
from lrs.keys import SecretMissing
from lrs.people.commands import administrator_link
from lrs.people.demo import make_units
from lrs.sealing import KeyRing, NotOurs
from lrs.services import services
from storage import identities, months
from storage import migrate as migration
from storage.database import Database

operation = Blueprint("operation", __name__, cli_group=None)

DEMO_SPACE = ("haiphong", "Hải Phòng")


@operation.cli.command("serve")
@click.option(
    "--demo",
    is_flag=True,
    help="First migrate, make the space haiphong with our lessons in it, and print a link for its administrator.",
)
@as_json
def serve(*, demo: bool, as_json: bool) -> None:
    """Serve until told to stop; SIGTERM lets requests in flight finish. What is printed is true once it is: the service answers."""
    config = services().config
    _refuse_taken_port(config)
    value, words = {"url": f"{config.public_url}/"}, f"Hải Đăng: {config.public_url}/"
    if demo:
        _migrate(config)
        value["administrator"] = administrator_link(*DEMO_SPACE)
        make_units(DEMO_SPACE[0])
        current_app.extensions["haidang.demo"](DEMO_SPACE[0])
        words += f"\nAdministrator, opens once: {value['administrator']}"
    services().database.dispose()
    greeting = said(value, words, as_json=as_json)
    environment = os.environ | {
        GREETING: greeting,
        "PROMETHEUS_MULTIPROC_DIR": tempfile.mkdtemp(prefix="haidang-metrics-"),
    }
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "python:lrs.serving"], environment)  # noqa: S606


def _refuse_taken_port(config: Config) -> None:
    family = socket.AF_INET6 if ":" in config.bind else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((config.bind, config.port))
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {config.listens_on}: {error.strerror}. Set HAIDANG_PORT or HAIDANG_BIND"
        ) from None


@operation.cli.command("migrate")
@as_json
def migrate(*, as_json: bool) -> None:
    """Bring the database to this release's schema, and make the secret and the keys of identities where there are none."""
    done = _migrate(services().config)
    words = f"Schema: {done['before'] or 'empty'} -> {done['after']}. Secret: {'made' if done['secret_made'] else 'there already'}."
    tell(done, words, as_json=as_json)


def _migrate(config: Config) -> dict[str, Any]:
    config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = keys.make(config.secret_file)
    owner = backup.owner(config)
    before, after = migration.upgrade(owner, login=services().database.url.username)
    _make_identity_keys(config, owner)
    months.ahead(owner)
    owner.dispose()
    services().blobs.prepare()
    return {"before": before, "after": after, "secret_made": made}


def _make_identity_keys(config: Config, owner: Database) -> None:
    """Make the keys of names where nobody has one yet; where somebody has, the file must be the one that names were sealed with."""
    with owner.read() as tx:
        found = identities.some(tx)
    if found is None:
        sealing.make(config.identity_keys_file)
        return
    space, row = found
    try:
        KeyRing(config.identity_keys_file).open(space, row.account_id, row.key_id, row.sealed)
    except (SecretMissing, NotOurs) as error:
        raise click.ClickException(
            f"names here were sealed with keys that are not in {config.identity_keys_file}: put that file back from its safe place"
        ) from error


@operation.cli.command("doctor")
@as_json
@click.pass_context
def doctor(context: click.Context, *, as_json: bool) -> None:
    """Check configuration, database settings, object store, clock and origins, and say what to do."""
    findings = examine(services())
    rows = [
        {
            "part": f.part,
            "fine": f.fine,
            "warning": f.warning,
            "seen": f.seen,
            "advice": "" if f.fine and not f.warning else f.advice,
        }
        for f in findings
    ]
    words = []
    for row in rows:
        mark = "!" if row["warning"] else "ok" if row["fine"] else "NOT OK"
        words.append(
            f"{mark:7}{row['part']}: {row['seen']}" + (f"\n       -> {row['advice']}" if row["advice"] else "")
        )
    well = all(finding.fine for finding in findings)
    tell({"well": well, "findings": rows}, "\n".join(words), as_json=as_json)
    if not well:
        context.exit(1)


@operation.cli.command("follow")
@click.option("--once", is_flag=True, help="Catch up with the log and stop.")
@as_json
def follow(*, once: bool, as_json: bool) -> None:
    """Run the followers, and what sends the outbox, here; set HAIDANG_FOLLOWERS=apart so that the web workers leave them alone."""
    followers = current_app.extensions["haidang.followers"]
    if once:
        count = followers.catch_up()
        tell({"followed": count}, f"Followed {count} statements.", as_json=as_json)
        return
    logs.set_up(services().config.log_level)
    signal.signal(signal.SIGTERM, lambda *_: followers.stop())
    signal.signal(signal.SIGINT, lambda *_: followers.stop())
    outbox = current_app.extensions["haidang.outbox"]
    outbox.start()
    followers.run()
    outbox.stop()
    tell({"stopped": True}, "Stopped following.", as_json=as_json)


@operation.cli.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_json
def back_up(file: Path, *, as_json: bool) -> None:
    """Write one consistent archive of database and objects to FILE. The secret is not in it: keep that in another safe place."""
    parts = _parts()
    manifest = backup.write(parts, file)
    tell(_summary(file, manifest), f"Wrote {file}: {_in_words(manifest)}", as_json=as_json)


@operation.cli.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def restore(file: Path, *, as_json: bool) -> None:
    """Bring FILE back into an empty installation that has the same secret; nothing is written unless every byte is right."""
    try:
        manifest = backup.restore(_parts(), file)
    except backup.BackupRefused as refused:
        raise click.ClickException(str(refused)) from None
    tell(_summary(file, manifest), f"Restored {file}: {_in_words(manifest)}", as_json=as_json)


def _parts() -> backup.Parts:
    parts = services()
    return backup.Parts(
        backup.owner(parts.config), parts.blobs, parts.keys, parts.identity_keys, login=parts.database.url.username
    )


def _summary(file: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    rows = {name: entry["pieces"] for name, entry in manifest["tables"].items()}
    return {"file": str(file), "rows": rows, "objects": manifest["objects"]["pieces"], "revision": manifest["revision"]}


def _in_words(manifest: dict[str, Any]) -> str:
    rows = sum(entry["pieces"] for entry in manifest["tables"].values())
    return f"{rows} rows, {manifest['objects']['pieces']} objects"
