"""Names on certificates are sealed, and sealed anew when keys are changed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from lrs import sealing
from lrs.people import printed
from lrs.sealing import KeyRing, NotOurs
from storage import certificate_templates, certificates
from storage.certificate_templates import TemplateRow
from tests.storage.issuers import certificate
from tests.storage.samples import now

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.databases import Ground


def test_a_name_is_read_back_and_sealed_anew(ground: Ground, tmp_path: Path) -> None:
    sealing.make(tmp_path / "identity.keys")
    keys, space, template = KeyRing(tmp_path / "identity.keys"), ground.space(), uuid.uuid4()
    account, other = ground.account(space).id, ground.account(space).id
    with ground.app.write(space) as tx:
        certificate_templates.add(tx, TemplateRow(template, 1, "Lớp AI", "{}", now()))
        rows = [certificate(each, template, uuid.uuid4(), 1) for each in (account, other)]
        certificates.add(tx, rows)
        for row in rows:
            certificates.reseal(tx, row.id, *printed.sealed(tx, keys, account, "Nguyễn Thị Hạnh"))
        first, second = (certificates.find(tx, row.id) for row in rows)
        assert first is not None
        assert second is not None

        assert printed.name_on(tx, keys, first) == "Nguyễn Thị Hạnh"
        with pytest.raises(NotOurs):  # a name that was moved to somebody else
            printed.name_on(tx, keys, second)
        certificates.reseal(tx, second.id, *printed.sealed(tx, keys, other, "Trần Văn Mẫu"))

        sealing.add(keys.path)
        assert printed.reseal(tx, keys, 10) == 2
        assert printed.reseal(tx, keys, 10) == 0
        found = certificates.find(tx, first.id)
        assert found is not None
        assert found.key_id != first.key_id
        assert printed.name_on(tx, keys, found) == "Nguyễn Thị Hạnh"
