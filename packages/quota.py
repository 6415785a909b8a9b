"""The room that a space was given for its lessons."""

from flask_babel import lazy_gettext as _

from lrs.amounts import size
from lrs.errors import Trouble


class QuotaReached(Trouble):
    """A lesson is larger than what is left; whoever brings it has to know that waiting does not help."""

    status = 507
    title = _("There is no room left in this space for this lesson")
    advice = _("Nothing was saved. Whoever runs the service can give the space more room; then send it again.")

    def __init__(self, weight: int, left: int) -> None:
        super().__init__(_("The lesson takes %(weight)s; %(left)s are left.", weight=size(weight), left=size(left)))
        self.weight = weight
        self.left = left
