"""The three resources that keep documents, and what a request to one of them names (xAPI Communication 2.2, 2.3, 2.6, 2.7).

They differ in what names a document, and in nothing else: one table says how.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from lrs.xapi import parameters
from lrs.xapi.actors import key
from lrs.xapi.documents import Resource
from lrs.xapi.version import Version
from storage.documents import Place

UNNAMED_TYPE = "application/octet-stream"

READS = "all/read"
"""The scope that reads documents of each kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the three resources: its address, what names its documents, who may use it."""

    resource: Resource
    address: str
    id: str
    of_activity: bool
    of_agent: bool
    scope: str

    @property
    def parameters(self) -> frozenset[str]:
        """The parameters that name a place, without the document's id."""
        names = {"activityId"} if self.of_activity else set()
        names |= {"agent"} if self.of_agent else set()
        return frozenset(names | {"registration"} if self.resource is Resource.STATE else names)


KINDS = (
    Kind(Resource.STATE, "/activities/state", "stateId", of_activity=True, of_agent=True, scope="state"),
    Kind(Resource.AGENT_PROFILE, "/agents/profile", "profileId", of_activity=False, of_agent=True, scope="profile"),
    Kind(
        Resource.ACTIVITY_PROFILE, "/activities/profile", "profileId", of_activity=True, of_agent=False, scope="profile"
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request names: a place, a document in it or all, and since when."""

    place: Place
    id: str | None
    since: datetime | None


def read(kind: Kind, pairs: Iterable[tuple[str, str]], speaks: Version, *more: str) -> Asked:
    """Read what a request's parameters name."""
    given = parameters.only(pairs, kind.parameters | {kind.id, *more})
    place = Place(
        resource=str(kind.resource),
        activity=parameters.iri("activityId", parameters.required(given, "activityId")) if kind.of_activity else "",
        agent=_agent(parameters.required(given, "agent"), speaks) if kind.of_agent else "",
        registration=parameters.uuid("registration", given["registration"]) if "registration" in given else None,
    )
    since = parameters.timestamp("since", given["since"], speaks) if "since" in given else None
    return Asked(place, given.get(kind.id), since)


@lru_cache(maxsize=1024)
def _agent(text: str, speaks: Version) -> str:
    """Read whose documents they are: an Agent's in 1.0.3 (2.3, 2.6, note), in 2.0 an Identified Group's too (4.1.6.2, 4.1.6.5)."""
    parse = parameters.agent if speaks is Version.V1 else parameters.actor
    return key(parse("agent", text)) or ""
