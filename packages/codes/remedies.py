"""Remedies: where in an authoring tool a thing is changed, as far as its makers say so themselves."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

_REMEDIES: dict[tuple[str, str], LazyString] = {
    ("Articulate Storyline", "no-captions"): _("In Storyline: select the video, then Options > Add Captions."),
    ("Articulate Storyline", "heavy"): _(
        "In Storyline: Publish > LMS > Quality, and choose a lower one for videos and pictures."
    ),
    ("Articulate Storyline", "long-notes"): _("In Storyline: Publish > LMS, and choose SCORM 2004 4th Edition."),
    ("Articulate Storyline", "flash"): _("In Storyline: Publish > LMS > Format, and choose HTML5 only."),
    ("Articulate Storyline", "no-manifest"): _("In Storyline: Publish > LMS, and not Web."),
    ("Articulate Rise", "no-manifest"): _("In Rise: Publish > LMS, and not Web."),
    ("iSpring", "no-manifest"): _("In iSpring: Publish > LMS, and choose SCORM 1.2 or SCORM 2004."),
}


def remedy(tool: str, code: str) -> LazyString | str:
    """Say where in this tool the thing is changed; nothing if that is not known."""
    return _REMEDIES.get((tool, code), "")
