"""Letters about certificates, when they are sent: which one it is, whether it is valid still, and the way to it."""

from dataclasses import replace
from datetime import UTC, datetime

import orjson

from lrs.people import letters, paper_links
from lrs.people.letter_words import About, Paper
from storage import certificate_sendings, certificates
from storage.certificates import VALID, CertificateRow
from storage.database import Tx
from storage.letters import LetterRow

KINDS = (letters.PAPER, letters.PAPER_ENDS)


def about(tx: Tx, letter: LetterRow, told: About, home: str, word: str) -> About | None:
    """Say what a letter is about, with its link; nothing, if the certificate is valid no more."""
    row = _certificate(tx, letter)
    if row is None:
        return None
    paper = Paper(str(orjson.loads(row.told)["course"]), row.until)
    if letter.kind == letters.PAPER_ENDS:
        return replace(told, paper=paper, address=f"{home}/achievements/{row.rule_id}")
    link = paper_links.keep(tx, word, row.id, datetime.now(UTC))
    return replace(told, paper=paper, address=f"{home}/paper/{word}", until=link.expires)


def _certificate(tx: Tx, letter: LetterRow) -> CertificateRow | None:
    sent = certificate_sendings.of_letter(tx, letter.id)
    row = None if sent is None else certificates.find(tx, sent.certificate_id)
    return row if row is not None and row.state == VALID else None
