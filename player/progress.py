"""Where a learner stands in a course, pure: what follows from the standing in each of its lessons."""

from collections.abc import Iterable

from player.standing import COMPLETED, FAILED, PASSED, Score, Standing


def together(lessons: Iterable[Standing]) -> Standing:
    """Roll up: completed when all lessons are, passed when all that judge are, failed when one is; the score is their mean."""
    each = list(lessons)
    completion = COMPLETED if each and all(one.completion == COMPLETED for one in each) else ""
    judged = {one.success for one in each if one.success}
    all_judge = bool(judged) and (bool(completion) or all(one.success for one in each))
    success = FAILED if FAILED in judged else PASSED if all_judge else ""
    scaled = [one.score.scaled for one in each if one.score and one.score.scaled is not None]
    return Standing(completion, success, Score(sum(scaled) / len(scaled)) if scaled else None)
