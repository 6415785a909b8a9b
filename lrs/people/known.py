"""Keys that this process has just verified: a request with one of them asks the database nothing.

An entry lies under a hash of key, secret and host, keyed with random bytes of this process: the memory holds no secret. It lasts for
seconds, so that a key which another process revokes soon ends here too; the end of a key's own time is looked at in each request.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import blake2b

from lrs.access import Caller

LASTS = 5.0
"""Seconds, and the longest that a revoked key can go on in another process."""

MOST = 4096


class KnownKeys:
    """What one process remembers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._hash_key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._entries: OrderedDict[bytes, tuple[float, str, Caller]] = OrderedDict()
        self._forgotten: dict[str, float] = {}

    def recall(self, key: str, secret: str, home: str = "") -> Caller | None:
        """Say whom a key and its secret were verified as, on a host that is `home` to one space or to none."""
        with self._lock:
            found = self._entries.get(self._name(key, secret, home))
        if found is None or found[0] <= self._clock():
            return None
        expires = found[2].key.expires
        return None if expires is not None and expires <= datetime.now(UTC) else found[2]

    def remember(self, key: str, secret: str, home: str, caller: Caller) -> None:
        """Keep what was just verified; a key that was just forgotten stays so, whatever a slower request has read of it."""
        now = self._clock()
        with self._lock:
            if self._forgotten.get(key, now) > now:
                return
            name = self._name(key, secret, home)
            self._entries[name] = now + LASTS, key, caller
            self._entries.move_to_end(name)
            if len(self._entries) > MOST:
                self._entries.popitem(last=False)

    def forget(self, key: str) -> None:
        """Forget a key, for as long as a request that is under way could bring it back."""
        now = self._clock()
        with self._lock:
            self._forgotten = {each: until for each, until in self._forgotten.items() if until > now}
            self._forgotten[key] = now + LASTS
            for name in [name for name, entry in self._entries.items() if entry[1] == key]:
                del self._entries[name]

    def _name(self, key: str, secret: str, home: str) -> bytes:
        text = f"{key}\0{home}\0{secret}"  # neither a key nor a host holds a NUL
        return blake2b(text.encode("utf-8", "surrogatepass"), key=self._hash_key, digest_size=32).digest()
