"""Certificates: how many a processor draws and signs, how long the first one takes, how many are checked, and many in one PDF.

All of it is computing and nothing waits: the clock is that of the processor, which others on the machine do not set forward. The first one
is drawn in a process of its own, which has loaded nothing.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bench.figures import Figure, Round
from lrs.certificates import signing
from lrs.certificates.joined import joined
from lrs.certificates.press import Press
from lrs.certificates.sheet import Certificate
from lrs.certificates.signed import check
from lrs.certificates.signing import Seal
from lrs.certificates.template import BEGIN, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SERVER = "certificates, without a database"
SIGNED = "certificates, drawn and signed"
FIRST = "certificates, the first of a process"
CHECKED = "certificates, a signed PDF checked"
PRINTED = "certificates, pages of one PDF"
GROWN = "certificates, memory of one PDF"

FEW, MANY = 100, 1000
"""Certificates that are signed; ten times as many are printed."""

_NOW = datetime(2026, 5, 3, 8, 30, tzinfo=UTC)
_TEMPLATE = replace(
    BEGIN,
    closing=Words("Thời lượng: {hours} giờ", "{hours} hours"),
    organisation=Words("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "DEPARTMENT OF SCIENCE AND TECHNOLOGY"),
    signatory="Trần Văn Mẫu",
)
_CERTIFICATE = Certificate(
    number="0012/2026/KHCN",
    name="Nguyễn Thị Hạnh",
    course="Kỹ năng số cơ bản cho mọi người",
    day=date(2026, 5, 3),
    moment=_NOW,
    code="7GQX2M4K93TDXK4P",
    where="https://chungnhan.example.org",
    hours="12",
)


def certificates(count: int) -> Iterator[Certificate]:
    """Make up certificates; each has a code of its own, as large as a sealed one, and a credential of 3 KB."""
    for number in range(1, count + 1):
        yield replace(
            _CERTIFICATE,
            number=f"{number:04}/2026/KHCN",
            name=f"Nguyễn Thị Hạnh {number}",
            payload=f"{number:06}" + "0123456789" * 48,
            credential=b'{"name": "%b"}' % (b"x" * 3000),
        )


def seal() -> Seal:
    """Make a key."""
    return Seal.of(*signing.own("Sở Mẫu", _NOW), [])


def measure(count: int, rounds: int, say: Callable[[Figure], None]) -> list[Figure]:
    """Draw, sign, check and print."""
    figures = [Figure(name, unit, server=SERVER) for name, unit in _UNITS.items()]
    signed, first, checked, printed, grown = figures
    for _ in range(rounds):
        pdf, by = _signed(count, signed)
        _first(first)
        _checked(pdf, by, count, checked)
        _printed(count * 10, printed, grown)
        for figure in figures:
            say(figure)
    return figures


_UNITS = {SIGNED: "certificates/s", FIRST: "certificates/s", CHECKED: "PDFs/s", PRINTED: "pages/s", GROWN: "MiB grown"}


def _signed(count: int, figure: Figure) -> tuple[bytes, Seal]:
    latencies, by, pdf = [], seal(), b""
    with Press(_TEMPLATE, {}) as press:
        for each in certificates(count):
            begin = time.process_time()
            pdf = by.sign(press.page(each), "Chữ ký", _NOW)
            latencies.append(time.process_time() - begin)
    figure.note = f"{len(pdf):,} bytes each; {60 * len(latencies) / sum(latencies):,.0f} a minute and core"
    figure.rounds.append(Round.of(latencies, len(latencies) / sum(latencies)))
    return pdf, by


def _first(figure: Figure) -> None:
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "bench.certificates"], check=True, capture_output=True, text=True)
    seconds = float(done.stdout)
    figure.note = f"with all that has to be loaded for it; {time.perf_counter() - begun:.2f} s by the clock on the wall"
    figure.rounds.append(Round.of([seconds], 1 / seconds))


def _checked(pdf: bytes, by: Seal, count: int, figure: Figure) -> None:
    latencies = []
    for _ in range(count):
        begin = time.process_time()
        check(pdf, [[by.certificate]])
        latencies.append(time.process_time() - begin)
    figure.rounds.append(Round.of(latencies, len(latencies) / sum(latencies)))


def _printed(count: int, figure: Figure, grown: Figure) -> None:
    """Write pages into one PDF, and see how much memory more pages take once a third of them are written."""
    early, size, begin = 0.0, 0, time.process_time()
    with Press(_TEMPLATE, {}) as press:
        for piece in joined(press.chunks(certificates(count)), "Chứng nhận để in"):
            size += len(piece)
            early = early or (_memory() if size > count * _PAGE / 3 else 0)
    seconds = time.process_time() - begin
    figure.note = f"{count:,} pages in {size / 1e6:,.1f} MB"
    figure.rounds.append(Round.of([seconds], count / seconds))
    grown.note = f"from {early:.0f} MiB after a third of {count:,} pages"
    grown.rounds.append(Round(max(0.0, _memory() - early), 0, 0, 1))


_PAGE = 6000


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    with Press(_TEMPLATE, {}) as one:
        seal().sign(one.page(next(certificates(1))), "Chữ ký", _NOW)
    print(time.process_time())
