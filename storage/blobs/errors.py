"""What can go wrong with the object store, in the words of those who call it."""


class BadKey(ValueError):
    """This is no key, on no store (docs/blobs.md, Keys)."""


class BlobMissing(Exception):
    """There is no such object."""

    def __init__(self, key: str) -> None:
        super().__init__(f"no such object: {key}")
        self.key = key


class BlobChanged(Exception):
    """The object is another than `if_match` names."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the object has changed: {key}")
        self.key = key


class NotModified(Exception):
    """The object is one that `if_none_match` names."""

    def __init__(self, etag: str) -> None:
        super().__init__(f"not modified: {etag}")
        self.etag = etag


class RangeNotSatisfiable(Exception):
    """The range begins past the end of the object."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the object ends at {size}")
        self.size = size


class StoreAway(Exception):
    """The object store does not answer as it should; trying again later may help."""


class StoreFull(StoreAway):
    """The object store has no room left, or a quota is used up."""


class StoreRefused(StoreAway):
    """The object store does not let us in: key, secret, region, clock or permission are wrong."""
