"""What pyHanko's own validator says of a signed PDF: a judge that is not ours, with trust in one certificate alone."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography import x509


def finds_whole(pdf: bytes, certificate: x509.Certificate, moment: datetime) -> bool:
    """Tell whether it finds one signature, by this certificate, right and over the whole file."""
    ours = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[ours], moment=moment, allow_fetching=False)
    [found] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    with ThreadPoolExecutor(1) as apart:  # pyHanko runs a loop of its own, and a browser's may be running here
        status = apart.submit(validate_pdf_signature, found, context).result()
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return bool(status.intact and status.valid and status.trusted and whole)
