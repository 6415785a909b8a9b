"""Why a package is refused."""

from flask_babel import lazy_gettext as _

from packages.codes.code import REFUSED, Code

_ZIP_AGAIN = _("Zip the files again with the usual settings, or export the lesson again.")
_EXPORT_AGAIN = _("Export the lesson again from your authoring tool, and upload that zip as it is.")
_RENAME = _("Rename this file in your authoring tool, then export again.")
_SMALLER = _("Split the lesson into several packages.")
_CORRECT = _("Correct it in your authoring tool, then export again.")
_ALL_FILES = _("Export again so that all files are in the zip.")

REFUSALS: dict[str, Code] = {
    "no-zip": Code(
        REFUSED,
        _("This is not a zip file, or it did not arrive whole."),
        _("A lesson is uploaded as one zip file. This is another kind of file, or the upload broke off."),
        _EXPORT_AGAIN,
    ),
    "damaged": Code(
        REFUSED,
        _("This file in the zip is damaged."),
        _("Its content differs from what the zip says of it. It may have been damaged on the way."),
        _ZIP_AGAIN,
    ),
    "bad-name": Code(
        REFUSED,
        _("This name points outside the package or is not allowed."),
        _("Such a name could overwrite files of others, or cannot be written on some systems."),
        _RENAME,
    ),
    "long-name": Code(
        REFUSED,
        _("This name is too long."),
        _("A name with its folders may have 800 bytes, and each part 255; a Vietnamese letter takes up to three."),
        _RENAME,
    ),
    "same-name": Code(
        REFUSED,
        _("Two files in the zip have the same name."),
        _("On many systems one of the two would disappear."),
        _("Rename one of them; capitals alone make no difference."),
    ),
    "no-plain-file": Code(
        REFUSED,
        _("The zip holds a link or another special file."),
        _("A link can lead anywhere, so it is not followed."),
        _("Leave it out, or put the file itself in its place."),
    ),
    "encrypted": Code(
        REFUSED,
        _("The zip is protected with a password."),
        _("Nobody here knows the password, and learners do not either."),
        _("Make the zip without a password."),
    ),
    "method": Code(
        REFUSED,
        _("This file is compressed in a way that lessons do not use."),
        _("Lessons are zipped in the usual way, which every program can read."),
        _ZIP_AGAIN,
    ),
    "bomb": Code(
        REFUSED,
        _("This unpacks to far more than it should."),
        _("A small zip that unpacks to very much can bring a server down, so it is not unpacked."),
        _ZIP_AGAIN,
    ),
    "too-many-files": Code(
        REFUSED,
        _("The zip holds too many files."),
        _("A package may hold 20,000 files."),
        _SMALLER,
    ),
    "too-large": Code(
        REFUSED,
        _("This file is too large for what it is."),
        _("A description of a lesson has some hundred kilobytes. This one has many megabytes."),
        _EXPORT_AGAIN,
    ),
    "overlap": Code(
        REFUSED,
        _("The files in the zip overlap."),
        _("The zip is damaged, or was made to deceive."),
        _ZIP_AGAIN,
    ),
    "too-slow": Code(
        REFUSED,
        _("Reading this took too long, and was stopped."),
        _("A package that takes that long to read would keep everybody else waiting."),
        _SMALLER,
    ),
    "too-heavy": Code(
        REFUSED,
        _("Reading this takes more memory than a lesson may."),
        _("A description that large is unusual for a lesson."),
        _SMALLER,
    ),
    "unreadable": Code(
        REFUSED,
        _("This could not be read. It has been noted, and will be looked at."),
        _("This is a mistake of ours, not of yours."),
        _EXPORT_AGAIN,
    ),
    "no-manifest": Code(
        REFUSED,
        _("The zip holds no lesson of a known standard: SCORM, cmi5, xAPI or AICC."),
        _(
            "The zip lacks the file that says what the lesson is: imsmanifest.xml, cmi5.xml, tincan.xml or files "
            "of AICC. Often a project file or a web page was exported instead, or the zip was packed once more."
        ),
        _EXPORT_AGAIN,
    ),
    "bad-xml": Code(
        REFUSED,
        _("The manifest is not readable as XML."),
        _("The file that says what the lesson is breaks off or is damaged."),
        _EXPORT_AGAIN,
    ),
    "dtd": Code(
        REFUSED,
        _("The manifest holds a DTD, which is not allowed."),
        _("A DTD can be used to read files of the server, and no authoring tool needs it."),
        _EXPORT_AGAIN,
    ),
    "bad-address": Code(
        REFUSED,
        _("The manifest holds an address that cannot be read."),
        _("It is not known what should be opened there."),
        _CORRECT,
    ),
    "nothing-to-launch": Code(
        REFUSED,
        _("The manifest names no lesson that can be opened."),
        _("There would be nothing for learners to open."),
        _("Check that the lesson has pages, then export again."),
    ),
    "launch-file-missing": Code(
        REFUSED,
        _("A lesson's first page is missing from the zip."),
        _("Learners would see an empty page where the lesson should begin."),
        _ALL_FILES,
    ),
    "aicc-incomplete": Code(
        REFUSED,
        _("Of the AICC course's .crs, .au, .des and .cst files some are missing."),
        _("A course of AICC is described by four files that belong together."),
        _ALL_FILES,
    ),
    "cmi5-structure": Code(
        REFUSED,
        _("The course structure has something missing or in the wrong place."),
        _("cmi5 says exactly which parts a course has and in which order they stand."),
        _EXPORT_AGAIN,
    ),
    "cmi5-iri": Code(
        REFUSED,
        _("An identifier in the course structure is not a full address."),
        _("Courses and lessons of cmi5 are known all over the world by their full address."),
        _("Write it with its scheme, such as https://, then export again."),
    ),
    "cmi5-duplicate-id": Code(
        REFUSED,
        _("An identifier in the course structure is used twice."),
        _("The results of two lessons would be mixed up."),
        _("Give one of them another identifier, then export again."),
    ),
    "cmi5-url": Code(
        REFUSED,
        _("The address of a lesson is not a valid one."),
        _("It is not known what should be opened there."),
        _CORRECT,
    ),
    "cmi5-relative-url": Code(
        REFUSED,
        _("The course structure came without its files."),
        _("Only the description was uploaded, and it names pages that are not with it."),
        _("Upload the whole zip, or write the full address of each lesson."),
    ),
    "cmi5-reserved-name": Code(
        REFUSED,
        _("The address of a lesson uses a name that is reserved for its launch."),
        _("The service adds words of its own to the address when a lesson is opened, and these would be overwritten."),
        _CORRECT,
    ),
}
"""Each code, in the order of what an upload goes through."""
