"""Where the key that signs certificates is kept: what the configuration names, read again when the file is another."""

from functools import lru_cache
from pathlib import Path

from lrs.certificates.signing import NoSigningKey, Seal
from lrs.config import Config


def seal_of(config: Config) -> Seal:
    """Give the key of an installation; NoSigningKey says what to do."""
    try:
        status = config.certificate_key.stat()
    except OSError:
        raise NoSigningKey(
            f"there is no {config.certificate_key}: run `haidang certificates key`, or set HAIDANG_CERTIFICATE_KEY"
        ) from None
    return _read(config.certificate_key, config.certificate_passphrase_file, (status.st_mtime_ns, status.st_ino))


@lru_cache(maxsize=4)
def _read(path: Path, passphrase_file: Path | None, _seen: tuple[int, int]) -> Seal:
    try:
        passphrase = passphrase_file.read_bytes().strip() if passphrase_file else None
    except OSError as error:
        raise NoSigningKey(f"cannot read the passphrase in {passphrase_file}: {error.strerror}") from None
    return Seal.load(path, passphrase)
