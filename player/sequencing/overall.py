"""The overall process (OP): one navigation request, from what is asked to what is delivered."""

from typing import NamedTuple

from player.sequencing.delivery import content_delivery_environment_process, delivery_request_process
from player.sequencing.navigation import Request, navigation_request_process
from player.sequencing.requests import Outcome, sequencing_request_process
from player.sequencing.run import Run
from player.sequencing.termination import termination_request_process
from player.sequencing.tree import Activity


class Result(NamedTuple):
    """What a request comes to: what is delivered, or why nothing is."""

    delivered: Activity | None = None
    exception: str = ""


def overall_sequencing_process(run: Run, request: Request) -> Result:
    """OP.1: check the request, end what has to end, find what comes next, and deliver it."""
    asked = navigation_request_process(run, request)
    if asked.exception:
        return Result(exception=asked.exception)
    sequencing, target = asked.sequencing, asked.target
    if asked.termination:
        ended = termination_request_process(run, asked.termination)
        if ended.exception:
            return Result(exception=ended.exception)
        if ended.sequencing:
            sequencing, target = ended.sequencing, None
    return _deliver(run, sequencing_request_process(run, sequencing, target))


def _deliver(run: Run, outcome: Outcome) -> Result:
    if outcome.ended:
        run.current, run.ended = None, True
        run.say("OP.1", None, "the session has ended")
        return Result()
    if outcome.activity is None:
        return Result(exception=outcome.exception)
    exception = delivery_request_process(run, outcome.activity)
    if exception:
        return Result(exception=exception)
    content_delivery_environment_process(run, outcome.activity)
    return Result(outcome.activity)
