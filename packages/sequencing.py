"""The sequencing of an item (IMS Simple Sequencing, with what adlseq adds), and the collections that items share."""

from collections.abc import Iterable

from packages import tree
from packages.findings import Notes
from packages.model import (
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
from packages.tree import Element

_BEFORE = ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal")
_DURING = ("exit",)
_AFTER = ("exitParent", "exitAll", "retry", "retryAll", "continue", "previous")
_ROLLUP = ("satisfied", "notSatisfied", "completed", "incomplete")
_CONDITIONS = (
    "satisfied",
    "objectiveStatusKnown",
    "objectiveMeasureKnown",
    "objectiveMeasureGreaterThan",
    "objectiveMeasureLessThan",
    "completed",
    "activityProgressKnown",
    "attempted",
    "attemptLimitExceeded",
    "timeLimitExceeded",
    "outsideAvailableTimeRange",
    "always",
)
_CHILDREN = ("all", "any", "none", "atLeastCount", "atLeastPercent")
_REQUIRED = ("always", "ifAttempted", "ifNotSkipped", "ifNotSuspended")
_TIMINGS = ("never", "once", "onEachNewAttempt")

_PLAIN_MAP = {
    "read_satisfied_status": ("readSatisfiedStatus", True),
    "read_normalized_measure": ("readNormalizedMeasure", True),
    "write_satisfied_status": ("writeSatisfiedStatus", False),
    "write_normalized_measure": ("writeNormalizedMeasure", False),
}
_MORE_MAP = {
    "read_raw_score": ("readRawScore", True),
    "read_min_score": ("readMinScore", True),
    "read_max_score": ("readMaxScore", True),
    "read_completion_status": ("readCompletionStatus", True),
    "read_progress_measure": ("readProgressMeasure", True),
    "write_raw_score": ("writeRawScore", False),
    "write_min_score": ("writeMinScore", False),
    "write_max_score": ("writeMaxScore", False),
    "write_completion_status": ("writeCompletionStatus", False),
    "write_progress_measure": ("writeProgressMeasure", False),
}
"""Members of a map, with their attributes and what silence means: first those of imsss, then those that adlseq adds."""


class Sequencings:
    """The reader of a manifest's sequencing, with the collection that its items may draw from."""

    def __init__(self, root: Element, notes: Notes) -> None:
        self._notes = notes
        shared = (
            one for holder in tree.within(root, "sequencingCollection") for one in tree.children(holder, "sequencing")
        )
        self._collection = {tree.attribute(one, "ID"): one for one in shared}

    def read(self, element: Element) -> Sequencing:
        """Read the sequencing of an item or organisation."""
        sequencing = tree.child(element, "sequencing")
        return Sequencing() if sequencing is None else self._sequencing(self._parts(sequencing))

    def _parts(self, sequencing: Element) -> dict[str, list[Element]]:
        """Gather the parts by name; those of the item itself stand in place of the collection's, part by part."""
        named = tree.attribute(sequencing, "IDRef")
        shared = self._collection.get(named)
        if named and shared is None:
            self._notes.say("sequencing-missing", sequencing, about=named)
        parts: dict[str, list[Element]] = {}
        for whole in (shared, sequencing):
            own: dict[str, list[Element]] = {}
            for part in tree.children(whole):
                own.setdefault(_part(part), []).append(part)
            parts |= own
        return parts

    def _sequencing(self, parts: dict[str, list[Element]]) -> Sequencing:
        def one(name: str) -> Element | None:
            return next(iter(parts.get(name, ())), None)

        rules = one("sequencingRules")
        return Sequencing(
            control=self._control(one("controlMode")),
            constrained=self._constrained(one("constrainedChoiceConsiderations")),
            limits=self._limits(one("limitConditions")),
            before=self._rules(tree.children(rules, "preConditionRule"), _BEFORE),
            during=self._rules(tree.children(rules, "exitConditionRule"), _DURING),
            after=self._rules(tree.children(rules, "postConditionRule"), _AFTER),
            rollup=self._rollup(one("rollupRules")),
            considerations=self._considerations(one("rollupConsiderations")),
            objectives=self._objectives(one("objectives"), one("adlseq:objectives")),
            randomization=self._randomization(one("randomizationControls")),
            delivery=self._delivery(one("deliveryControls")),
            auxiliary=tuple(
                (tree.attribute(aid, "purpose"), tree.attribute(aid, "auxiliaryResourceID"))
                for aid in tree.children(one("auxiliaryResources"), "auxiliaryResource")
            ),
        )

    def _flag(self, element: Element, name: str, *, default: bool) -> bool:
        return tree.said_by(element, name, self._notes).flag(default=default)

    def _word(self, element: Element, name: str, allowed: tuple[str, ...], default: str) -> str:
        return tree.said_by(element, name, self._notes).one_of(allowed, default)

    def _control(self, element: Element | None) -> ControlMode:
        if element is None:
            return ControlMode()
        return ControlMode(
            choice=self._flag(element, "choice", default=True),
            choice_exit=self._flag(element, "choiceExit", default=True),
            flow=self._flag(element, "flow", default=False),
            forward_only=self._flag(element, "forwardOnly", default=False),
            current_attempt_objectives=self._flag(element, "useCurrentAttemptObjectiveInfo", default=True),
            current_attempt_progress=self._flag(element, "useCurrentAttemptProgressInfo", default=True),
        )

    def _constrained(self, element: Element | None) -> ConstrainedChoice:
        if element is None:
            return ConstrainedChoice()
        return ConstrainedChoice(
            self._flag(element, "preventActivation", default=False),
            self._flag(element, "constrainChoice", default=False),
        )

    def _limits(self, element: Element | None) -> LimitConditions:
        if element is None:
            return LimitConditions()
        return LimitConditions(
            attempts=self._whole(element, "attemptLimit"),
            attempt_absolute_duration=tree.attribute(element, "attemptAbsoluteDurationLimit"),
            attempt_experienced_duration=tree.attribute(element, "attemptExperiencedDurationLimit"),
            activity_absolute_duration=tree.attribute(element, "activityAbsoluteDurationLimit"),
            activity_experienced_duration=tree.attribute(element, "activityExperiencedDurationLimit"),
            begin=tree.attribute(element, "beginTimeLimit"),
            end=tree.attribute(element, "endTimeLimit"),
        )

    def _whole(self, element: Element, name: str) -> int | None:
        found = tree.said_by(element, name, self._notes).number(0, 2**31)
        return None if found is None else int(found)

    def _between(self, element: Element, name: str, least: float, most: float, default: float) -> float:
        found = tree.said_by(element, name, self._notes).number(least, most)
        return default if found is None else found

    def _rules(self, elements: Iterable[Element], actions: tuple[str, ...]) -> tuple[Rule, ...]:
        made = []
        for element in elements:
            action = self._action(element, "ruleAction", actions)
            holder = tree.child(element, "ruleConditions")
            conditions = self._conditions(tree.children(holder, "ruleCondition"))
            if action:
                made.append(Rule(action, conditions, self._combination(holder, "all")))
        return tuple(made)

    def _action(self, element: Element, name: str, actions: tuple[str, ...]) -> str:
        action = tree.child(element, name)
        return "" if action is None else self._word(action, "action", actions, "")

    def _combination(self, element: Element | None, default: str) -> str:
        if element is None:
            return default
        return self._word(element, "conditionCombination", ("all", "any"), default)

    def _conditions(self, elements: Iterable[Element]) -> tuple[Condition, ...]:
        found = (
            Condition(
                self._word(element, "condition", _CONDITIONS, ""),
                self._word(element, "operator", ("not", "noOp"), "noOp") == "not",
                tree.attribute(element, "referencedObjective"),
                self._between(element, "measureThreshold", -1, 1, 0.0),
            )
            for element in elements
        )
        return tuple(condition for condition in found if condition.condition)

    def _rollup(self, element: Element | None) -> Rollup:
        if element is None:
            return Rollup()
        rules = tuple(rule for one in tree.children(element, "rollupRule") if (rule := self._rollup_rule(one)))
        return Rollup(
            rules,
            self._flag(element, "rollupObjectiveSatisfied", default=True),
            self._flag(element, "rollupProgressCompletion", default=True),
            self._between(element, "objectiveMeasureWeight", 0, 1, 1.0),
        )

    def _rollup_rule(self, element: Element) -> RollupRule | None:
        action = self._action(element, "rollupAction", _ROLLUP)
        holder = tree.child(element, "rollupConditions")
        if not action:
            return None
        return RollupRule(
            action,
            self._conditions(tree.children(holder, "rollupCondition")),
            self._combination(holder, "any"),
            self._word(element, "childActivitySet", _CHILDREN, "all"),
            self._whole(element, "minimumCount") or 0,
            self._between(element, "minimumPercent", 0, 1, 0.0),
        )

    def _considerations(self, element: Element | None) -> RollupConsiderations:
        if element is None:
            return RollupConsiderations()
        return RollupConsiderations(
            self._word(element, "requiredForSatisfied", _REQUIRED, "always"),
            self._word(element, "requiredForNotSatisfied", _REQUIRED, "always"),
            self._word(element, "requiredForCompleted", _REQUIRED, "always"),
            self._word(element, "requiredForIncomplete", _REQUIRED, "always"),
            self._flag(element, "measureSatisfactionIfActive", default=True),
        )

    def _objectives(self, plain: Element | None, more: Element | None) -> tuple[Objective, ...]:
        added = {tree.attribute(one, "objectiveID"): one for one in tree.children(more, "objective")}
        return tuple(
            self._objective(one, added.get(tree.attribute(one, "objectiveID")))
            for one in tree.children(plain, "primaryObjective", "objective")
        )

    def _objective(self, element: Element, more: Element | None) -> Objective:
        least = tree.said_in(element, "minNormalizedMeasure", self._notes).number(-1, 1)
        maps: dict[str, dict[str, bool]] = {}
        for holder, table in ((element, _PLAIN_MAP), (more, _MORE_MAP)):
            for one in tree.children(holder, "mapInfo"):
                members = {name: self._flag(one, said, default=silent) for name, (said, silent) in table.items()}
                maps.setdefault(tree.attribute(one, "targetObjectiveID"), {}).update(members)
        return Objective(
            tree.attribute(element, "objectiveID"),
            primary=tree.name(element) == "primaryObjective",
            by_measure=self._flag(element, "satisfiedByMeasure", default=False),
            least_measure=1.0 if least is None else least,
            maps=tuple(ObjectiveMap(target, **members) for target, members in maps.items()),
        )

    def _randomization(self, element: Element | None) -> Randomization:
        if element is None:
            return Randomization()
        return Randomization(
            self._whole(element, "selectCount"),
            self._word(element, "selectionTiming", _TIMINGS, "never"),
            self._flag(element, "reorderChildren", default=False),
            self._word(element, "randomizationTiming", _TIMINGS, "never"),
        )

    def _delivery(self, element: Element | None) -> DeliveryControls:
        if element is None:
            return DeliveryControls()
        return DeliveryControls(
            self._flag(element, "tracked", default=True),
            self._flag(element, "completionSetByContent", default=False),
            self._flag(element, "objectiveSetByContent", default=False),
        )


def _part(element: Element) -> str:
    """Name a part; objectives alone are there twice, and what adlseq adds to them is told by its namespace."""
    name = tree.name(element)
    added = name == "objectives" and "adlseq" in element.tag
    return f"adlseq:{name}" if added else name
