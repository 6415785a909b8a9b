"""What stands between this installation and good service, part by part, and what to do about it. `doctor` prints it, `/readyz` obeys it."""

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from lrs import config
from lrs.certificates import keeping
from lrs.certificates.signing import NoSigningKey
from lrs.issuing import keys as issuing_keys
from lrs.keys import SecretMissing
from lrs.mail.answers import ServerTrouble
from lrs.mail.server import MailServer
from lrs.sealing import NotOurs
from lrs.services import Services
from lrs.smtp_settings import PLAIN
from lrs.webhooks import keeping as hooks
from storage import identities, issuing, migrate, spaces, webhooks
from storage.blobs import BlobMissing, StoreAway
from storage.database import Tx
from storage.errors import DatabaseAway, SettingsUnsafe

_PROBE = "service/doctor"
_CLOCK_IN_2024 = 1_704_067_200


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: whether it is fine, what was seen, and what to do if it is not."""

    part: str
    fine: bool
    seen: str
    advice: str = ""
    warning: bool = False


def examine(parts: Services, *, quick: bool = False) -> list[Finding]:
    """Look at every part; `quick` leaves out what takes long or cannot change while the service runs."""
    looks = _QUICK if quick else (*_QUICK, *_THOROUGH)
    return [finding for look in looks for finding in look(parts)]


def _database(parts: Services) -> Iterator[Finding]:
    try:
        settings = parts.database.check()
        with parts.database.read() as tx:
            yield _schema(tx)
    except SettingsUnsafe as unsafe:
        advice = "switch fsync, full_page_writes and synchronous_commit on, and log in as a role that is no superuser"
        yield Finding("database", fine=False, seen=str(unsafe), advice=advice)
    except DatabaseAway as away:
        yield Finding(
            "database", fine=False, seen=str(away), advice="start the database, or correct HAIDANG_DATABASE_URL"
        )
    except Exception as error:  # noqa: BLE001 - a database that answers nonsense is not fine either
        first = str(error).split("\n", 1)[0]
        yield Finding("database", fine=False, seen=first, advice="run `haidang migrate`")
    else:
        seen = ", ".join(f"{name}={value}" for name, value in settings.items())
        yield Finding("database", fine=True, seen=f"{parts.database.dialect}: {seen}")


def _schema(tx: Tx) -> Finding:
    now, newest = migrate.current(tx), migrate.head()
    if now == newest:
        return Finding("schema", fine=True, seen=f"revision {now}")
    return Finding(
        "schema", fine=False, seen=f"revision {now}, this release needs {newest}", advice="run `haidang migrate`"
    )


def _object_store(parts: Services) -> Iterator[Finding]:
    try:
        parts.blobs.stat(_PROBE)
    except BlobMissing:
        pass
    except StoreAway as away:
        yield Finding(
            "object store", fine=False, seen=str(away), advice="start it, or correct HAIDANG_OBJECT_STORE_URL"
        )
        return
    yield Finding("object store", fine=True, seen=urlsplit(parts.config.object_store_url).scheme)


def _secret(parts: Services) -> Iterator[Finding]:
    try:
        fingerprint = parts.keys.fingerprint
    except SecretMissing as missing:
        yield Finding(
            "secret",
            fine=False,
            seen=str(missing),
            advice="run `haidang migrate`, or put the secret back from its safe place",
        )
    else:
        yield Finding("secret", fine=True, seen=f"fingerprint {fingerprint[:8]}")


def _identity_keys(parts: Services) -> Iterator[Finding]:
    try:
        found = parts.identity_keys.fingerprints
    except SecretMissing as missing:
        yield Finding(
            "identity keys",
            fine=False,
            seen=str(missing),
            advice="run `haidang migrate` if nobody has a name here yet, else put the file back from its safe place",
        )
    else:
        yield Finding("identity keys", fine=True, seen=f"fingerprints {', '.join(each[:8] for each in found)}")


def _names_open(parts: Services) -> Iterator[Finding]:
    """Open one name of each space: keys that are there may still be others than those it was sealed with."""
    for space in _spaces(parts):
        with parts.database.read(space) as tx:
            slug, found = spaces.own(tx).slug, identities.some(tx)
        try:
            if found is not None:
                parts.identity_keys.open(found[0], found[1].account_id, found[1].key_id, found[1].sealed)
        except (SecretMissing, NotOurs) as wrong:
            path = parts.config.identity_keys_file
            yield Finding(
                "names", fine=False, seen=f"{slug}: {wrong}", advice=f"put the right {path} back from its safe place"
            )
            return
    yield Finding("names", fine=True, seen="one of each space opens")


def _issuing_keys_open(parts: Services) -> Iterator[Finding]:
    """Open every key that signs certificates: papers cannot be signed with one that was sealed with another secret."""
    opened = 0
    for space in _spaces(parts):
        with parts.database.read(space) as tx:
            rows = issuing.keys(tx)
        try:
            opened += len([issuing_keys.open_sealed(space, parts.keys, row) for row in rows if row.retired is None])
        except SecretMissing as wrong:
            advice = "put the right secret back from its safe place, or run `haidang issuing rotate` for each space"
            yield Finding("issuing keys", fine=False, seen=str(wrong), advice=advice)
            return
    yield Finding("issuing keys", fine=True, seen=f"{opened} open")


def _webhooks_open(parts: Services) -> Iterator[Finding]:
    """Open the secret of every address that is told of events, and count those that gave no answer for so long that they are paused."""
    found, given_up = 0, list[str]()
    for space in _spaces(parts):
        with parts.database.read(space) as tx:
            slug, rows = spaces.own(tx).slug, webhooks.listed(tx)
            given_up += [slug for row in rows if row.state in {webhooks.FAILING, webhooks.GONE}]
            try:
                found += len([hooks.opened(tx, parts.identity_keys, row) for row in rows])
            except (SecretMissing, NotOurs) as wrong:
                advice = f"put the right {parts.config.identity_keys_file} back from its safe place"
                yield Finding("webhooks", fine=False, seen=f"{slug}: {wrong}", advice=advice)
                return
    seen = f"{found} open" + (f", paused since they do not answer: {', '.join(given_up)}" if given_up else "")
    advice = "their administrators see why under Other systems" if given_up else ""
    yield Finding("webhooks", fine=True, warning=bool(given_up), seen=seen, advice=advice)


def _spaces(parts: Services) -> list[int]:
    """List the spaces, if the database can tell: if not, that has been said."""
    try:
        with parts.database.read() as tx:
            slugs = spaces.slugs(tx) if migrate.current(tx) == migrate.head() else []
            found = [spaces.find_by_slug(tx, slug) for slug in slugs]
    except DatabaseAway:
        return []
    return [space.id for space in found if space is not None]


def _secrets_are_private(parts: Services) -> Iterator[Finding]:
    private = {
        "secret": parts.config.secret_file,
        "identity keys": parts.config.identity_keys_file,
        "certificates key": keeping.file_of(parts.config),
    }
    for name, path in private.items():
        if path is not None and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            seen = f"{path} can be read by others"
            yield Finding(f"{name} file", fine=False, seen=seen, advice=f"run `chmod 600 {path}`")


def _object_store_writes(parts: Services) -> Iterator[Finding]:
    try:
        parts.blobs.put(_PROBE, b"ok")
        parts.blobs.delete(_PROBE)
    except StoreAway as away:
        yield Finding(
            "object store writes", fine=False, seen=str(away), advice="give the service the right to put and delete"
        )
    else:
        yield Finding("object store writes", fine=True, seen="put and deleted a probe")


def _clock(parts: Services) -> Iterator[Finding]:
    now = time.time()
    if parts.config.data.is_dir() and _newest(parts.config.data) - now > 1:
        yield Finding(
            "clock", fine=False, seen="files here are newer than now", advice="set the clock, and keep it with NTP"
        )
        return
    right = now > _CLOCK_IN_2024
    yield Finding(
        "clock", fine=right, seen=time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now)), advice="set the clock"
    )


def _newest(folder: Path) -> float:
    newest = 0.0
    for entry in os.scandir(folder):
        with suppress(FileNotFoundError):  # SQLite's companions come and go
            newest = max(newest, entry.stat().st_mtime)
    return newest


def _origins(parts: Services) -> Iterator[Finding]:
    public = urlsplit(parts.config.public_url)
    local = (public.hostname or "").endswith(".localhost")
    if public.scheme == "http" and not local:
        advice = "put TLS in front and set HAIDANG_PUBLIC_URL to https://...: browsers keep our cookies on https only"
        yield Finding("origins", fine=False, seen=parts.config.public_url, advice=advice)
        return
    seen = f"{parts.config.public_url}, lessons on {parts.config.content_origin('c-*')} ({parts.config.arrangement})"
    yield Finding("origins", fine=True, seen=seen)


def _mail(parts: Services) -> Iterator[Finding]:
    server = MailServer.of(parts.config)
    if server is None:
        yield Finding("mail", fine=True, seen="no mail server is named: links are handed over as slips")
        return
    try:
        seen = server.look()
    except ServerTrouble as trouble:
        where = f"{parts.config.smtp_host}:{parts.config.smtp_port}"
        yield Finding("mail", fine=False, seen=f"{where}: {trouble}", advice=trouble.advice)
        return
    bare = parts.config.smtp_tls == PLAIN and bool(parts.config.smtp_user)
    advice = "set HAIDANG_SMTP_TLS: the password goes over the line for everybody to read" if bare else ""
    yield Finding("mail", fine=True, warning=bare, seen=seen, advice=advice)


_SOON = timedelta(days=30)


def _certificates(parts: Services) -> Iterator[Finding]:
    path, now = keeping.file_of(parts.config), datetime.now(UTC)
    if path is not None and not path.exists():
        yield Finding("certificates", fine=True, seen=f"nothing signs them: there is no {path}")
        return
    try:
        seal = keeping.tried(parts.config)
        seal.hold(now)
    except NoSigningKey as missing:
        advice = "name a key and its certificate in HAIDANG_CERTIFICATE_KEY; certificates keep their numbers meanwhile"
        yield Finding("certificates", fine=False, seen=str(missing), advice=advice)
        return
    until = seal.certificate.not_valid_after_utc
    where = "" if path else f", with the {parts.config.certificate_key}"
    seen = f"signed as {seal.name} until {until:%Y-%m-%d}{where}{', for whom nobody else vouches' if seal.own else ''}"
    soon = until < now + _SOON
    advice = "get another certificate for the key, and put it beside the key" if soon else ""
    yield Finding("certificates", fine=True, warning=soon, seen=seen, advice=advice)


def _unknown_variables(_parts: Services) -> Iterator[Finding]:
    names = config.unknown(os.environ)
    if names:
        advice = "docs/configuration.md lists the settings"
        yield Finding("configuration", fine=True, warning=True, seen=f"nobody reads {', '.join(names)}", advice=advice)
    else:
        yield Finding("configuration", fine=True, seen="every HAIDANG_ variable is known")


Look = Callable[[Services], Iterator[Finding]]

_QUICK: tuple[Look, ...] = (_database, _object_store, _secret, _identity_keys)
_THOROUGH: tuple[Look, ...] = (
    _secrets_are_private,
    _names_open,
    _issuing_keys_open,
    _webhooks_open,
    _object_store_writes,
    _clock,
    _origins,
    _mail,
    _certificates,
    _unknown_variables,
)
