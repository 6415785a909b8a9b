"""How often an hour people may do by themselves what needs no name: by device, by address, in a space (docs/people.md)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from flask_babel import lazy_gettext as _

from lrs.errors import Trouble
from lrs.sealing import KeyRing
from storage import hourly
from storage.database import Tx

_HOUR = timedelta(hours=1)


class TooMany(Trouble):
    """Too many have come by themselves within the hour."""

    status = 429
    title = _("That was very often within this hour")

    def __init__(self, wait: timedelta) -> None:
        seconds = max(int(wait.total_seconds()), 1)
        super().__init__(
            _(
                "Please try again in %(minutes)s minutes. Nothing is lost. Whoever has an account can sign in now.",
                minutes=-(-seconds // 60),
            )
        )
        self.retry_after = seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be done in an hour."""

    name: str
    device: int
    address: int
    space: int


GUESTS = Limit("guest", device=30, address=600, space=6_000)
REGISTRATIONS = Limit("registration", device=60, address=200, space=2_000)
CODES = Limit("code", device=20, address=200, space=2_000)
COURSE_CODES = Limit("course code", device=20, address=600, space=6_000)
VERIFICATIONS = Limit("verification", device=120, address=300, space=30_000)
FORGOTTEN = Limit("forgotten", device=30, address=200, space=2_000)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who does it: the word of a browser, and the address it comes from."""

    browser: str
    address: str


def take(tx: Tx, keys: KeyRing, limit: Limit, who: Visitor, now: datetime | None = None) -> None:
    """Count once more, or raise TooMany. What is counted is known by blind indexes alone, until the next hour."""
    now = now or datetime.now(UTC)
    hour = now.replace(minute=0, second=0, microsecond=0)
    network = network_of(who.address)
    counted = [(f"device {who.browser}", limit.device), ("space", limit.space)]
    if network:
        counted.insert(1, (f"address {network}", limit.address))
    for what, most in counted:  # always in this order: nobody waits in a circle
        count = hourly.take(tx, keys.blind(tx.space, "hourly", f"{limit.name} {what}"), hour)
        if count > most:
            raise TooMany(hour + _HOUR - now)
    if count == 1:  # the first of an hour
        hourly.forget(tx, hour)


def network_of(address: str) -> str:
    """Name the network that an address stands for; what is not known outside, as a proxy's, stands for nobody."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found  # of a socket for both kinds
    if not found.is_global:
        return ""
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)
