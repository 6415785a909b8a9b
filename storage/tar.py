"""All objects below a prefix as one tar, written and read as a stream: of however many there are, a piece of one is in memory."""

import tarfile
from typing import IO, Protocol

from storage.blobs import BlobMissing, Blobs


class Writable(Protocol):
    """Anything that takes bytes."""

    def write(self, piece: bytes, /) -> int:
        """Take some bytes."""


def write(blobs: Blobs, prefix: str, out: Writable) -> int:
    """Write the objects in the order of their keys; count them."""
    count = 0
    for blob in blobs.list(prefix):
        try:
            reading = blobs.get(blob.key)
        except BlobMissing:
            continue  # deleted since it was listed
        with reading:
            member = tarfile.TarInfo(blob.key)
            member.size = reading.blob.size
            out.write(member.tobuf(tarfile.PAX_FORMAT, "utf-8"))
            for piece in reading:
                out.write(piece)
            out.write(bytes(-member.size % tarfile.BLOCKSIZE))
        count += 1
    out.write(bytes(2 * tarfile.BLOCKSIZE))
    return count


def read(source: IO[bytes], blobs: Blobs) -> int:
    """Put each object back under its key; count them."""
    count = 0
    with tarfile.open(fileobj=source, mode="r|") as tar:
        while (member := tar.next()) is not None:
            content = tar.extractfile(member)
            if content is None:
                raise tarfile.TarError(f"{member.name} is no object")
            blobs.put(member.name, content)
            # The library remembers all members; from Python 3.13 on one can ask it not to.
            tar.members.clear()  # type: ignore[attr-defined]  # which its stubs leave out
            count += 1
    return count
