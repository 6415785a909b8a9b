"""The addresses of a space: added, changed, paused, given another secret and removed, each with a line in the audit log."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import orjson
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs import networks
from lrs.errors import NotFound, Trouble
from lrs.networks import Network
from lrs.people import audit
from lrs.people.identity import NotUnderstood
from lrs.sealing import KeyRing, NotOurs
from lrs.webhooks import address, signing
from lrs.webhooks.address import NoAddress
from lrs.webhooks.events import EVENTS
from lrs.webhooks.telling import TARGET
from storage import deliveries, outbox, webhooks
from storage.database import Tx
from storage.webhooks import ACTIVE, PAUSED, WebhookRow

MOST = 10
"""Addresses in a space."""

BOTH_SIGN = timedelta(days=1)

_WRONG: dict[str, LazyString] = {
    "form": _("An address looks like https://gateway.example.org/haidang."),
    "scheme": _("An address begins with https://."),
    "user": _("A user and a password do not belong in an address: they would be seen on its way."),
    "unusual": _("Use https:// and its own port, or a port from 1024 on."),
    "inside": _("This address is inside a network. Whoever runs this service can allow that network."),
}


class TooMany(Trouble):
    """There is no room for another address."""

    status = 409
    title = _("There are too many addresses")
    advice = _("Remove one that is not needed any more.")

    def __init__(self) -> None:
        super().__init__(_("A space tells %(most)s other systems at most.", most=MOST))


class Unreadable(Trouble):
    """The keys that an address was sealed with are gone."""

    status = 409
    title = _("This address can no longer be read")
    advice = _("Remove the address and add it anew.")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is sealed of an address: where it leads, what signs, and what signed before, until when that does so too."""

    url: str
    secret: str
    former: tuple[str, ...] = ()
    """Several where it was changed more than once: whoever pressed the button twice is still understood by who has the first."""
    until: str = ""

    def signers(self, now: datetime) -> list[str]:
        """List the secrets that sign now."""
        both = bool(self.former) and now < datetime.fromisoformat(self.until)
        return [self.secret, *self.former] if both else [self.secret]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for an address."""

    events: tuple[str, ...]
    contact: bool = False

    @classmethod
    def read(cls, events: Iterable[str], *, contact: bool) -> "Wanted":
        """Read a form; NotUnderstood if nothing is to be told."""
        asked = {*events}
        chosen = tuple(each for each in EVENTS if each in asked)
        if not chosen:
            raise NotUnderstood("event", _("Choose what the other system is told."))
        return cls(chosen, contact)


class Addresses:
    """The addresses of one space, as somebody changes them; nobody as an actor is the command line."""

    def __init__(self, tx: Tx, keys: KeyRing, actor: UUID | None = None) -> None:
        self._tx = tx
        self._keys = keys
        self._actor = actor

    def add(self, url: str, wanted: Wanted, inside: Iterable[Network]) -> tuple[WebhookRow, Kept]:
        """Add an address, with a secret of its own."""
        if len(webhooks.listed(self._tx)) >= MOST:
            raise TooMany
        now, new = datetime.now(UTC), uuid4()
        kept = Kept(_read(url, inside), signing.new_secret())
        key_id, sealed = self._sealed(new, kept)
        row = WebhookRow(new, " ".join(wanted.events), wanted.contact, key_id, sealed, now, ACTIVE, now)
        webhooks.add(self._tx, row)
        self._note(audit.WEBHOOK_ADDED, new, events=wanted.events, contact=wanted.contact)
        return row, kept

    def find(self, webhook_id: UUID) -> WebhookRow:
        """Find an address; NotFound if there is none."""
        row = webhooks.find(self._tx, webhook_id)
        if row is None:
            raise NotFound
        return row

    def url(self, row: WebhookRow) -> str:
        """Tell where an address leads, if that can still be read."""
        try:
            return opened(self._tx, self._keys, row).url
        except NotOurs:
            return ""

    def change(self, webhook_id: UUID, wanted: Wanted) -> None:
        """Tell an address of other events, or with more or less about people."""
        self.find(webhook_id)
        webhooks.change(self._tx, webhook_id, " ".join(wanted.events), contact=wanted.contact)
        self._note(audit.WEBHOOK_CHANGED, webhook_id, events=wanted.events, contact=wanted.contact)

    def rotate(self, webhook_id: UUID) -> Kept:
        """Make a new secret; what signs now does so beside it for a day."""
        webhooks.hold(self._tx, webhook_id)
        try:
            before = opened(self._tx, self._keys, self.find(webhook_id))
        except NotOurs:
            raise Unreadable from None
        now = datetime.now(UTC)
        former, until = tuple(before.signers(now)), (now + BOTH_SIGN).isoformat()
        kept = replace(before, secret=signing.new_secret(), former=former, until=until)
        webhooks.seal(self._tx, webhook_id, *self._sealed(webhook_id, kept))
        self._note(audit.WEBHOOK_ROTATED, webhook_id)
        return kept

    def pause(self, webhook_id: UUID) -> None:
        """Tell an address nothing until somebody says otherwise."""
        if self.find(webhook_id).state != PAUSED:
            webhooks.set_state(self._tx, webhook_id, PAUSED, datetime.now(UTC))
            self._note(audit.WEBHOOK_PAUSED, webhook_id)

    def resume(self, webhook_id: UUID) -> None:
        """Go on, with what still waits first."""
        if self.find(webhook_id).state != ACTIVE:
            webhooks.set_state(self._tx, webhook_id, ACTIVE, datetime.now(UTC))
            self._note(audit.WEBHOOK_RESUMED, webhook_id)
        self.hurry(webhook_id)

    def hurry(self, webhook_id: UUID) -> None:
        """Have what waits for an address tried at once."""
        self.find(webhook_id)
        outbox.hurry(self._tx, TARGET, datetime.now(UTC), str(webhook_id))

    def remove(self, webhook_id: UUID) -> None:
        """Forget an address, and what it was to be told."""
        self.find(webhook_id)
        webhooks.hold(self._tx, webhook_id)
        outbox.forget(self._tx, TARGET, str(webhook_id))
        deliveries.remove(self._tx, webhook_id)
        webhooks.remove(self._tx, webhook_id)
        self._note(audit.WEBHOOK_REMOVED, webhook_id)

    def _sealed(self, webhook_id: UUID, kept: Kept) -> tuple[int, bytes]:
        return self._keys.seal(self._tx.space, webhook_id, orjson.dumps(asdict(kept)))

    def _note(self, act: str, webhook_id: UUID, **detail: object) -> None:
        audit.note(self._tx, self._actor, act, None, webhook=str(webhook_id), **detail)


def opened(tx: Tx, keys: KeyRing, row: WebhookRow) -> Kept:
    """Read what is sealed of an address; NotOurs if its key is gone."""
    return Kept(**orjson.loads(keys.open(tx.space, row.id, row.key_id, row.sealed)))


def reseal(tx: Tx, keys: KeyRing, most: int) -> int:
    """Seal some addresses anew that an older key has sealed; count them."""
    rows = webhooks.sealed_with_others(tx, keys.newest.id, most)
    for row in rows:
        text = keys.open(tx.space, row.id, row.key_id, row.sealed)
        webhooks.seal(tx, row.id, *keys.seal(tx.space, row.id, text))
    return len(rows)


def _read(url: str, inside: Iterable[Network]) -> str:
    """Read an address; what a name stands for is judged for each attempt, what is written as a number at once."""
    try:
        found = address.read(url)
    except NoAddress as wrong:
        raise NotUnderstood("url", _WRONG[wrong.why]) from None
    allowed = [*inside]
    try:
        number = networks.meant(found.host)
    except ValueError:
        number = None
    if number is not None and not networks.is_inside(number, allowed) and not networks.is_public(number):
        raise NotUnderstood("url", _WRONG["inside"])
    if not found.usual and not allowed:
        raise NotUnderstood("url", _WRONG["scheme" if found.scheme == "http" else "unusual"])
    return found.url
