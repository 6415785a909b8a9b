"""Versions of a template stay, the last one is listed, and a picture is kept once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from storage import certificate_templates
from storage.certificate_templates import PictureRow, TemplateRow, pictures, templates
from tests.storage.samples import now

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_the_last_version_of_each_is_listed_and_older_ones_stay(ground: Ground) -> None:
    space, first, second = ground.space(), uuid.uuid4(), uuid.uuid4()
    rows = [
        TemplateRow(first, 1, "Lớp AI", '{"a": 1}', now()),
        TemplateRow(first, 2, "Lớp AI", '{"a": 2}', now()),
        TemplateRow(second, 1, "An toàn số", "{}", now()),
    ]

    with ground.app.write(space) as tx:
        for row in rows:
            certificate_templates.add(tx, row)

    with ground.app.read(space) as tx:
        assert certificate_templates.newest(tx) == [rows[2], rows[1]]
        assert certificate_templates.find(tx, first, 1) == rows[0]
        assert certificate_templates.find(tx, first, 3) is None


def test_a_version_is_written_once(ground: Ground) -> None:
    space, row = ground.space(), TemplateRow(uuid.uuid4(), 1, "Lớp AI", "{}", now())
    with ground.app.write(space) as tx:
        certificate_templates.add(tx, row)

    with pytest.raises(IntegrityError), ground.app.write(space) as tx:
        certificate_templates.add(tx, row)


def test_a_picture_is_kept_once(ground: Ground) -> None:
    space, row = ground.space(), PictureRow("0" * 32, "image/png", b"a picture")

    with ground.app.write(space) as tx:
        certificate_templates.keep_picture(tx, row)
        certificate_templates.keep_picture(tx, row)
        assert certificate_templates.picture(tx, row.digest) == row


@pytest.mark.parametrize("change", [update(templates).values(body="{}"), delete(templates), delete(pictures)])
def test_the_application_changes_no_version(shared_postgresql: Ground, change: object) -> None:
    space = shared_postgresql.space(f"a{uuid.uuid4().hex}")

    with pytest.raises(ProgrammingError, match="permission denied"), shared_postgresql.app.write(space) as tx:
        tx.run(change)  # type: ignore[arg-type]
