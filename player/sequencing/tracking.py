"""The tracking model (SN, 4.2), as values: what is known of objectives, of an attempt on an activity, and of the whole tree."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of an objective, local or global; nothing is None. An activity's own progress is kept with its primary objective."""

    satisfied: bool | None = None
    measure: float | None = None
    raw: str | None = None
    least: str | None = None
    most: str | None = None
    completed: bool | None = None
    progress: float | None = None


NOTHING = Progress()


@dataclass(frozen=True, slots=True)
class Track:
    """What is known of an activity: its attempts, and the progress of the current one by objective."""

    attempts: int = 0
    active: bool = False
    suspended: bool = False
    objectives: Mapping[str, Progress] = field(default_factory=dict)
    available: tuple[str, ...] | None = None
    """The children that this learner is given, in their order, where selection or randomisation has said so."""
    unknown: tuple[str, ...] = ()
    """What the lesson has said to be unknown: silence is taken for success, that is not."""
    stale: tuple[str, ...] = ()
    """Members of its progress that are of an earlier attempt on its parent, which wants none of them (SN, 3.2.6 and 3.2.7)."""


NEW = Track()


@dataclass(frozen=True, slots=True)
class State:
    """All that is known of one learner's attempt on a tree: a value, kept with the attempt."""

    tracks: Mapping[str, Track] = field(default_factory=dict)
    current: str | None = None
    suspended: str | None = None
    ended: bool = False
    objectives: Mapping[str, Progress] = field(default_factory=dict)
    """The global objectives."""
    stores: Mapping[str, str] = field(default_factory=dict)
    """What lessons put into the stores that they share (adlcp:data)."""
    seed: int = 0
    """What chance is made of, so that the same attempt is always given the same."""

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON value, leaving out what is at its default."""
        value: dict[str, Any] = _written(self)
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "State":
        """Read what `to_json` has written; what a later version would add is passed over."""
        said = _known(cls, value)
        said["tracks"] = {name: _track(one) for name, one in value.get("tracks", {}).items()}
        said["objectives"] = _progress(value.get("objectives", {}))
        return cls(**said)


def _track(value: Mapping[str, Any]) -> Track:
    said = _known(Track, value)
    said["objectives"] = _progress(value.get("objectives", {}))
    said |= {name: tuple(value[name]) for name in ("available", "unknown", "stale") if name in value}
    return Track(**said)


def _progress(value: Mapping[str, Any]) -> dict[str, Progress]:
    return {name: Progress(**_known(Progress, one)) for name, one in value.items()}


def _known(kind: Any, value: Mapping[str, Any]) -> dict[str, Any]:
    return {one.name: value[one.name] for one in fields(kind) if one.name in value}


def _written(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _written(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return list(value)
    if not isinstance(value, Progress | Track | State):
        return value
    unsaid = _UNSAID[type(value)]
    held = ((one.name, getattr(value, one.name)) for one in fields(value))
    return {name: _written(one) for name, one in held if one != getattr(unsaid, name)}


_UNSAID: dict[type, Any] = {Progress: NOTHING, Track: NEW, State: State()}
