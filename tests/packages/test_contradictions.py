"""What a sequencing says that cannot be meant is told to the author, and what can be meant is not."""

import pytest

from tests.packages.reading import codes, item2004

MAP = '<imsss:mapInfo targetObjectiveID="{}" readSatisfiedStatus="{}" writeSatisfiedStatus="{}" readNormalizedMeasure="false"/>'


def said(*parts: str) -> str:
    return f"<imsss:sequencing>{''.join(parts)}</imsss:sequencing>"


def rule(kind: str, action: str, condition: str) -> str:
    return (
        f"<imsss:sequencingRules><imsss:{kind}ConditionRule><imsss:ruleConditions><imsss:ruleCondition {condition}/>"
        f'</imsss:ruleConditions><imsss:ruleAction action="{action}"/></imsss:{kind}ConditionRule></imsss:sequencingRules>'
    )


def objectives(first: tuple[str, ...], *others: tuple[str, ...]) -> str:
    more = "".join(
        f'<imsss:objective objectiveID="o{n}">{"".join(maps)}</imsss:objective>' for n, maps in enumerate(others)
    )
    primary = f'<imsss:primaryObjective objectiveID="o">{"".join(first)}</imsss:primaryObjective>'
    return f"<imsss:objectives>{primary}{more}</imsss:objectives>"


BELOW = '<item identifier="below" identifierref="r"><title>Below</title></item>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (BELOW + said('<imsss:controlMode choice="false" flow="false"/>'), ["no-way-in"]),
        (BELOW + said('<imsss:controlMode choice="false" flow="true"/>'), []),
        (BELOW + said('<imsss:controlMode choice="true" flow="false"/>'), []),
        (said('<imsss:controlMode choice="false" flow="false"/>'), []),
        (BELOW + said('<imsss:randomizationControls selectCount="2" selectionTiming="once"/>'), ["selects-too-many"]),
        (BELOW + said('<imsss:randomizationControls selectCount="1" selectionTiming="once"/>'), []),
        (said(rule("post", "retry", 'condition="always"')), ["never-ends"]),
        (said(rule("post", "retryAll", 'condition="always"')), ["never-ends"]),
        (said(rule("post", "continue", 'condition="always"')), []),
        (said(rule("post", "retry", 'condition="satisfied" operator="not"')), []),
        (said(rule("pre", "skip", 'condition="satisfied" referencedObjective="o1"')), ["objective-missing"]),
        (said(rule("pre", "skip", 'condition="satisfied" referencedObjective=" o "'), objectives(())), []),
        (said(objectives((MAP.format("o", "true", "true"),))), ["maps-to-itself"]),
        (said(objectives((MAP.format("g", "true", "true"),))), []),
        (said(objectives((MAP.format("g", "true", "false"), MAP.format("h", "true", "false")))), ["maps-collide"]),
        (said(objectives((MAP.format("g", "true", "false"), MAP.format("h", "false", "true")))), []),
        (said(objectives((MAP.format("g", "false", "true"),), (MAP.format("g", "false", "true"),))), ["maps-collide"]),
        (said(objectives((MAP.format("g", "false", "true"),), (MAP.format("g", "true", "false"),))), []),
    ],
)
def test_a_contradiction_beside_what_can_be_meant(inner: str, expected: list[str]) -> None:
    _, notes = item2004(inner)

    assert codes(notes) == expected
