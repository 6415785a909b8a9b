"""The key that signs certificates, and what a PDF carries of it: PAdES B-B (docs/certificates.md, Signing)."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from lrs.certificates.increment import prepare
from lrs.certificates.one_writing import settled

if TYPE_CHECKING:
    from asn1crypto import x509 as asn1_x509
    from pyhanko.sign.signers import Signer

_YEARS = timedelta(days=5 * 365)
Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class NoSigningKey(Exception):
    """Nothing can be signed; the message says what somebody who runs the service has to do."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A key with its certificate, ready to sign."""

    certificate: x509.Certificate
    signer: "Signer"
    above: tuple[x509.Certificate, ...] = ()

    @classmethod
    def of(cls, key: Private, certificate: x509.Certificate, chain: list[x509.Certificate]) -> "Seal":
        """Take a key that lies in memory."""
        # pyHanko takes half a second to load: whoever signs nothing, as most commands, does not wait for it.
        from asn1crypto import keys as asn1_keys  # noqa: PLC0415
        from pyhanko.sign import SimpleSigner  # noqa: PLC0415
        from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([_converted(each) for each in chain])
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return cls(
            certificate,
            SimpleSigner(_converted(certificate), asn1_keys.PrivateKeyInfo.load(private), cert_registry=store),
            tuple(chain),
        )

    @classmethod
    def load(cls, path: Path, passphrase: bytes | None = None) -> "Seal":
        """Read a key and its certificate from PEM or PKCS#12."""
        read = _read_pkcs12 if path.suffix in {".p12", ".pfx"} else _read_pem
        try:
            key, certificate, chain = read(path.read_bytes(), passphrase)
        except FileNotFoundError:
            raise NoSigningKey(f"there is no {path}: run `haidang certificates key`, or name your own key") from None
        except (OSError, ValueError, TypeError) as error:
            raise NoSigningKey(f"cannot read a key and its certificate in {path}: {error}") from error
        if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            raise NoSigningKey(f"the key in {path} is neither ECDSA nor RSA")
        if certificate is None or _public(key.public_key()) != _public(certificate.public_key()):
            raise NoSigningKey(f"the certificate in {path} is not that of its key")
        return cls.of(key, certificate, chain)

    @property
    def chain(self) -> list[x509.Certificate]:
        """List its certificate and those above it, as they are put into a PDF."""
        return [self.certificate, *self.above]

    @property
    def name(self) -> str:
        """Say whose key it is."""
        found = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(found[0].value) if found else self.certificate.subject.rfc4514_string()

    @property
    def own(self) -> bool:
        """Tell whether nobody but itself vouches for it."""
        return self.certificate.issuer == self.certificate.subject

    def hold(self, moment: datetime) -> None:
        """Refuse to sign before the certificate's first moment and after its last."""
        first, last = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        if not first <= moment <= last:
            raise NoSigningKey(
                f"the certificate of the signing key holds from {first:%Y-%m-%d} to {last:%Y-%m-%d}: get a new one"
            )

    def sign(self, pdf: bytes, field: str, moment: datetime) -> bytes:
        """Sign what the press drew."""
        self.hold(moment)
        place = prepare(pdf, field, self.name, moment.astimezone(UTC))
        # PAdES says the moment in the PDF (M), not in the CMS.
        with ThreadPoolExecutor(1) as apart:  # where a loop runs already, no other can
            waits = apart.submit(asyncio.run, self.signer.async_sign(place.digest, "sha256", use_pades=True))
        made = waits.result()
        who = made["content"]["signer_infos"][0]
        who["signature"] = settled(who["signature"].native, self.certificate.public_key())
        return place.filled(made.dump())


def make(path: Path, name: str, moment: datetime) -> bool:
    """Make a key of one's own where there is none, readable by its owner alone; say whether it was made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    key, certificate = own(name, moment)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.write(certificate.public_bytes(Encoding.PEM))
        file.flush()
        os.fsync(file.fileno())
    return True


def own(name: str, moment: datetime, lasts: timedelta = _YEARS) -> tuple[Private, x509.Certificate]:
    """Make a key, and a certificate that nobody but itself vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, vouched(name, key, moment, lasts)


def vouched(name: str, key: Private, moment: datetime, lasts: timedelta = _YEARS) -> x509.Certificate:
    """Make the certificate of a key that vouches for itself."""
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = {"digital_signature": True, "content_commitment": True} | dict.fromkeys(_NOT_USED, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(minutes=5))
        .not_valid_after(moment + lasts)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
    )
    return made.sign(key, hashes.SHA256())


_NOT_USED = (
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)

_Found = tuple[object, x509.Certificate | None, list[x509.Certificate]]


def _read_pem(content: bytes, passphrase: bytes | None) -> _Found:
    key = load_pem_private_key(content, passphrase)
    first, *chain = x509.load_pem_x509_certificates(content)
    return key, first, chain


def _read_pkcs12(content: bytes, passphrase: bytes | None) -> _Found:
    return pkcs12.load_key_and_certificates(content, passphrase)


def _public(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _converted(certificate: x509.Certificate) -> "asn1_x509.Certificate":
    from asn1crypto import x509 as asn1_x509  # noqa: PLC0415 - see above

    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
