"""What HTTP may ask of a reading: a range (RFC 9110, section 14) and conditions (section 13)."""

import re
from dataclasses import dataclass

from storage.blobs.errors import BlobChanged, NotModified, RangeNotSatisfiable

_TAG = re.compile(r'(W/)?("[^"]*")')


@dataclass(frozen=True, slots=True)
class Range:
    """The bytes from `first` to `last`, both included; without `first` the last `last` bytes."""

    first: int | None
    last: int | None = None

    def __post_init__(self) -> None:
        if self.first is None and self.last is None:
            raise ValueError("a range has a first byte, a last one, or both")
        if min(self.first or 0, self.last or 0) < 0:
            raise ValueError("a range counts from zero")
        if self.first is not None and self.last is not None and self.last < self.first:
            raise ValueError("a range ends where it begins, or later")

    def __str__(self) -> str:
        return f"bytes={'' if self.first is None else self.first}-{'' if self.last is None else self.last}"

    def resolve(self, size: int) -> tuple[int, int]:
        """Give start and stop within an object of this size."""
        if self.first is None:
            start, stop = max(0, size - (self.last or 0)), size
        else:
            start, stop = self.first, size if self.last is None else min(self.last + 1, size)
        if start >= size:
            raise RangeNotSatisfiable(size)
        return start, stop


def judge(key: str, etag: str, if_match: str | None, if_none_match: str | None) -> None:
    """Raise what the conditions say of an object with this etag, in the order of RFC 9110, section 13.2.2."""
    # 13.1.1: If-Match compares strongly, a weak tag never matches; 13.1.2: If-None-Match compares weakly.
    if if_match is not None and not _names(if_match, etag, weakly=False):
        raise BlobChanged(key)
    if if_none_match is not None and _names(if_none_match, etag, weakly=True):
        raise NotModified(etag)


def lone_tag(field: str | None) -> str | None:
    """Give the one strong tag that a field consists of: each store understands that much."""
    found = _TAG.fullmatch(field.strip()) if field else None
    return found[2] if found and not found[1] else None


def _names(field: str, etag: str, *, weakly: bool) -> bool:
    if field.strip() == "*":
        return True
    return any(tag == etag and (weakly or not weak) for weak, tag in _TAG.findall(field))
