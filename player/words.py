"""What the shell says to learners, in the language of the request."""

from flask_babel import gettext as _


def shell() -> dict[str, str]:
    """List the words of the player's shell, by the names under which its modules know them."""
    return _honest() | _messages() | _cards() | _buttons() | _course()


def _honest() -> dict[str, str]:
    """List the one honest word, for each state of the outbox."""
    return {
        "saved": _("Saved"),
        "sending": _("Saving …"),
        "device": _("Saved on this device"),
        "waiting": _("Waiting for the connection"),
        "unsaved": _("Not saved yet"),
        "superseded": _("Open somewhere else"),
        "signin": _("Please sign in again"),
        "refused": _("Something cannot be saved"),
        "closed": _("Closed"),
    }


def _messages() -> dict[str, str]:
    """List what is said in a line beside the lesson."""
    return {
        "opening": _("The lesson is opening …"),
        "openingWaits": _("There is no connection. The lesson opens by itself when it is back."),
        "slow": _("The connection is slow. The lesson is still coming, please wait."),
        "signInText": _("Your visit has ended. The lesson stays open, and your answers are kept on this device."),
        "refusedSome": _("The lesson sent something that cannot be kept. All the rest is saved."),
        "refusedAll": _("The lesson sent something that cannot be kept."),
        "failed": _("Something is wrong in this lesson: it has not begun to save your progress."),
        "dialogs": _("The lesson showed messages without end. They were stopped."),
        "held": _("The browser has held back a window of this lesson."),
        "window": _("The lesson is open in a window of its own. Please leave this page open until you are done there."),
        "restored": _("The lesson had cleared this page. The page is back, and the lesson was opened again."),
        "ended": _("This part has ended."),
        "moving": _("One moment, your answers are being saved …"),
        "waitingTitle": _("Waiting for the connection"),
        "waitingText": _(
            "To go on, a connection is needed. All you did is kept on this device, and it goes on by itself when the connection is back."
        ),
        "done": _("You have gone through all parts. Well done!"),
        "timeLeft": _("Time left: %(minutes)s min", minutes="{minutes}"),
        "timeOver": _("The time for this part is over. You may go on."),
    }


def _cards() -> dict[str, str]:
    """List what is said in the lesson's place."""
    return {
        "leaving": _("Saving …"),
        "deviceTitle": _("Saved on this device"),
        "deviceText": _(
            "There is no connection now. Your progress is kept here, and is sent when you open the lessons again."
        ),
        "unsavedTitle": _("Not saved yet"),
        "unsavedText": _(
            "There is no connection, and this browser keeps nothing. Please leave this page open, and try again."
        ),
        "supersededTitle": _("This lesson is open somewhere else"),
        "supersededText": _("It was opened in another window or on another device. What you did here before is saved."),
        "closedTitle": _("This lesson cannot go on here"),
        "closedText": _("Please go back to the lessons and open it again. What was saved is kept."),
        "missingTitle": _("A page of this lesson is missing"),
        "missingText": _("It is not your fault, and your progress is kept. Please tell whoever gave you this lesson."),
        "offlineTitle": _("The lesson could not be loaded"),
        "offlineText": _("There is no connection, or the service is away. Your progress is kept."),
        "timeTitle": _("The time for this part is over"),
        "timeText": _("What you did until now is kept."),
        "endedTitle": _("This part has closed itself"),
        "endedText": _("What you did until now is kept."),
        "notnowTitle": _("That way is not open yet"),
        "notnowText": _("What you did is saved. You can open this part again, or choose another one."),
        "chooseTitle": _("Choose what comes next"),
        "chooseText": _("What you did is saved. The contents show which parts are open to you."),
        "overTitle": _("This course has ended"),
        "overText": _("What you did is saved."),
        "score": _("Your score: %(score)s %%.", score="{score}"),
        "parted": _("Parts that you have done: %(done)s of %(all)s.", done="{done}", all="{all}"),
        "over completed": _("You have gone through all parts. Well done!"),
        "over passed": _("You have passed. Well done!"),
        "over failed": _("It is not passed yet. You may try again."),
        "sureTitle": _("Do you want to end here?"),
        "sure exitAll": _("The whole course ends, with what you have done until now."),
        "sure abandon": _("What you did in this part since you opened it will not count."),
        "sure abandonAll": _("The course ends, and what you did in this part since you opened it will not count."),
        "documentText": _("This document opens in a window of its own. Come back here when you have read it."),
        "lockedTitle": _("“%(item)s” comes later", item="{item}"),
        "locked": _("It opens after: %(items)s", items="{items}"),
    }


def _buttons() -> dict[str, str]:
    return {
        "again": _("Open it again"),
        "next": _("Next part"),
        "contents": _("Contents"),
        "anew": _("Open it again"),
        "leave": _("Save and leave"),
        "back": _("Back to the lessons"),
        "here": _("Go on here"),
        "send": _("Try again"),
        "stay": _("Stay here"),
        "finish": _("End this part and go on"),
        "sure": _("Yes, end it"),
        "signInAgain": _("Sign in again"),
        "openWindow": _("Open the window"),
    }


def _course() -> dict[str, str]:
    """List what the menu says of the items, and of what they wait for."""
    return {
        "state new": _("New"),
        "state begun": _("Begun"),
        "state seen": _("Seen"),
        "state browsed": _("Seen"),
        "state completed": _("Completed"),
        "state passed": _("Passed"),
        "state failed": _("Not passed"),
        "current": _("Open now"),
        "why after": _("It opens after: %(items)s", items="{items}"),
        "why spent": _("All tries for it are used up"),
        "why done": _("You have done it already"),
        "why first": _("It opens when the part that is open now is done"),
        "why order": _("It comes by itself, when it is its turn"),
        "why past": _("There is no way back to it"),
        "why later": _("It opens later"),
        "place": "{n}/{all}",
        "and": _(" and "),
        "or": _(" or "),
        "some": _("at least %(count)s of %(items)s", count="{count}", items="{items}"),
        "not": _("not %(items)s", items="{items}"),
        "status p": _("passed"),
        "status c": _("completed"),
        "status f": _("not passed"),
        "status i": _("begun"),
        "status n": _("new"),
        "status b": _("seen"),
    }
