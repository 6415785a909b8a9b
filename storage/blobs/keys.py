"""The names of objects: what is a key on every store."""

import re

from storage.blobs.errors import BadKey

LONGEST_KEY = 900  # S3 takes 1,024 bytes; some stores add their own to a name
LONGEST_SEGMENT = 255  # a file's name on ext4, XFS, ZFS and Btrfs

# XML, in which S3 lists and deletes, has no way to write most of these; UTF-8 has none to write the last.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


# Most keys are of this kind, and a glance is enough.
_PLAIN = re.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}/)*[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}")


def check_key(key: str) -> None:
    """Refuse what is not a key."""
    if len(key) <= LONGEST_KEY and _PLAIN.fullmatch(key):
        return
    if wrong := _wrong(key):
        raise BadKey(f"{wrong}: {key!a}")


def is_key(name: str) -> bool:
    """Tell a key from what others may have put into the store."""
    return _wrong(name) is None


def check_prefix(prefix: str) -> None:
    """Refuse what no key begins with."""
    folder, slash, start = prefix.rpartition("/")
    if wrong := _wrong(f"{folder}{slash}a") or _unwritable(start):
        raise BadKey(f"{wrong}: {prefix!a}")


def check_folder(prefix: str) -> None:
    """Refuse what is not the folder of any key: deleting `v1` must not take `v10` along."""
    if not prefix.endswith("/"):
        raise BadKey(f"a folder ends with a slash: {prefix!a}")
    check_prefix(prefix)


def _wrong(key: str) -> str | None:
    segments = key.split("/")
    if not all(segments):
        return "a key has no empty segment"
    if not {".", ".."}.isdisjoint(segments):
        return "a key has no segment . or .."
    if not key.strip():
        return "a key is not blank"
    return _unwritable(key) or _too_long(key)


def _unwritable(text: str) -> str | None:
    return "a key has no control characters" if _UNWRITABLE.search(text) else None


def _too_long(key: str) -> str | None:
    if len(key.encode()) > LONGEST_KEY:
        return f"a key has at most {LONGEST_KEY} bytes"
    if any(len(segment.encode()) > LONGEST_SEGMENT for segment in key.split("/")):
        return f"a segment of a key has at most {LONGEST_SEGMENT} bytes"
    return None
