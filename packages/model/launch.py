"""How a lesson is opened, what it is given, and when it is completed."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

SCO = "sco"
ASSET = "asset"
AU = "au"
ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Launch:
    """What opens: an address, percent-encoded, counted from the folder of the descriptor; and what the page there speaks."""

    address: str
    role: str
    resource: str = ""
    """The resource of the manifest that it stands for."""
    method: str = ""
    """cmi5: AnyWindow or OwnWindow."""
    parameters: str = ""
    """Data for the lesson itself: dataFromLMS, launchParameters, Core_Vendor."""
    entitlement_key: str = ""

    @property
    def elsewhere(self) -> bool:
        """Tell whether it opens outside the package."""
        parts = urlsplit(self.address)
        return bool(parts.scheme or parts.netloc)

    @property
    def file(self) -> str:
        """The file that opens first, by its name in the package."""
        return unquote(urlsplit(self.address).path)


@dataclass(frozen=True, slots=True)
class Completion:
    """When a lesson counts as done, in the terms of its standard."""

    mastery_score: float | None = None
    """cmi5: from 0 to 1; SCORM 1.2 and AICC: as the lesson counts, mostly to 100."""
    move_on: str = ""
    """cmi5: Passed, Completed, CompletedAndPassed, CompletedOrPassed, NotApplicable."""
    by_measure: bool = False
    least_progress: float = 1.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a lesson may take, and what happens then."""

    time: str = ""
    """As the standard writes it: 0002:30:00 in SCORM 1.2, PT2H30M in 2004."""
    action: str = ""
    """`exit` or `continue`, then `message` or `no message`."""


@dataclass(frozen=True, slots=True)
class SharedData:
    """A bucket of text that lessons share (SCORM 2004 4th Edition), and what this one may do with it."""

    target: str
    read: bool = True
    write: bool = True
