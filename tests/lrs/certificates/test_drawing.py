"""What is drawn lies in the object store, under the space that issued it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrs.certificates import drawing
from lrs.certificates.drawing import NotSigned, Proofs, TakenBack
from storage import certificates
from tests.lrs.certificates.issued import issued, revoked

if TYPE_CHECKING:
    from storage.certificates import CertificateRow
    from storage.database import Tx
    from tests.parts.installations import Installation


def prove(_tx: Tx, _row: CertificateRow, name: str) -> Proofs:
    """Attach something."""
    return Proofs("HTTPS://EXAMPLE.ORG/", "https://example.org", f'{{"name": "{name}"}}'.encode())


def test_a_certificate_is_drawn_once(embedded: Installation) -> None:
    embedded.haidang("certificates", "key")
    row = issued(embedded, embedded.person("learner").account)
    parts = embedded.services

    with parts.database.write(1) as tx:
        first = drawing.paper(tx, parts, row, prove)
        assert drawing.paper(tx, parts, row, None) == first  # type: ignore[arg-type]  # nobody is asked again
        press = drawing.press_of(tx, row.template_id, row.template_version)
        assert drawing.press_of(tx, row.template_id, row.template_version) is press

    assert [blob.key for blob in parts.blobs.list("certificates/1/")] == [f"certificates/1/{row.id}.pdf"]


def test_what_cannot_be_signed_or_is_not_valid_is_not_kept(embedded: Installation) -> None:
    row, parts = issued(embedded, embedded.person("learner").account), embedded.services

    with parts.database.write(1) as tx, pytest.raises(NotSigned):
        drawing.paper(tx, parts, row, prove)
    revoked(embedded, row)
    with parts.database.write(1) as tx:
        found = certificates.find(tx, row.id)
        assert found is not None
        with pytest.raises(TakenBack):
            drawing.paper(tx, parts, found, prove)

    assert [*parts.blobs.list("certificates/")] == []
