"""The sequencing of an activity (IMS Simple Sequencing as SCORM 2004 extends it), with the defaults of the standard."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ControlMode:
    """How learners may move among the children of an activity."""

    choice: bool = True
    choice_exit: bool = True
    flow: bool = False
    forward_only: bool = False
    current_attempt_objectives: bool = True
    current_attempt_progress: bool = True


@dataclass(frozen=True, slots=True)
class ConstrainedChoice:
    """How far choice may reach (adlseq)."""

    prevent_activation: bool = False
    constrain_choice: bool = False


@dataclass(frozen=True, slots=True)
class LimitConditions:
    """How often and how long an activity may be attempted; durations as the standard writes them."""

    attempts: int | None = None
    attempt_absolute_duration: str = ""
    attempt_experienced_duration: str = ""
    activity_absolute_duration: str = ""
    activity_experienced_duration: str = ""
    begin: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is or is not so, of the activity or of one of its objectives."""

    condition: str
    negated: bool = False
    objective: str = ""
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens before, after or during an activity, and under which conditions."""

    action: str
    conditions: tuple[Condition, ...] = ()
    combination: str = "all"


@dataclass(frozen=True, slots=True)
class RollupRule:
    """What an activity becomes by what its children are."""

    action: str
    conditions: tuple[Condition, ...] = ()
    combination: str = "any"
    children: str = "all"
    least_count: int = 0
    least_percent: float = 0.0


@dataclass(frozen=True, slots=True)
class Rollup:
    """What an activity gathers from its children and gives to its parent."""

    rules: tuple[RollupRule, ...] = ()
    satisfaction: bool = True
    progress: bool = True
    measure_weight: float = 1.0


@dataclass(frozen=True, slots=True)
class RollupConsiderations:
    """When an activity counts in the rollup of its parent (adlseq)."""

    required_for_satisfied: str = "always"
    required_for_not_satisfied: str = "always"
    required_for_completed: str = "always"
    required_for_incomplete: str = "always"
    measure_if_active: bool = True


@dataclass(frozen=True, slots=True)
class ObjectiveMap:
    """What a local objective reads from a global one and writes to it; what adlseq adds is mapped only where it stands."""

    target: str
    read_satisfied_status: bool = False
    read_normalized_measure: bool = False
    write_satisfied_status: bool = False
    write_normalized_measure: bool = False
    read_raw_score: bool = False
    read_min_score: bool = False
    read_max_score: bool = False
    read_completion_status: bool = False
    read_progress_measure: bool = False
    write_raw_score: bool = False
    write_min_score: bool = False
    write_max_score: bool = False
    write_completion_status: bool = False
    write_progress_measure: bool = False


@dataclass(frozen=True, slots=True)
class Objective:
    """A local objective; the primary one is what rolls up."""

    identifier: str = ""
    primary: bool = False
    by_measure: bool = False
    least_measure: float = 1.0
    maps: tuple[ObjectiveMap, ...] = ()


@dataclass(frozen=True, slots=True)
class Randomization:
    """Which children a learner is given, and in which order."""

    select: int | None = None
    select_when: str = "never"
    reorder: bool = False
    reorder_when: str = "never"


@dataclass(frozen=True, slots=True)
class DeliveryControls:
    """Whether an activity is tracked, and what its content says of itself."""

    tracked: bool = True
    completion_by_content: bool = False
    objective_by_content: bool = False


@dataclass(frozen=True, slots=True)
class Sequencing:
    """All that is said about the sequencing of an activity; silence is the default of each part."""

    control: ControlMode = ControlMode()
    constrained: ConstrainedChoice = ConstrainedChoice()
    limits: LimitConditions = LimitConditions()
    before: tuple[Rule, ...] = ()
    during: tuple[Rule, ...] = ()
    after: tuple[Rule, ...] = ()
    rollup: Rollup = Rollup()
    considerations: RollupConsiderations = RollupConsiderations()
    objectives: tuple[Objective, ...] = ()
    randomization: Randomization = Randomization()
    delivery: DeliveryControls = DeliveryControls()
    auxiliary: tuple[tuple[str, str], ...] = ()
    """Auxiliary resources: what for, and which."""
