"""The words of the sequencing book, as an author says them: requests, rules' actions and conditions, and why something is not possible."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

REQUESTS: dict[str, LazyString] = {
    "start": _("begin the course"),
    "resumeAll": _("go on where the course was left"),
    "continue": _("go on to what comes next"),
    "previous": _("go back to what came before"),
    "choice": _("open what was chosen"),
    "jump": _("jump to an activity"),
    "retry": _("begin it anew"),
    "exit": _("leave what is open"),
    "exitAll": _("end the course"),
    "suspendAll": _("pause the course"),
    "abandon": _("leave what is open without counting it"),
    "abandonAll": _("leave the course without counting this visit"),
}
"""By the names that `adl.nav.request` has, and those that only rules ask for."""

ASKED: dict[str, LazyString] = {
    "begin": _("The course was begun"),
    "resume": _("The learner came back"),
    "look": _("The course was opened again"),
    "": _("The lesson ended"),
    "continue": _("On to what comes next"),
    "previous": _("Back to what came before"),
    "choice": _("Something was chosen"),
    "jump": _("A jump"),
    "exit": _("What was open was left"),
    "exitAll": _("The course was ended"),
    "suspendAll": _("The course was paused"),
    "abandon": _("What was open was left without counting it"),
    "abandonAll": _("The course was left without counting this visit"),
}
"""What a moment is called in which something was asked: by a learner, by a lesson, or by the player itself."""

OUTCOMES: dict[str, LazyString] = {
    "delivered": _("opened: %(activity)s"),
    "ended": _("the course ended"),
    "refused": _("not possible"),
    "nothing": _("nothing was opened"),
}

DIFFERENCES: dict[str, LazyString] = {
    "steps": _("The decisions come out otherwise than they were recorded."),
    "delivered": _("Another lesson would be opened than was opened then."),
    "state": _("The course would stand otherwise than it stood when the next request came."),
}
"""What came out otherwise when a request was asked again."""

ACTIONS: dict[str, LazyString] = {
    "skip": _("it is skipped"),
    "disabled": _("it cannot be opened"),
    "hiddenFromChoice": _("it cannot be chosen"),
    "stopForwardTraversal": _("nobody gets past it"),
    "exit": _("it is left"),
    "exitParent": _("the part that it belongs to is left"),
    "exitAll": _("the course ends"),
    "retry": _("it begins anew"),
    "retryAll": _("the course begins anew"),
    "continue": _("what comes next is opened"),
    "previous": _("what came before is opened"),
}
"""What a rule asks for when it holds."""

CONDITIONS: dict[str, tuple[LazyString, LazyString]] = {
    "satisfied": (_("passed"), _("not passed")),
    "objectiveStatusKnown": (_("passed or not is known"), _("passed or not is not known")),
    "objectiveMeasureKnown": (_("the score is known"), _("the score is not known")),
    "objectiveMeasureGreaterThan": (_("the score is above %(number)s"), _("the score is not above %(number)s")),
    "objectiveMeasureLessThan": (_("the score is below %(number)s"), _("the score is not below %(number)s")),
    "completed": (_("completed"), _("not completed")),
    "activityProgressKnown": (_("completed or not is known"), _("completed or not is not known")),
    "attempted": (_("attempted"), _("not attempted")),
    "attemptLimitExceeded": (_("all attempts are used up"), _("attempts are left")),
    "timeLimitExceeded": (_("the time is over"), _("the time is not over")),
    "outsideAvailableTimeRange": (_("it is outside its time"), _("it is within its time")),
    "always": (_("always"), _("at no time")),
}
"""Each as it stands, and turned round."""

SETS: dict[str, LazyString] = {
    "all": _("all parts that count (%(count)s)"),
    "any": _("at least one of the parts that count (%(count)s)"),
    "none": _("none of the parts that count (%(count)s)"),
    "atLeastCount": _("enough of the parts that count (%(count)s)"),
    "atLeastPercent": _("enough of a hundred of the parts that count (%(count)s)"),
}
"""For how many children a rollup rule's conditions hold."""

BECOMES: dict[str, LazyString] = {
    "satisfied": _("passed"),
    "notSatisfied": _("not passed"),
    "not satisfied": _("not passed"),
    "satisfaction unknown": _("passed or not is not known"),
    "completed": _("completed"),
    "incomplete": _("not completed"),
    "progress unknown": _("completed or not is not known"),
}

SAID: dict[str, LazyString] = {
    "satisfied True": _("passed"),
    "satisfied False": _("not passed"),
    "satisfied None": _("passed or not is not known"),
    "completed True": _("completed"),
    "completed False": _("not completed"),
    "completed None": _("completed or not is not known"),
}
"""What a lesson says of itself, by the members of `Progress`."""

MEMBERS: dict[str, LazyString] = {
    "measure": _("score"),
    "raw": _("points"),
    "least": _("fewest points"),
    "most": _("most points"),
    "progress": _("progress"),
}
"""What it says in numbers."""

_NOTHING_OPEN = _("nothing is open")
_UNDER_WAY = _("the course is under way already")
_ENDED = _("what was open has ended already")
_NO_FLOW = _("this part does not lead from one to the next (flow): the learner chooses")
_BARRED = _("a rule bars it, or its attempts are used up")
_FORWARD_ONLY = _("this part leads forwards only (forwardOnly)")
_NO_CHOICE = _("nothing may be chosen in this part (choice)")
_NO_WAY_OUT = _("a part that would be left lets nobody out by choice (choiceExit)")
_UNKNOWN = _("there is no such request")
_NO_TARGET = _("there is no such activity for this learner")
_NOTHING_THERE = _("nothing can be opened that way")

EXCEPTIONS: dict[str, LazyString] = {
    "NB.2.1-1": _UNDER_WAY,
    "NB.2.1-2": _NOTHING_OPEN,
    "NB.2.1-3": _("nothing was paused"),
    "NB.2.1-4": _NO_FLOW,
    "NB.2.1-5": _("this part does not let learners go back"),
    "NB.2.1-8": _NO_WAY_OUT,
    "NB.2.1-10": _NO_CHOICE,
    "NB.2.1-11": _NO_TARGET,
    "NB.2.1-12": _ENDED,
    "NB.2.1-13": _UNKNOWN,
    "TB.2.3-1": _NOTHING_OPEN,
    "TB.2.3-2": _ENDED,
    "TB.2.3-3": _("there is nothing to pause"),
    "TB.2.3-4": _("a rule wants to leave what the whole course belongs to"),
    "TB.2.3-7": _UNKNOWN,
    "SB.2.1-1": _("it was the last one"),
    "SB.2.1-2": _("this part is empty"),
    "SB.2.1-3": _("it was the first one"),
    "SB.2.1-4": _FORWARD_ONLY,
    "SB.2.2-1": _NO_FLOW,
    "SB.2.2-2": _BARRED,
    "SB.2.4-1": _("a rule lets nobody past on the way there (stopForwardTraversal)"),
    "SB.2.4-2": _FORWARD_ONLY,
    "SB.2.4-3": _("it was the first one"),
    "SB.2.5-1": _UNDER_WAY,
    "SB.2.5-3": _NOTHING_THERE,
    "SB.2.6-1": _UNDER_WAY,
    "SB.2.6-2": _("nothing was paused"),
    "SB.2.7-1": _NOTHING_OPEN,
    "SB.2.7-2": _NO_FLOW,
    "SB.2.7-3": _NOTHING_THERE,
    "SB.2.8-1": _NOTHING_OPEN,
    "SB.2.8-2": _NO_FLOW,
    "SB.2.8-3": _NOTHING_THERE,
    "SB.2.9-1": _NO_TARGET,
    "SB.2.9-2": _NO_TARGET,
    "SB.2.9-3": _("a rule hides it from those who choose (hiddenFromChoice)"),
    "SB.2.9-4": _NO_CHOICE,
    "SB.2.9-5": _("the way there is empty"),
    "SB.2.9-6": _("this part cannot be entered by choosing (preventActivation)"),
    "SB.2.9-7": _NO_WAY_OUT,
    "SB.2.9-8": _("only what is beside it may be chosen from here (constrainChoice)"),
    "SB.2.9-9": _("nothing in it can be opened"),
    "SB.2.10-1": _NOTHING_OPEN,
    "SB.2.10-2": _("what is open has not ended yet"),
    "SB.2.10-3": _NOTHING_THERE,
    "SB.2.11-1": _NOTHING_OPEN,
    "SB.2.11-2": _("what is open has not ended yet"),
    "SB.2.12-1": _UNKNOWN,
    "SB.2.13-1": _NOTHING_OPEN,
    "DB.1.1-1": _("only a lesson can be opened, and this is a part"),
    "DB.1.1-3": _BARRED,
}
"""Why something is not possible, by the book's numbers."""
