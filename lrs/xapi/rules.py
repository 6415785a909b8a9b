"""Rules between the properties of a statement, which a schema cannot say (Data 2.4; 2.0: 4.2.2). The schema has been asked before."""

from typing import Any

from lrs.xapi.errors import Invalid, shown

COMPONENTS = ("choices", "scale", "source", "target", "steps")
"""The lists of interaction components (Data 2.4.4.1)."""

_SCORE = "1.0.3 Data 2.4.5.1; 2.0 4.2.2.4"
_INTERACTION = "1.0.3 Data 2.4.4.1; 2.0 4.2.2.3"


def check(value: dict[str, Any]) -> None:
    """Refuse a statement whose properties contradict each other; a SubStatement is held to the same rules (Data 2.4.4.3)."""
    _check_said(value, "$")
    if value["object"].get("objectType") == "SubStatement":
        _check_said(value["object"], "$.object")


def _check_said(said: dict[str, Any], path: str) -> None:
    if "result" in said and "score" in said["result"]:
        _check_score(said["result"]["score"], f"{path}.result.score")
    if "definition" in said["object"]:
        _check_components(said["object"]["definition"], f"{path}.object.definition")
    if "context" in said and "contextActivities" in said["context"]:
        for role, group in said["context"]["contextActivities"].items():
            for at, activity in enumerate(group if isinstance(group, list) else [group]):
                if "definition" in activity:
                    place = f"{path}.context.contextActivities.{role}" + (f"[{at}]" if isinstance(group, list) else "")
                    _check_components(activity["definition"], f"{place}.definition")


def _check_score(score: dict[str, float], path: str) -> None:
    low, raw, high = score.get("min"), score.get("raw"), score.get("max")
    # The lowest possible score is less than the highest (Data 2.4.5.1).
    if low is not None and high is not None and not low < high:
        raise Invalid(f"{path}.min", shown(low), f"a number less than max, which is {shown(high)}", _SCORE)
    # The score itself lies between them, bounds included (Data 2.4.5.1).
    if raw is not None and low is not None and raw < low:
        raise Invalid(f"{path}.raw", shown(raw), f"a number not less than min, which is {shown(low)}", _SCORE)
    if raw is not None and high is not None and raw > high:
        raise Invalid(f"{path}.raw", shown(raw), f"a number not greater than max, which is {shown(high)}", _SCORE)


def _check_components(definition: dict[str, Any], path: str) -> None:
    for name in COMPONENTS:
        if name not in definition:
            continue
        seen: set[str] = set()
        for at, component in enumerate(definition[name]):
            # Within a list of interaction components, all ids are distinct (Data 2.4.4.1).
            if component["id"] in seen:
                raise Invalid(
                    f"{path}.{name}[{at}].id", shown(component["id"]), "an id that its list has once", _INTERACTION
                )
            seen.add(component["id"])
