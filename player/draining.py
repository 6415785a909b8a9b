"""What a device still keeps of lessons: the frame that sends it, and what the lessons' page needs of it (docs/player.md, The journal)."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from lrs import headers
from lrs.access import EVERYBODY, allow
from lrs.config import SIBLING
from lrs.services import services

frames = Blueprint("draining", __name__, template_folder="templates")


@frames.get("/_hd/drain")
@allow(EVERYBODY)
def frame() -> ResponseReturnValue:
    """Serve the hidden frame: a page without a word, which speaks with the lessons' page around it alone."""
    return render_template("drain.html")


def of_device() -> dict[str, str]:
    """Tell the lessons' page where its frames are, and let it open them; browsers deny storage to a frame of another site."""
    config = services().config
    framed = config.arrangement == SIBLING
    if framed:
        # Any version's: what a device keeps may be of one that is listed no more.
        headers.allow_frames(config.content_origin("*"))
    return {"origin": config.content_origin("c-*"), "framed": "yes" if framed else "no"}
