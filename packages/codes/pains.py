"""What learners will feel, and what is worth a look: a package is published all the same."""

from flask_babel import lazy_gettext as _

from packages.codes.code import HURTS, WARNING, Code

_EXPORT_AGAIN = _("Export the lesson again from your authoring tool, and upload that zip as it is.")
_CORRECT = _("Correct it in your authoring tool, then export again.")
_ALL_FILES = _("Export again so that all files are in the zip.")

PAINS: dict[str, Code] = {
    "file-missing": Code(
        WARNING,
        _("This file is listed and is not in the zip."),
        _("Learners may see an empty place or a page without its pictures."),
        _ALL_FILES,
    ),
    "resource-missing": Code(
        WARNING,
        _("An item points to a resource that is not there; it stays as a heading."),
        _("Learners see the title in the table of contents and cannot open it."),
        _("Remove it from the table of contents, or export again with the page."),
    ),
    "dependency-missing": Code(
        WARNING,
        _("A resource depends on one that is not there."),
        _("Something that a lesson is made of may be missing when it opens."),
        _ALL_FILES,
    ),
    "unknown-element": Code(
        WARNING,
        _("The manifest holds an element where its standard knows none of that name."),
        _("It is read if its meaning is known, and passed over otherwise. Another system may do otherwise."),
        _("If something is missing in the lesson, export it again from your authoring tool."),
    ),
    "missing-attribute": Code(
        WARNING,
        _("An element of the manifest lacks what its standard demands."),
        _("It is read as well as can be. Another system may refuse the package for it."),
        _("If something is missing in the lesson, export it again from your authoring tool."),
    ),
    "duplicate-id": Code(
        WARNING,
        _("An identifier is used twice."),
        _("Two parts of the package have the same technical name. The first of them counts."),
        _("Rename one of them if something is missing in the table of contents."),
    ),
    "sequencing-missing": Code(
        WARNING,
        _("An item takes its sequencing from a collection that does not hold it."),
        _("The order or the conditions in which lessons open may be others than you planned."),
        _EXPORT_AGAIN,
    ),
    "no-way-in": Code(
        WARNING,
        _("A group of lessons can neither be chosen from nor gone through."),
        _("Its control mode forbids both choice and flow, so learners come to what is in it by a jump alone."),
        _CORRECT,
    ),
    "never-ends": Code(
        WARNING,
        _("A lesson begins anew whenever it has ended."),
        _("A rule that always holds asks for a retry. Learners get out of it only by leaving the course."),
        _CORRECT,
    ),
    "objective-missing": Code(
        WARNING,
        _("A rule is about an objective that its activity does not have."),
        _("Nothing is known of such an objective, so the rule never takes effect."),
        _CORRECT,
    ),
    "maps-to-itself": Code(
        WARNING,
        _("An objective is mapped to a global one of the same name."),
        _("They are two things all the same: what one knows the other knows only as far as the map says."),
        _CORRECT,
    ),
    "maps-collide": Code(
        WARNING,
        _("Maps of objectives contradict each other."),
        _(
            "One thing is read from several places or written by several objectives to one place. Which of them counts is chance."
        ),
        _CORRECT,
    ),
    "selects-too-many": Code(
        WARNING,
        _("More lessons are to be selected than there are."),
        _("Learners are given all of them."),
        _CORRECT,
    ),
    "unreadable-value": Code(
        WARNING,
        _("A value is none that the standard allows; it was left out."),
        _("It may be a time limit, a passing score or another setting that does not take effect."),
        _CORRECT,
    ),
    "unreadable-prerequisites": Code(
        WARNING,
        _("Prerequisites cannot be read; the lesson opens without them."),
        _("Learners can open the lesson before they have finished the ones before it."),
        _CORRECT,
    ),
    "launch-elsewhere": Code(
        WARNING,
        _("A lesson opens at an address outside the package."),
        _("What stands there can change or disappear, and learners without access to it see nothing."),
        _("Make sure that it stays there, and that its address begins with https://."),
    ),
    "aicc-unread": Code(
        WARNING,
        _("This file has columns that AICC does not know; they were left out."),
        _("The lessons themselves are not touched by this."),
    ),
    "aicc-lesson-as-block": Code(
        WARNING,
        _("A lesson is given members as if it were a block."),
        _("All lessons are kept, in the order of the file."),
        _("Look whether the lessons stand in the right order."),
    ),
    "aicc-not-in-structure": Code(
        WARNING,
        _("A lesson stands nowhere in the course's structure and is not shown."),
        _("Learners will not find this lesson."),
        _("Add it to the structure of the course, then export again."),
    ),
    "not-played-yet": Code(
        WARNING,
        _("The package is kept, but not all of it can be played here yet."),
        _(
            "Everything is saved. What cannot be opened today can be opened when the player here has learned it; "
            "nothing needs to be uploaded again."
        ),
        _("If learners need it today, export it as SCORM with all its pages in it."),
    ),
    "heavy": Code(
        HURTS,
        _("The package is too heavy for a slow connection."),
        _(
            "Many learners have 1 Mbit/s or less. A lesson that takes more than two minutes to arrive is given "
            "up, and it uses up their data. What plays may arrive while it plays."
        ),
        _("Publish videos and pictures smaller, or split the lesson; the largest files are named below."),
    ),
    "no-captions": Code(
        HURTS,
        _("This video has no captions."),
        _(
            "Whoever cannot hear, or sits in an office without headphones, learns nothing from it. If the video "
            "has no sound, say beside it what it shows."
        ),
        _("Add captions to the video in your authoring tool, or place a .vtt file of the same name beside it."),
    ),
    "old-medium": Code(
        HURTS,
        _("Browsers do not play this video or sound."),
        _("Learners see a black field, on some devices or on all."),
        _("Save it as MP4 (H.264) or MP3, put it in its place, then publish again."),
    ),
    "flash": Code(
        HURTS,
        _("This page needs Flash, which no browser has any more."),
        _("Browsers removed Flash at the end of 2020. Learners see an empty page."),
        _("Publish again as HTML5 only, with a current version of your authoring tool."),
    ),
    "java": Code(
        HURTS,
        _("This page needs Java in the browser, which no browser has any more."),
        _("Browsers removed Java years ago. Learners see an empty place, and results are not saved."),
        _("Replace this page by one that works without Java."),
    ),
    "plugin": Code(
        HURTS,
        _("This page needs a plug-in that browsers no longer have."),
        _("Silverlight, Director, QuickTime and the like are gone from browsers. Learners see an empty place."),
        _("Replace this page by one that works without plug-ins."),
    ),
    "no-viewport": Code(
        HURTS,
        _("This page is not made for phones."),
        _("On a phone the whole page is shown in miniature: learners have to enlarge it and move it about to read."),
        _("Publish with a responsive player, and look at the lesson on a phone."),
    ),
    "popup": Code(
        HURTS,
        _("The lesson wants to open in a window of its own."),
        _("Phones and many browsers block new windows. Learners believe that nothing happens."),
        _("Choose to open the lesson in the same window when you publish."),
    ),
    "outside-file": Code(
        HURTS,
        _("This page loads files from elsewhere on the internet."),
        _("If that address is down, is blocked in the office network or is gone one day, the lesson is broken."),
        _("Put these files into the package when you publish."),
    ),
    "insecure-file": Code(
        HURTS,
        _("This page loads files from an address that begins with http:// instead of https://."),
        _(
            "Lessons are shown over a protected connection. Browsers refuse to mix it with an unprotected one, "
            "so nothing is shown there."
        ),
        _("Put these files into the package, or write their addresses with https://."),
    ),
    "insecure-link": Code(
        HURTS,
        _("This leads to an address that begins with http:// instead of https://."),
        _(
            "Within a lesson, which is shown over a protected connection, browsers may refuse to open it; "
            "learners believe that nothing happens."
        ),
        _("Write https:// instead, if the address can be reached that way."),
    ),
    "lost-file": Code(
        HURTS,
        _("This page loads a file that is not in the zip."),
        _("Learners see an empty place, or a button that does nothing."),
        _("Publish again so that all files are in the zip."),
    ),
    "long-notes": Code(
        HURTS,
        _("The lesson may remember more than its standard has room for."),
        _(
            "A lesson remembers where a learner stopped in a text of limited length: about 4,000 characters in "
            "this edition. Here 64,000 are kept; on another system learners may have to begin anew."
        ),
        _("Publish as SCORM 2004 4th Edition, or split a long lesson."),
    ),
    "not-examined": Code(
        WARNING,
        _("The lesson itself could not be looked into, so this report is short."),
        _("The lesson is published all the same. It has been noted, and will be looked at."),
    ),
}
"""Each code, in the order in which an author reads them."""
