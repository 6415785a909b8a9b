"""Where the key that signs certificates is kept: in a file that the configuration names, read again when it is another, or on a token."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from lrs.certificates.signing import NoSigningKey, Seal
from lrs.config import Config
from lrs.token_uri import TokenUri

if TYPE_CHECKING:
    from lrs.certificates.token import Token


def seal_of(config: Config) -> Seal:
    """Give the key of an installation; NoSigningKey says what to do."""
    key = config.certificate_key
    if isinstance(key, TokenUri):
        from lrs.certificates import token_signer  # noqa: PLC0415 - pyHanko and the module are loaded by who signs

        return token_signer.seal_of(_token_of(key, config))
    try:
        status = key.stat()
    except OSError:
        raise NoSigningKey(
            f"there is no {key}: run `haidang certificates key`, or set HAIDANG_CERTIFICATE_KEY"
        ) from None
    return _read(key, config.certificate_passphrase_file, (status.st_mtime_ns, status.st_ino))


def tried(config: Config) -> Seal:
    """Give the key once it has signed something: a token may have gone since it was opened."""
    seal = seal_of(config)
    if isinstance(config.certificate_key, TokenUri):
        _token_of(config.certificate_key, config).sign(b"haidang doctor")
    return seal


def file_of(config: Config) -> Path | None:
    """Tell in which file the key is; none if it is on a token."""
    return None if isinstance(config.certificate_key, TokenUri) else config.certificate_key


@lru_cache(maxsize=4)
def _read(path: Path, passphrase_file: Path | None, _seen: tuple[int, int]) -> Seal:
    try:
        passphrase = passphrase_file.read_bytes().strip() if passphrase_file else None
    except OSError as error:
        raise NoSigningKey(f"cannot read the passphrase in {passphrase_file}: {error.strerror}") from None
    return Seal.load(path, passphrase)


def _token_of(uri: TokenUri, config: Config) -> "Token":
    return _token(uri if uri.pin_file else replace(uri, pin_file=config.certificate_passphrase_file))


@lru_cache(maxsize=4)
def _token(uri: TokenUri) -> "Token":
    from lrs.certificates.token import Token  # noqa: PLC0415

    return Token(uri)
