"""What was repaired when a package was read: nothing is left to do."""

from flask_babel import lazy_gettext as _

from packages.codes.code import REPAIRED, Code

REPAIRS: dict[str, Code] = {
    "manifest-in-folder": Code(
        REPAIRED,
        _("The package begins in a folder of the zip."),
        _(
            "The description of a lesson usually lies at the top of the zip. Here it lies in a folder, and "
            "everything was counted from there."
        ),
    ),
    "several-manifests": Code(
        REPAIRED,
        _("The zip holds several packages; the outermost one was taken."),
        _(
            "Several lessons were zipped together, each with a description of its own. Only the outermost one "
            "was published."
        ),
        _("If you need the others, too, upload each as a zip of its own."),
    ),
    "wrong-encoding": Code(
        REPAIRED,
        _("This file is written in another encoding than it says."),
        _(
            "The first line of the file names one way to write letters, and the file uses another. It was read "
            "as it is written."
        ),
    ),
    "names-decoded": Code(
        REPAIRED,
        _("Names in the zip are written in the encoding of an old Windows."),
        _(
            "The zip does not say how the letters in its names are written. They were read so that they match "
            "the description of the lesson."
        ),
    ),
    "no-schemaversion": Code(
        REPAIRED,
        _("The manifest does not name its edition; it was told by what it uses."),
        _("SCORM has several editions, and a description should name its own."),
    ),
    "no-scorm-type": Code(
        REPAIRED,
        _("A resource does not say whether it is a SCO; it is taken for one."),
        _(
            "Some pages report results and some are only shown. The description does not say which this is, so "
            "it may report results."
        ),
    ),
    "no-organisation": Code(
        REPAIRED,
        _("The manifest has no table of contents; each SCO became a lesson."),
        _("The table of contents is what learners see. Without one, the lessons are shown in the order of the files."),
    ),
    "default-organisation": Code(
        REPAIRED,
        _("The table of contents to begin with is not there; another one was taken."),
        _("A package may hold several tables of contents. The one named as the first is not there."),
    ),
    "no-title": Code(
        REPAIRED,
        _("A title is missing; the identifier stands in for it."),
        _("Learners will see a technical name in its place."),
        _("Give it a title in your authoring tool."),
    ),
    "backslash": Code(
        REPAIRED,
        _("A path was written with backslashes."),
        _("Paths on the web are written with / and not with \\."),
    ),
    "wrong-case": Code(
        REPAIRED,
        _("This file is written with other capitals in the manifest."),
        _("A.png and a.png are two different files on the web. The one that is there was taken."),
    ),
    "wrong-form": Code(
        REPAIRED,
        _("The letters of this file's name are composed otherwise in the manifest."),
        _("Letters with accents can be written in two ways that look the same. The file that is there was taken."),
    ),
    "prerequisites": Code(
        REPAIRED,
        _("Prerequisites were written with AND and OR instead of & and |."),
        _("This means what must be finished before a lesson opens. The words were read as the standard writes them."),
    ),
}
"""Each code, and what is said of it."""
