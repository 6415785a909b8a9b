"""Sending: a letter that a certificate is there, or that it ends, written in the transaction of what it follows from; each once."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

from lrs.people import letters
from lrs.people.directory import Directory
from lrs.people.letters import Manner
from lrs.sealing import KeyRing
from storage import certificate_sendings, people, spaces
from storage import letters as kept
from storage.certificate_sendings import ISSUED, SendingRow
from storage.certificates import CertificateRow
from storage.database import Tx
from storage.letters import FAILED

_LETTERS = {ISSUED: letters.PAPER, certificate_sendings.ENDING: letters.PAPER_ENDS}


def send(tx: Tx, keys: KeyRing, rows: Sequence[CertificateRow], kind: str = ISSUED, actor: UUID | None = None) -> int:
    """Send what was not sent yet to those who have an address; count the letters."""
    how = _reached(tx, keys, {row.account_id for row in rows})
    now = datetime.now(UTC)
    wanted = [SendingRow(row.id, kind, uuid4(), now, actor) for row in rows if row.account_id in how]
    first = certificate_sendings.note(tx, wanted)
    whose = {row.id: row.account_id for row in rows}
    for one in wanted:
        if one.letter_id in first:
            account_id = whose[one.certificate_id]
            letters.about_paper(tx, one.letter_id, _LETTERS[kind], account_id, how[account_id])
    return len(first)


def send_again(tx: Tx, keys: KeyRing, row: CertificateRow, actor: UUID | None) -> bool:
    """Send a certificate once more whose letter could not be delivered, or for the first time; tell whether a letter goes out."""
    before = next((one for one in certificate_sendings.of(tx, [row.id]) if one.kind == ISSUED), None)
    if before is None:
        return send(tx, keys, [row], ISSUED, actor) == 1
    letter = kept.find(tx, before.letter_id)
    how = _reached(tx, keys, [row.account_id])
    if letter is None or letter.state != FAILED or row.account_id not in how:
        return False
    new = SendingRow(row.id, ISSUED, uuid4(), datetime.now(UTC), actor)
    if not certificate_sendings.replace(tx, before, new):
        return False
    letters.about_paper(tx, new.letter_id, letters.PAPER, row.account_id, how[row.account_id])
    return True


def _reached(tx: Tx, keys: KeyRing, account_ids: Iterable[UUID]) -> dict[UUID, Manner]:
    """Tell how to write to those who have an address and an open account."""
    listed = [*account_ids]
    if not listed:
        return {}
    space, known = spaces.own(tx), Directory(tx, keys).identities(listed)
    open_ones = [one for one in people.find_accounts(tx, listed) if one.closed is None]
    return {one.id: letters.manner(one, space) for one in open_ones if one.id in known and known[one.id].email}
