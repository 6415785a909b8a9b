"""Many certificates leave at once: as a zip of signed files, and as one file to print."""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from lrs.certificates import keeping
from lrs.certificates.signed import check
from lrs.outcomes.rules.language import COMPLETED
from storage import audit
from tests.lrs.outcomes.test_pages import SAFE
from tests.lrs.outcomes.test_paper_pages import Class
from tests.parts.poppler import poppler

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.installations import Installation


@pytest.fixture
def school(embedded: Installation) -> Class:
    return Class(embedded)


def test_all_are_taken_away_as_a_zip_and_as_one_file_to_print(
    embedded: Installation, school: Class, tmp_path: Path
) -> None:
    owner = school.gives()
    for name in ("Nguyễn Thị Hạnh", "Trần Văn Bình"):
        school.say(school.named(name), COMPLETED, SAFE)

    assert owner.get(f"{school.at}.zip").status_code == 503  # no key: it is said before the first byte
    embedded.haidang("certificates", "key")
    packed, printed = owner.get(f"{school.at}.zip"), owner.get(f"{school.at}.pdf")

    with ZipFile(io.BytesIO(packed.data)) as archive:
        assert archive.testzip() is None
        ours = keeping.seal_of(embedded.services.config).certificate
        assert [check(archive.read(each), [[ours]]) for each in archive.namelist()] == [ours, ours]
        assert sum("Hạnh" in each for each in archive.namelist()) == 1
    assert "Pages:           2" in poppler("pdfinfo", printed.data, tmp_path)
    assert owner.get(f"{school.at}.pdf?unit={uuid.uuid4()}").status_code == 404
    with embedded.services.database.read(school.space) as tx:
        taken = audit.page(tx, audit.Wanted(acts=("certificate.exported",)), 9)
    assert len(taken) == 2

    with ZipFile(io.BytesIO(packed.data)) as archive:
        numbers = [each[:4] for each in archive.namelist()]
    assert numbers == ["0001", "0002"]
