"""The rows of one space as the lines about named queries take them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import update

from storage import awards, certificates
from storage.certificate_lists import Taking
from storage.order import Position
from tests.storage.samples import Row, now

if TYPE_CHECKING:
    from storage.database import Tx

Rows = dict[str, Row]

END_OF_TIME = datetime(2999, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
CURSOR = Position(9, 9, 9)


def commit_of(rows: Rows, before: int = 0) -> tuple[uuid.UUID, int, int]:
    """Name the commit among these rows, or the number before its own."""
    row = rows["commits"]
    return row["attempt_id"], row["session"], row["n"] - before


def enrolled(rows: Rows) -> tuple[uuid.UUID, uuid.UUID]:
    """Name the course and the account of the enrolment among these rows."""
    return rows["courses"]["id"], rows["accounts"]["id"]


def award_of(rows: Rows) -> awards.AwardRow:
    """Name the award among these rows."""
    return awards.AwardRow(rows["rule_versions"]["id"], rows["accounts"]["id"], uuid.uuid4(), (), now())


def own(rows: Rows, table: str) -> Row:
    """Give the row of a table among these as a query takes it."""
    return {name: value for name, value in rows[table].items() if name != "space_id"}


def made_valid(tx: Tx) -> Taking:
    """Let the certificates of this space be valid, whatever was made up for them, and ask for all of them."""
    here = certificates.certificates.c.space_id == tx.space
    tx.run(update(certificates.certificates).where(here).values(state="valid"))
    return Taking()


def without_space(rows: Rows) -> Row:
    """Give the certificate among these rows as a query takes it."""
    return own(rows, "certificates")
