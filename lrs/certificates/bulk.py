"""Many certificates at once, made while they are sent: each in a transaction of its own (docs/certificates.md, In bulk)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from lrs.certificates import drawing, issuing
from lrs.certificates.drawing import Prove
from lrs.certificates.joined import joined
from lrs.certificates.sheet import Certificate
from lrs.certificates.zipped import file_name, zipped
from lrs.people import printed
from lrs.services import Services
from lrs.web import transaction
from storage import certificates


@dataclass(frozen=True, slots=True)
class Bulk:
    """Certificates that were asked for, by their ids, in order."""

    parts: Services
    prove: Prove
    ids: Sequence[UUID]

    def zip(self) -> Iterator[bytes]:
        """Give a zip of signed certificates."""
        return zipped(self._signed())

    def book(self, title: str) -> Iterator[bytes]:
        """Give one PDF to print."""
        return joined(self._chunks(), title)

    def _signed(self) -> Iterator[tuple[str, bytes]]:
        for each in self.ids:
            with transaction() as tx:
                row = certificates.find(tx, each)
                if row is None or row.state != certificates.VALID:
                    continue  # taken back since the list was made
                pdf = drawing.paper(tx, self.parts, row, self.prove)
                name = file_name(issuing.number_of(row), printed.name_on(tx, self.parts.identity_keys, row))
            yield name, pdf

    def _chunks(self) -> Iterator[bytes]:
        """Draw what looks alike together: each version of a template has a press of its own."""
        for (template, version), sheets in groupby(self._sheets(), key=lambda pair: pair[0]):
            with transaction() as tx:
                press = drawing.press_of(tx, template, version)
            yield from press.chunks(of for _, of in sheets)

    def _sheets(self) -> Iterator[tuple[tuple[UUID, int], Certificate]]:
        for each in self.ids:
            with transaction() as tx:
                row = certificates.find(tx, each)
                if row is None or row.state != certificates.VALID:
                    continue
                drawn = drawing.on_paper(tx, self.parts, row, self.prove)
            yield (row.template_id, row.template_version), drawn
