"""The table of each edition: one for SCORM 1.2, and one for the editions of 2004, of which each leaves out what came after it."""

from functools import cache
from typing import Any

import schemas

_EDITIONS_OF_2004 = ("2nd", "3rd", "4th")


@cache
def table(edition: str) -> Any:
    """Give the table of an edition, as `packages` names it: 1.2, 2nd, 3rd or 4th; it must not be changed."""
    if edition not in _EDITIONS_OF_2004:
        return schemas.load(f"scorm/{edition}")
    whole = schemas.load("scorm/2004")
    elements = {name: rule for name, rule in whole["elements"].items() if rule.get("since", "2nd") <= edition}
    categories = [name for name in whole["categories"] if any(one.startswith(f"{name}.") for one in elements)]
    return whole | {"edition": edition, "elements": elements, "categories": categories}
