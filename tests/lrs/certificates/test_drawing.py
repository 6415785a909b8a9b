"""What is drawn lies in the object store, under the space that issued it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrs.certificates import drawing
from lrs.certificates.drawing import NotSigned, Prepared, Proofs, TakenBack
from storage import certificates
from tests.lrs.certificates.issued import issued, revoked

if TYPE_CHECKING:
    from storage.certificates import CertificateRow
    from storage.database import Tx
    from tests.parts.installations import Installation


def prove(_tx: Tx, _row: CertificateRow, name: str) -> Proofs:
    """Attach something."""
    return Proofs("HTTPS://EXAMPLE.ORG/", "https://example.org", f'{{"name": "{name}"}}'.encode())


def drawn(installation: Installation, row: CertificateRow) -> bytes:
    """Draw a certificate."""
    parts = installation.services

    def prepare() -> Prepared:
        with parts.database.write(1) as tx:
            return drawing.prepared(tx, parts, row, prove)

    return drawing.paper(parts, 1, row, prepare)


def test_a_certificate_is_drawn_once(embedded: Installation) -> None:
    embedded.haidang("certificates", "key")
    row = issued(embedded, embedded.person("learner").account)
    parts = embedded.services

    first = drawn(embedded, row)
    assert drawing.paper(parts, 1, row, None) == first  # type: ignore[arg-type]  # nobody is asked again
    with parts.database.read(1) as tx:
        press = drawing.press_of(tx, row.template_id, row.template_version)
        assert drawing.press_of(tx, row.template_id, row.template_version) is press

    assert [blob.key for blob in parts.blobs.list("certificates/1/")] == [f"certificates/1/{row.id}.pdf"]


def test_what_cannot_be_signed_or_is_not_valid_is_not_kept(embedded: Installation) -> None:
    row = issued(embedded, embedded.person("learner").account)

    with pytest.raises(NotSigned):
        drawn(embedded, row)
    revoked(embedded, row)
    with embedded.services.database.read(1) as tx:
        found = certificates.find(tx, row.id)
    assert found is not None
    with pytest.raises(TakenBack):
        drawn(embedded, found)

    assert [*embedded.services.blobs.list("certificates/")] == []
