"""Sequencing is read whole, with what items take from a collection."""

import pytest

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
from tests.packages.reading import codes, item2004

WHOLE = """<imsss:sequencing>
<imsss:controlMode choice="false" choiceExit="false" flow="true" forwardOnly="true" useCurrentAttemptObjectiveInfo="false"/>
<imsss:sequencingRules>
  <imsss:preConditionRule>
    <imsss:ruleConditions conditionCombination="any">
      <imsss:ruleCondition referencedObjective="o" measureThreshold="0.5" operator="not" condition="objectiveMeasureGreaterThan"/>
      <imsss:ruleCondition condition="always"/>
    </imsss:ruleConditions><imsss:ruleAction action="skip"/>
  </imsss:preConditionRule>
  <imsss:exitConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="completed"/></imsss:ruleConditions>
    <imsss:ruleAction action="exit"/></imsss:exitConditionRule>
  <imsss:postConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="attempted"/></imsss:ruleConditions>
    <imsss:ruleAction action="retryAll"/></imsss:postConditionRule>
</imsss:sequencingRules>
<imsss:limitConditions attemptLimit="2" attemptAbsoluteDurationLimit="PT1H"/>
<imsss:auxiliaryResources><imsss:auxiliaryResource auxiliaryResourceID="r" purpose="hint"/></imsss:auxiliaryResources>
<imsss:rollupRules rollupObjectiveSatisfied="false" rollupProgressCompletion="false" objectiveMeasureWeight="0.25">
  <imsss:rollupRule childActivitySet="atLeastPercent" minimumPercent="0.5">
    <imsss:rollupConditions><imsss:rollupCondition operator="not" condition="satisfied"/></imsss:rollupConditions>
    <imsss:rollupAction action="incomplete"/>
  </imsss:rollupRule>
</imsss:rollupRules>
<imsss:objectives>
  <imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true">
    <imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure>
    <imsss:mapInfo targetObjectiveID="g" readSatisfiedStatus="false" writeSatisfiedStatus="true"/>
  </imsss:primaryObjective>
  <imsss:objective objectiveID="o"/>
</imsss:objectives>
<imsss:randomizationControls randomizationTiming="once" selectCount="3" reorderChildren="true" selectionTiming="onEachNewAttempt"/>
<imsss:deliveryControls tracked="false" completionSetByContent="true" objectiveSetByContent="true"/>
<adlseq:constrainedChoiceConsiderations preventActivation="true" constrainChoice="true"/>
<adlseq:rollupConsiderations requiredForSatisfied="ifAttempted" measureSatisfactionIfActive="false"/>
<adlseq:objectives>
  <adlseq:objective objectiveID="p"><adlseq:mapInfo targetObjectiveID="g" readRawScore="false" writeRawScore="true"/></adlseq:objective>
  <adlseq:objective objectiveID="o"><adlseq:mapInfo targetObjectiveID="h"/></adlseq:objective>
</adlseq:objectives>
</imsss:sequencing>"""


def test_all_of_a_sequencing_is_read() -> None:
    item, notes = item2004(WHOLE)

    more = dict.fromkeys(("read_min_score", "read_max_score", "read_completion_status", "read_progress_measure"), True)
    both = ObjectiveMap("g", read_normalized_measure=True, write_satisfied_status=True, write_raw_score=True, **more)
    added = ObjectiveMap("h", read_raw_score=True, **more)
    assert item.sequencing == Sequencing(
        control=ControlMode(
            choice=False, choice_exit=False, flow=True, forward_only=True, current_attempt_objectives=False
        ),
        constrained=ConstrainedChoice(prevent_activation=True, constrain_choice=True),
        limits=LimitConditions(2, "PT1H"),
        before=(
            Rule(
                "skip",
                (
                    Condition("objectiveMeasureGreaterThan", negated=True, objective="o", threshold=0.5),
                    Condition("always"),
                ),
                "any",
            ),
        ),
        during=(Rule("exit", (Condition("completed"),)),),
        after=(Rule("retryAll", (Condition("attempted"),)),),
        rollup=Rollup(
            (
                RollupRule(
                    "incomplete", (Condition("satisfied", negated=True),), children="atLeastPercent", least_percent=0.5
                ),
            ),
            satisfaction=False,
            progress=False,
            measure_weight=0.25,
        ),
        considerations=RollupConsiderations("ifAttempted", measure_if_active=False),
        objectives=(
            Objective("p", primary=True, by_measure=True, least_measure=0.8, maps=(both,)),
            Objective("o", maps=(added,)),
        ),
        randomization=Randomization(3, "onEachNewAttempt", reorder=True, reorder_when="once"),
        delivery=DeliveryControls(tracked=False, completion_by_content=True, objective_by_content=True),
        auxiliary=(("hint", "r"),),
    )
    assert codes(notes) == []


COLLECTION = (
    '<imsss:sequencingCollection><imsss:sequencing ID=" shared "><imsss:controlMode flow="true" choice="false"/>'
    '<imsss:deliveryControls tracked="false"/></imsss:sequencing></imsss:sequencingCollection>'
)


def test_an_item_takes_from_a_collection_what_it_does_not_say_itself() -> None:
    taken, _ = item2004('<imsss:sequencing IDRef="shared"/>', COLLECTION)
    own, notes = item2004('<imsss:sequencing IDRef="shared"><imsss:controlMode/></imsss:sequencing>', COLLECTION)

    assert taken.sequencing == Sequencing(
        ControlMode(choice=False, flow=True), delivery=DeliveryControls(tracked=False)
    )
    assert own.sequencing == Sequencing(delivery=DeliveryControls(tracked=False))
    assert codes(notes) == []


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<imsss:sequencing IDRef="gone"/>', "sequencing-missing"),
        ('<imsss:sequencing><imsss:controlMode flow="maybe"/></imsss:sequencing>', "unreadable-value"),
        ('<imsss:sequencing><imsss:limitConditions attemptLimit="-1"/></imsss:sequencing>', "unreadable-value"),
        (
            (
                '<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleAction action="explode"/>'
                "</imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>"
            ),
            "unreadable-value",
        ),
    ],
)
def test_what_cannot_be_read_is_left_out_and_told(inner: str, expected: str) -> None:
    item, notes = item2004(inner)

    assert (item.sequencing, codes(notes)) == (Sequencing(), [expected])
