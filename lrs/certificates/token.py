"""A token that keeps the key that signs certificates (PKCS#11): opened when it is first needed, by each process for itself.

Only the signature is asked of it: the page is drawn and the CMS is written outside. A token does one thing at a time, and its
module was told of no threads, so whoever asks waits for who asked before.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

import pkcs11
from asn1crypto import algos
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, PKCS11Error
from pkcs11.util.ec import encode_ecdsa_signature

from lrs.certificates.signing import NoSigningKey
from lrs.token_uri import TokenUri

_Given = TypeVar("_Given")

_REFUSED = (
    pkcs11.PinIncorrect,
    pkcs11.PinInvalid,
    pkcs11.PinLenRange,
    pkcs11.PinLocked,
    pkcs11.PinExpired,
)
_TROUBLE = (PKCS11Error, OSError, RuntimeError, ValueError)
"""What a module says, and what is said of one that cannot be loaded."""

_MOST_ABOVE = 8


@dataclass(frozen=True, slots=True)
class Opened:
    """A key that was found on a token, with its certificate and those above it."""

    process: int
    key: Any
    mechanism: Mechanism
    certificates: list[x509.Certificate]


class Token:
    """One key on one token, whoever asks for it."""

    def __init__(self, uri: TokenUri) -> None:
        self.uri = uri
        self._lock = Lock()
        self._opened: Opened | None = None
        self._begun = False
        self._refused: tuple[int, str] | None = None

    def certificates(self) -> list[x509.Certificate]:
        """Give the key's certificate and those above it."""
        return self._ask(lambda opened: opened.certificates)

    def sign(self, content: bytes) -> bytes:
        """Let the token sign the SHA-256 of something, as DER where the key is one of ECDSA."""
        return self._ask(lambda opened: _signed(opened.key, opened.mechanism, content))

    def _ask(self, ask: Callable[[Opened], _Given]) -> _Given:
        """Ask; and once more from the beginning if what was open is open no longer: the token was away for a while."""
        with self._lock:
            if self._opened is not None and self._opened.process == os.getpid():
                try:
                    return ask(self._opened)
                except _TROUBLE:
                    self._opened = None
            try:
                self._opened = self._open()
                return ask(self._opened)
            except _TROUBLE as wrong:
                self._opened = None
                raise self._said(wrong) from wrong

    def _open(self) -> Opened:
        module = pkcs11.lib(str(self.uri.module))
        # Begun by this process, and the token was away; or by one that this was forked from (PKCS#11 2.40, 2.5.2).
        if self._begun:
            with suppress(PKCS11Error):  # of that one, some modules know nothing here, and others do
                module.finalize()
            module.initialize()
        self._begun = True
        token = module.get_token(token_label=self.uri.token, token_serial=self.uri.serial)
        session = token.open(user_pin=self._pin())
        try:
            key = session.get_key(ObjectClass.PRIVATE_KEY, label=self.uri.label, id=self.uri.id)
            certificates = _certificates(session, key, self.uri)
            mechanism = _mechanism(key.key_type, token.slot.get_mechanisms())
            _prove(certificates[0], key, mechanism)
        except BaseException:
            session.close()
            raise
        return Opened(os.getpid(), key, mechanism, certificates)

    def _pin(self) -> str | None:
        """Read the PIN, unless the token has refused the same file's before: after some refusals a token locks itself."""
        if self.uri.pin_file is None:
            return None
        try:
            seen = self.uri.pin_file.stat().st_mtime_ns
            if self._refused is not None and self._refused[0] == seen:
                raise NoSigningKey(self._refused[1])
            return self.uri.pin_file.read_text("utf-8").strip()
        except (OSError, UnicodeError) as error:
            raise NoSigningKey(f"cannot read the PIN in {self.uri.pin_file}: {error}") from None

    def _said(self, wrong: Exception) -> NoSigningKey:
        """Say what to do; a PIN is not among what is said."""
        if isinstance(wrong, _REFUSED) and self.uri.pin_file is not None:
            words = (
                f"the token refused the PIN in {self.uri.pin_file} ({type(wrong).__name__}): "
                "write the right one into it; it is not tried again before the file changes"
            )
            self._refused = (self.uri.pin_file.stat().st_mtime_ns, words)
            return NoSigningKey(words)
        said = " ".join(f"{type(wrong).__name__} {wrong}".split())
        return NoSigningKey(
            f"cannot sign with the {self.uri} by {self.uri.module} ({said}): "
            "look whether the token is there, and holds the key and its certificate"
        )


def _mechanism(kind: KeyType, known: set[Mechanism]) -> Mechanism:
    """Choose how it signs: the token hashes if it can, for some sign nothing else; else it is given the hash."""
    choices = {
        KeyType.EC: (Mechanism.ECDSA_SHA256, Mechanism.ECDSA),
        KeyType.RSA: (Mechanism.SHA256_RSA_PKCS, Mechanism.RSA_PKCS),
    }
    if kind not in choices:
        raise NoSigningKey("the key on the token is neither ECDSA nor RSA")
    whole, bare = choices[kind]
    return whole if whole in known else bare


def _signed(key: Any, mechanism: Mechanism, content: bytes) -> bytes:
    hashed = hashes.Hash(hashes.SHA256())
    hashed.update(content)
    if mechanism == Mechanism.ECDSA:
        content = hashed.finalize()
    elif mechanism == Mechanism.RSA_PKCS:
        told = {"digest_algorithm": {"algorithm": "sha256"}, "digest": hashed.finalize()}
        content = algos.DigestInfo(told).dump()
    made: bytes = key.sign(content, mechanism=mechanism)
    return encode_ecdsa_signature(made) if key.key_type == KeyType.EC else made


def _certificates(session: Any, key: Any, uri: TokenUri) -> list[x509.Certificate]:
    """Find the key's certificate, by the key's id and else by its label, and on the same token those above it."""
    wanted: dict[Attribute, Any] = {Attribute.CLASS: ObjectClass.CERTIFICATE}
    found = list(session.get_objects(wanted))
    every = {each.handle: x509.load_der_x509_certificate(each[Attribute.VALUE]) for each in found}
    same = [each for each in found if key.id and each[Attribute.ID] == key.id]
    same = same or [each for each in found if each[Attribute.LABEL] == key.label]
    if len(same) != 1:
        raise NoSigningKey(f"the token has {len(same)} certificates for the {uri}: put one there, with the key's id")
    chain = [every[same[0].handle]]
    while len(chain) < _MOST_ABOVE and chain[-1].issuer != chain[-1].subject:
        above = next((each for each in every.values() if each.subject == chain[-1].issuer), None)
        if above is None:
            break
        chain.append(above)
    return chain


def _prove(certificate: x509.Certificate, key: Any, mechanism: Mechanism) -> None:
    """Let it sign once: only so is it known that the certificate is that of the key, and that the key may sign."""
    content = b"haidang looks whether this key signs"
    signature, public = _signed(key, mechanism, content), certificate.public_key()
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, content, ec.ECDSA(hashes.SHA256()))
            return
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
            return
    except InvalidSignature:
        pass
    raise NoSigningKey("the certificate on the token is not that of its key")
