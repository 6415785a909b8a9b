"""Checking: the page on the network that tells whoever has a code how a certificate stands, among as many as a contest gives."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import insert

from bench.figures import Figure, Round
from bench.lines import LoadFailed, drive
from bench.service import URL
from lrs.access import LEARNER
from lrs.certificates.number import new_code
from lrs.certificates.template import BEGIN
from lrs.people import printed
from lrs.sealing import KeyRing
from storage import certificate_templates, certificates, people, spaces
from storage.certificate_templates import TemplateRow
from storage.certificates import VALID, CertificateRow
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.service import Service
    from storage.database import Tx

FEW, MANY = 30_000, 300_000
CONNECTIONS = (1, 32)
_AT_ONCE, _PEOPLE = 5_000, 1_000
_TOLD = '{"course": "Kỹ năng số cơ bản cho mọi người", "unit": "", "hours": "12", "score": ""}'
_NOW = datetime(2026, 5, 3, 8, 30, tzinfo=UTC)


def name_of(connections: int) -> str:
    """Name a figure."""
    return f"a code checked, {connections} {'connection' if connections == 1 else 'connections'}"


def measure(service: Service, many: int, asked: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Fill a space with certificates, and ask for so many of them by their codes: one after the other, and 32 at once."""
    codes = fill(service, many)
    chance = random.Random(7)
    for connections in CONNECTIONS:
        figure = Figure(name_of(connections), "pages/s", size=many, note=f"among {many:,} certificates")
        for times in (connections * 8, asked * connections):  # first to warm up
            outcome = drive(service.port, [_request(service, chance.choice(codes)) for _ in range(times)], connections)
        figure.rounds.append(Round.of(outcome.latencies, outcome.rate))
        say(figure)
        yield figure


def _request(service: Service, code: str) -> bytes:
    head = f"GET /s/{service.space}/verify/{code} HTTP/1.1\r\nHost: app.lms.localhost:{service.port}\r\n"
    return f"{head}Accept: text/html\r\nAccept-Language: vi\r\n\r\n".encode()


def fill(service: Service, many: int) -> list[str]:
    """Issue so many certificates to a thousand people; give back their codes."""
    database, found = Database(service.environ[URL]), list[str]()
    keys = KeyRing(Path(service.environ["HAIDANG_DATA"]) / "keys" / "identity.keys")
    with database.read() as tx:
        space = spaces.find_by_slug(tx, service.space)
    if space is None:
        raise LoadFailed("the space is not there")
    template, owners = uuid4(), [uuid4() for _ in range(min(_PEOPLE, many))]
    with database.write(space.id) as tx:
        certificate_templates.add(tx, TemplateRow(template, 1, "Kỹ năng số", BEGIN.dumps(), _NOW))
        rows = [{"space_id": space.id, "id": each, "role": LEARNER, "created": _NOW} for each in owners]
        tx.run(insert(people.accounts), rows)
    for first in range(0, many, _AT_ONCE):
        with database.write(space.id) as tx:
            some = range(first, min(first + _AT_ONCE, many))
            made = [_issued(tx, keys, template, number, owners[number % len(owners)]) for number in some]
            certificates.add(tx, made)
            found += [row.code for row in made]
    database.dispose()
    service.ground.settle()
    return found


def _issued(tx: Tx, keys: KeyRing, template: UUID, number: int, account: UUID) -> CertificateRow:
    key_id, sealed = printed.sealed(tx, keys, account, f"Nguyễn Thị Hạnh {number}")
    return CertificateRow(
        id=uuid4(),
        unit_id=certificates.OF_NO_UNIT,
        year=2026,
        counted=number + 1,
        round=1,
        unit_code="",
        award_id=uuid4(),
        account_id=account,
        template_id=template,
        template_version=1,
        code=new_code(),
        key_id=key_id,
        sealed=sealed,
        told=_TOLD,
        issued=_NOW,
        day=date(2026, 5, 3),
        until=None,
        state=VALID,
    )
