"""What a lesson says, and what the sequencer knows of its activity: each becomes the other (SN, 4.2.1; RTE, 4.2.17)."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from packages.model import Objective
from player.sequencing import objectives
from player.sequencing.navigation import Request
from player.sequencing.run import Run
from player.sequencing.tracking import Progress
from player.sequencing.tree import Activity

Values = Mapping[str, str]

_NAMES = {
    "satisfied": "success_status",
    "measure": "score.scaled",
    "raw": "score.raw",
    "least": "score.min",
    "most": "score.max",
    "completed": "completion_status",
    "progress": "progress_measure",
}
"""Members of `Progress`, with their names in the data model, below `cmi` or an objective."""

_WORDS = {
    "satisfied": {True: "passed", False: "failed"},
    "completed": {True: "completed", False: "incomplete"},
}
_MEANINGS: dict[str, dict[str, bool | None]] = {
    "satisfied": {"passed": True, "failed": False, "unknown": None},
    "completed": {"completed": True, "incomplete": False, "not attempted": False, "unknown": None},
}
_HEARD = {f"cmi.{name}" for name in _NAMES.values()} | {"cmi.exit", "adl.nav.request"}
_ENDINGS = {"time-out": "exitAll", "logout": "exitAll"}
"""What leaving a lesson in this way asks for, whatever it asks for besides (RTE, 4.2.8)."""


def given(run: Run, activity: Activity) -> dict[str, str]:
    """Say what a lesson reads of its objectives and of the stores that it shares."""
    values: dict[str, str] = {}
    for name, (place, objective) in _places(activity, {}).items():
        values[f"{place}.id"] = name
        values |= dict(_written(place, objectives.read(run, activity, objective)))
    for n, bucket in enumerate(activity.item.shared_data):
        values[f"adl.data.{n}.id"] = bucket.target
        if bucket.target in run.stores:
            values[f"adl.data.{n}.store"] = run.stores[bucket.target]
    return values


def kept(values: Values, said: Values) -> dict[str, str]:
    """Put what is given now over what a lesson said of its objectives before: others may have changed them since."""
    return {**values, **{name: one for name, one in said.items() if name.startswith("cmi.objectives.")}}


def access(activity: Activity) -> dict[str, str]:
    """Say which stores a lesson may read and write."""
    return {
        f"adl.data.{n}.store": "r" * bucket.read + "w" * bucket.write
        for n, bucket in enumerate(activity.item.shared_data)
    }


def _places(activity: Activity, values: Values) -> dict[str, tuple[str, Objective]]:
    """Find each named objective in a list of objectives; one that is not there comes behind the others."""
    ids = {name: one for name, one in values.items() if name.startswith("cmi.objectives.") and name.endswith(".id")}
    there = {one: name.removesuffix(".id") for name, one in ids.items()}
    missing = [name for name in activity.objectives if name and name not in there]
    there |= {name: f"cmi.objectives.{len(ids) + n}" for n, name in enumerate(missing)}
    return {name: (there[name], one) for name, one in activity.objectives.items() if name}


def _written(place: str, progress: Progress) -> Iterator[tuple[str, str]]:
    for member, name in _NAMES.items():
        value = getattr(progress, member)
        if value is not None:
            words = _WORDS.get(member)
            yield f"{place}.{name}", words[value] if words else str(value)


def is_told(element: str) -> bool:
    """Tell whether the sequencer listens to what is said here."""
    return element in _HEARD or element.startswith(("cmi.objectives.", "adl.data."))


def told(run: Run, activity: Activity, values: Values, before: Values) -> None:
    """Take over what a lesson has said: what differs from what it was given (`before`); nothing of one that is not tracked."""
    for n, bucket in enumerate(activity.item.shared_data):
        store = values.get(f"adl.data.{n}.store")
        if store is not None and bucket.write:
            run.stores = {**run.stores, bucket.target: store}
    if not activity.tracked:
        return
    own = _read("cmi", values, before)
    run.change(activity, unknown=tuple(member for member, value in own.items() if value is None))
    said = {name: _read(place, values, before) for name, (place, _) in _places(activity, values).items()}
    said[activity.primary.identifier] = {**said.get(activity.primary.identifier, {}), **own}
    for name, members in said.items():
        _record(run, activity, activity.objectives[name], members)


def _record(run: Run, activity: Activity, objective: Objective, said: dict[str, Any]) -> None:
    if said:
        run.say("RTE", activity, ", ".join(f"{name} {value}" for name, value in said.items()), objective.identifier)
        objectives.record(run, activity, objective, **said)


def _read(place: str, values: Values, before: Values) -> dict[str, Any]:
    said = {}
    for member, name in _NAMES.items():
        element = f"{place}.{name}"
        value = values.get(element)
        if value is not None and value != before.get(element):
            with suppress(ValueError, KeyError):
                said[member] = _meaning(member, value)
    return said


def _meaning(member: str, value: str) -> Any:
    if member in _MEANINGS:
        return _MEANINGS[member][value]
    return float(value) if member in {"measure", "progress"} else value


def ended(run: Run, activity: Activity, values: Values) -> None:
    """Take over how a visit to a lesson has ended: suspended or not."""
    run.change(activity, suspended=values.get("cmi.exit") == "suspend")


def forced(values: Values) -> Request | None:
    """Read what the way in which a lesson is left asks for, whatever else is asked for."""
    name = _ENDINGS.get(values.get("cmi.exit", ""))
    return Request(name) if name else None


def asked(values: Values) -> Request | None:
    """Read what a lesson asks for when it ends."""
    said = values.get("adl.nav.request", "_none_")
    if said.startswith("{target="):
        target, _, name = said.removeprefix("{target=").rpartition("}")
        return Request(name, target)
    return None if said in {"_none_", ""} else Request(said)
