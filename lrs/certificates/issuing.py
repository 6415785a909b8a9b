"""Issuing: an award gets a number and a name on paper, once; and what becomes of it afterwards (docs/certificates.md, Numbers)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import orjson
from flask_babel import lazy_gettext as _

from lrs.certificates.code import Payload
from lrs.certificates.day import months_after
from lrs.certificates.number import Number, new_code, year_of
from lrs.certificates.sheet import Certificate
from lrs.errors import Trouble
from lrs.people import printed
from lrs.people.identity import NotUnderstood, line
from lrs.sealing import KeyRing
from lrs.seals.words import cleaned
from lrs.webhooks import happening
from storage import certificates
from storage.certificates import CertificateRow, EventRow
from storage.database import Tx


class NotValidAnyMore(Trouble):
    """A certificate was taken back, or replaced, before."""

    status = 409
    title = _("This certificate is not valid any more")
    advice = _("It was taken back or replaced before. Nothing was changed. Open the page again to see what happened.")


@dataclass(frozen=True, slots=True)
class Told:
    """What is on a sheet beside name, number and day; it says nothing about who somebody is."""

    course: str
    unit: str = ""
    hours: str = ""
    score: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """Why somebody gets a certificate, and in what words."""

    id: UUID
    account_id: UUID
    name: str
    told: Told
    template: tuple[UUID, int]
    months: int | None = None
    unit_id: UUID = certificates.OF_NO_UNIT
    unit_code: str = ""
    renews: UUID | None = None
    rule_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """Whoever issues, and takes back: in a transaction, at a moment, where a space is."""

    tx: Tx
    keys: KeyRing
    moment: datetime
    zone: str
    actor: UUID | None = None

    def issue(self, award: Award) -> CertificateRow:
        """Give an award its certificate, or the one that it has."""
        return self.issue_all([award])[0]

    def issue_all(self, awards: Sequence[Award]) -> list[CertificateRow]:
        """Give awards their certificates, those of a unit with numbers in a row; whoever has one keeps it."""
        tx, year = self.tx, year_of(self.moment, self.zone)
        made: dict[UUID, CertificateRow] = {}
        for unit in sorted({award.unit_id for award in awards}):  # in one order, so that no two wait for each other
            certificates.hold(tx, unit, year)
            ours = {award.id: award for award in awards if award.unit_id == unit}
            there = certificates.of_awards(tx, [*ours])
            done = {row.award_id for row in there}
            new = [award for award in ours.values() if award.id not in done]
            first = certificates.take(tx, unit, year, len(new)) if new else 0
            rows = [self._row(award, year, first + at) for at, award in enumerate(new)]
            certificates.add(tx, rows)
            certificates.note(tx, [self._event(row.id, certificates.ISSUED) for row in rows])
            happening.issued(tx, [(row, number_of(row)) for row in rows])
            made |= {row.award_id: row for row in (*there, *rows)}
        return [made[award.id] for award in awards]

    def revoke(self, row: CertificateRow, reason: str) -> None:
        """Take a certificate back, and say why."""
        if not take_back(self.tx, row.id, _reason(reason), self.moment, self.actor):
            raise NotValidAnyMore

    def rename(self, row: CertificateRow, name: str, reason: str) -> CertificateRow:
        """Issue a certificate once more under its own number, with the name as it should have been."""
        why = _reason(reason)
        if not certificates.leave_valid(self.tx, row.id, certificates.REPLACED):
            raise NotValidAnyMore
        key_id, sealed = self._sealed(row.account_id, name)
        new = replace(
            row,
            id=uuid4(),
            round=row.round + 1,
            code=new_code(),
            key_id=key_id,
            sealed=sealed,
            issued=self.moment,
            state=certificates.VALID,
        )
        certificates.add(self.tx, [new])
        certificates.note(
            self.tx,
            [self._event(row.id, certificates.NAMED_ANEW, why), self._event(new.id, certificates.ISSUED, why)],
        )
        happening.issued(self.tx, [(new, number_of(new))], replaces=row.id)
        return new

    def _row(self, award: Award, year: int, counted: int) -> CertificateRow:
        key_id, sealed = self._sealed(award.account_id, award.name)
        day = self.moment.astimezone(ZoneInfo(self.zone)).date()
        template_id, version = award.template
        return CertificateRow(
            id=uuid4(),
            unit_id=award.unit_id,
            year=year,
            counted=counted,
            round=1,
            unit_code=award.unit_code,
            award_id=award.id,
            account_id=award.account_id,
            template_id=template_id,
            template_version=version,
            code=new_code(),
            key_id=key_id,
            sealed=sealed,
            told=orjson.dumps({part: cleaned(said) for part, said in asdict(award.told).items()}).decode(),
            issued=self.moment,
            day=day,
            until=None if award.months is None else months_after(day, award.months),
            state=certificates.VALID,
            renews=award.renews,
            rule_id=award.rule_id,
        )

    def _sealed(self, account: UUID, name: str) -> tuple[int, bytes]:
        return printed.sealed(self.tx, self.keys, account, cleaned(name))

    def _event(self, certificate: UUID, kind: str, reason: str = "") -> EventRow:
        return EventRow(uuid4(), certificate, self.moment, kind, self.actor, reason)


def take_back(tx: Tx, certificate: UUID, reason: str, moment: datetime, actor: UUID | None) -> bool:
    """Let a certificate be valid no longer, and write down why; tell whether it was."""
    was = certificates.leave_valid(tx, certificate, certificates.REVOKED)
    if was:
        certificates.note(tx, [EventRow(uuid4(), certificate, moment, certificates.TAKEN_BACK, actor, reason)])
        row = certificates.find(tx, certificate)
        if row is not None:
            happening.revoked(tx, row, number_of(row))
    return was


def expired(row: CertificateRow, today: date) -> bool:
    """Tell whether a certificate's last day is over."""
    return row.until is not None and row.until < today


def number_of(row: CertificateRow) -> str:
    """Write a certificate's number."""
    return str(Number(row.counted, row.year, row.unit_code))


def on_paper(row: CertificateRow, name: str, where: str, payload: Payload, credential: bytes | None) -> Certificate:
    """Say what is drawn of a certificate."""
    told = Told(**orjson.loads(row.told))
    return Certificate(
        number=number_of(row),
        name=name,
        day=row.day,
        moment=row.issued,
        code=row.code,
        where=where,
        payload=payload,
        credential=credential,
        until=row.until,
        **asdict(told),
    )


def _reason(text: str) -> str:
    reason = line("reason", text)
    if not reason:
        raise NotUnderstood("reason", _("Please say why: it stands in the history of the certificate."))
    return reason
