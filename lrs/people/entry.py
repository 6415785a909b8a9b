"""Signing in with a password, and how long whoever guesses has to wait (docs/people.md)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.errors import Trouble
from lrs.people import audit, passwords, words
from lrs.people.directory import Directory
from lrs.people.identity import EMAIL, NUMBER, PHONE, STAFF, guesses
from lrs.sealing import KeyRing
from storage import entry, people
from storage.database import Database, Tx
from storage.entry import Failures

FREE = 5
"""Failures in a row before somebody has to wait."""

_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=1)
_FORGOTTEN = timedelta(days=1)


class WrongPassword(Trouble):
    """Nobody is told which of the two is wrong, or who exists."""

    status = 401
    title = _("This does not fit together")
    advice = _("Look at both fields once more. If you have forgotten your password, ask for a new link.")


class WaitALittle(Trouble):
    """Somebody has guessed too often."""

    status = 429
    title = _("Please wait a little")

    def __init__(self, wait: timedelta) -> None:
        seconds = max(int(wait.total_seconds()), 1)
        super().__init__(self.says(-(-seconds // 60)))
        self.retry_after = seconds

    @staticmethod
    def says(minutes: int) -> LazyString:
        """Say why, and how long."""
        return _("There were several wrong passwords. Try again in %(minutes)s minutes.", minutes=minutes)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody types, and the word of the device, if it has one."""

    who: str
    password: str
    device: str = ""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


def sign_in(database: Database, keys: KeyRing, space: int, attempt: Attempt) -> UUID:
    """Tell whose password this is, or raise WrongPassword or WaitALittle."""
    if not attempt.who.strip() or not attempt.password:
        raise WrongPassword
    with database.read(space) as tx:
        account_id = Directory(tx, keys).named(attempt.who)
        account = None if account_id is None else people.find_account(tx, account_id)
        open_id = None if account is None or account.closed is not None else account.id
        hashed = None if open_id is None else entry.password_of(tx, open_id)
        counted = _counted(tx, keys, attempt, account_id)
    if not _guess(database, space, counted, hashed, attempt) or open_id is None:
        raise WrongPassword
    renewed = passwords.make(attempt.password) if hashed is not None and passwords.is_outdated(hashed) else None
    with database.write(space) as tx:
        if renewed is not None:
            entry.set_password(tx, open_id, renewed, attempt.at)
        audit.note(tx, open_id, audit.SIGNED_IN, open_id)
    return open_id


def confirm(database: Database, keys: KeyRing, space: int, account_id: UUID, password: str) -> bool:
    """Tell whether somebody who is signed in knows their password; who sits down at their device and guesses waits as well."""
    with database.read(space) as tx:
        hashed = entry.password_of(tx, account_id)
        counted = keys.blind(space, "tries", f"own {account_id}")
    return _guess(database, space, counted, hashed, Attempt("", password))


def _guess(database: Database, space: int, counted: bytes, hashed: str | None, attempt: Attempt) -> bool:
    """Compare a password, unless there were too many wrong ones before it; no transaction is open while it is computed."""
    now = attempt.at
    with passwords.TURNS.take():  # first of all: who is sent away because too many wait has not failed
        with database.write(space) as tx:
            # Before it is known whether it was one: of a hundred guesses at once, each finds those before it counted.
            failed = count(tx, counted, now)
        right = passwords.verify(hashed, attempt.password)
    if right:
        with database.write(space) as tx:
            entry.succeed(tx, counted)
    else:
        _wait(Failures(failed, now), now)
    return right


def count(tx: Tx, counted: bytes, now: datetime, free: int = FREE, trouble: type[WaitALittle] = WaitALittle) -> int:
    """Count one try more, unless there were too many before it; say how many there are."""
    entry.hold(tx, counted, now)
    _wait(entry.failures(tx, counted), now, free, trouble)
    return entry.fail(tx, counted, now, now - _FORGOTTEN)


def meant(who: str) -> str:
    """Write what somebody types in the one form that is counted, however they write it, and whether there is such a one or not."""
    found = guesses(who)
    return next((found[kind] for kind in (NUMBER, PHONE, EMAIL, STAFF) if kind in found), who[:200])


def know(tx: Tx, account_id: UUID, device: str) -> str:
    """Remember that somebody has signed in on this device; give back the device's word, a new one if it had none."""
    word = device or words.new()
    entry.know_device(tx, account_id, words.digest(word), datetime.now(UTC))
    return word


def _counted(tx: Tx, keys: KeyRing, attempt: Attempt, account_id: UUID | None) -> bytes:
    """Name the count: of a device that was here before, or of all strangers to the one who is named.

    What strangers are counted under depends on what they type alone, never on whether there is such a one.
    """
    if account_id is not None and attempt.device:
        digest = words.digest(attempt.device)
        if entry.knows_device(tx, account_id, digest):
            return keys.blind(tx.space, "tries", f"{account_id} {digest.hex()}")
    return keys.blind(tx.space, "tries", f"stranger {meant(attempt.who)}")


def _wait(failures: Failures | None, now: datetime, free: int = FREE, trouble: type[WaitALittle] = WaitALittle) -> None:
    """Let somebody wait after too many failures: a minute, and twice as long after each further one."""
    if failures is None or failures.count < free or now - failures.last >= _FORGOTTEN:
        return
    wait = min(_FIRST * 2.0 ** min(failures.count - free, 10), _LONGEST)
    left = failures.last + wait - now
    if left > timedelta():
        raise trouble(left)
