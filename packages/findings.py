"""What an author is told about a package: a code, how much it matters, a sentence, the file it is about."""

from dataclasses import dataclass

from flask_babel import LazyString

from lrs.errors import Trouble

REPAIRED = "repaired"
WARNING = "warning"
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a package."""

    code: str
    severity: str
    text: str | LazyString
    file: str = ""


class PackageRefused(Trouble):
    """A package cannot be taken in; the finding says why, and which file it is about."""

    status = 422

    def __init__(self, code: str, text: str | LazyString, file: str = "") -> None:
        self.finding = Finding(code, REFUSED, text, file)
        super().__init__(text)
