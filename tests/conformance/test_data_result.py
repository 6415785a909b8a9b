"""Results and scores (Data 2.4.5; 2.0: 4.2.2.4)."""

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said

SCORE = "result.score"


def score(**numbers: float) -> dict[str, object]:
    return {SCORE: numbers}


RESULTS = [
    Rule("success is a boolean", {"result.success": "yes"}, {"result.success": True}),
    Rule("completion is a boolean", {"result.completion": 1}, {"result.completion": False}),
    Rule("a response is a string", {"result.response": ["a"]}, {"result.response": "a"}),
    Rule("a duration is one", {"result.duration": "1 hour"}, {"result.duration": "PT1H"}),
    Rule("an extension's key is an IRI", {"result.extensions": {"tries": 3}}, {"result.extensions": {"x:tries": 3}}),
    Rule("a result has nothing unknown", {"result.grade": "A"}, {"result.response": "A"}),
]

SCORES = [
    Rule("scaled is at most 1", score(scaled=1.01), score(scaled=1)),
    Rule("scaled is at least -1", score(scaled=-1.0001), score(scaled=-1)),
    Rule("raw is at least min", score(raw=0.9, min=1), score(raw=1, min=1)),
    Rule("raw is at most max", score(raw=10.1, max=10), score(raw=10, max=10)),
    Rule("raw lies between both", score(raw=11, min=0, max=10), score(raw=5.5, min=0, max=10)),
    Rule("min is less than max", score(min=10, max=9), score(min=9, max=10)),
    Rule("min does not equal max", score(min=10, max=10), score(min=-10, max=10)),
    Rule("scaled is a number", {SCORE: {"scaled": "1"}}, score(scaled=0)),
    Rule("raw is a number", {SCORE: {"raw": True}}, score(raw=-5)),
    Rule("a score has nothing unknown", {SCORE: {"grade": 1}}, {SCORE: {}}),
]

RULES = [*RESULTS, *SCORES]


@requirement("Data 2.4.5", "4.2.2.4")
@each(RESULTS)
def test_a_result(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.5.1", "4.2.2.4")
@each(SCORES)
def test_a_score(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.5", "4.2.2.4")
@BOTH
def test_a_result_may_be_empty_and_a_response_too(lrs: Lrs, version: str) -> None:
    assert lrs(version).post(said({"result": {}})).status_code == 200
    assert lrs(version).post(said({"result": {"response": "", "extensions": {}}})).status_code == 200


@requirement("Data 2.4.5.1", "4.2.2.4")
@BOTH
def test_scaled_and_raw_need_not_agree(lrs: Lrs, version: str) -> None:
    assert lrs(version).post(said(score(scaled=-1, raw=10, min=0, max=10))).status_code == 200
