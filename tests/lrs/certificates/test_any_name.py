"""Whatever a name and a course say: it is issued, drawn, sealed, proved and checked, and no page of ours is one of trouble."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lrs.certificates.issuing import Award, Office, Told
from storage import certificate_templates
from storage.certificate_templates import TemplateRow
from tests.lrs.certificates.hostile import HOSTILE
from tests.lrs.certificates.issued import ZONE
from tests.lrs.certificates.papers import TEMPLATE

if TYPE_CHECKING:
    from storage.certificates import CertificateRow
    from tests.parts.installations import Installation

HERE = "/s/haiphong/verify"


def issued(installation: Installation) -> list[CertificateRow]:
    """Issue a certificate for each of the words, which are name, course and duration at once."""
    parts, template = installation.services, uuid.uuid4()
    account = uuid.UUID(installation.person("learner").account)
    with parts.database.write(1) as tx:
        certificate_templates.add(tx, TemplateRow(template, 1, "Lớp AI", TEMPLATE.dumps(), datetime.now(UTC)))
        return Office(tx, parts.identity_keys, datetime.now(UTC), ZONE).issue_all(
            [
                Award(uuid.uuid4(), account, words, Told(words, hours=words), (template, 1), unit_code="P1")
                for words in HOSTILE.values()
            ]
        )


def test_any_words_go_all_the_way(embedded: Installation) -> None:
    embedded.haidang("certificates", "key")
    owner, anybody = embedded.person("owner"), embedded.visitor()

    for what, row in zip(HOSTILE, issued(embedded), strict=True):
        paper = owner.get(f"/s/haiphong/certificates/{row.id}.pdf")
        assert paper.status_code == 200, what
        handed_in = anybody.post(HERE, form_at=HERE, data={"file": (io.BytesIO(paper.data), "x.pdf")})
        pages = (anybody.get(f"{HERE}/{row.code}"), owner.get(f"/s/haiphong/certificates/{row.id}"), handed_in)
        assert [page.status_code for page in pages] == [200, 200, 200], what
