"""What a package is, whatever standard it was made for. Pure; everything after import reads this and nothing else (docs/packages.md)."""

from packages.model.item import Item, Organisation
from packages.model.launch import ACTIVITY, ASSET, AU, SCO, Completion, Launch, Limits, SharedData
from packages.model.metadata import Metadata
from packages.model.package import AICC, CMI5, SCORM12, SCORM2004, XAPI, Aim, Package, Resource
from packages.model.sequencing import (
    Condition,
    ConstrainedChoice,
    ControlMode,
    DeliveryControls,
    LimitConditions,
    Objective,
    ObjectiveMap,
    Randomization,
    Rollup,
    RollupConsiderations,
    RollupRule,
    Rule,
    Sequencing,
)
from packages.model.text import Text

__all__ = [
    "ACTIVITY",
    "AICC",
    "ASSET",
    "AU",
    "CMI5",
    "SCO",
    "SCORM12",
    "SCORM2004",
    "XAPI",
    "Aim",
    "Completion",
    "Condition",
    "ConstrainedChoice",
    "ControlMode",
    "DeliveryControls",
    "Item",
    "Launch",
    "LimitConditions",
    "Limits",
    "Metadata",
    "Objective",
    "ObjectiveMap",
    "Organisation",
    "Package",
    "Randomization",
    "Resource",
    "Rollup",
    "RollupConsiderations",
    "RollupRule",
    "Rule",
    "Sequencing",
    "SharedData",
    "Text",
]
