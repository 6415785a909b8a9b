"""The switch of the language: at the bottom of every page, and at its top for those whom nobody knows yet."""

from typing import NamedTuple

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from lrs import cookies
from lrs.access import EVERYBODY, ROLES, allow, caller
from lrs.errors import Malformed
from lrs.language import COOKIE, spoken
from lrs.people import coming_in
from lrs.people.shown import LANGUAGES
from lrs.web import address_shown, transaction
from storage import people

pages = Blueprint("languages", __name__)

_YEAR = 365 * 24 * 3600


class Choice(NamedTuple):
    """A language that one may choose, in its own words, and whether the page is in it."""

    code: str
    words: str
    here: bool


@pages.post("/s/<space>/language")
@allow(EVERYBODY)
def choose() -> ResponseReturnValue:
    """Speak another language from now on: to a person wherever they sign in, to others on this device."""
    return _choose(url_for("player.start"))


@pages.post("/language")
@allow(EVERYBODY)
def choose_outside() -> ResponseReturnValue:
    """Speak another language on the pages that are in no space."""
    return _choose(url_for("people.welcome"))


def _choose(first_page: str) -> ResponseReturnValue:
    wanted, who = request.form.get("language", ""), caller()
    if wanted not in spoken():
        raise Malformed
    response = coming_in.go_on(coming_in.wanted() or first_page)
    if who.role in ROLES and who.account_id is not None:
        with transaction() as tx:
            people.set_language(tx, who.account_id, wanted)
    else:
        cookies.write(response, COOKIE, wanted, _YEAR)
    return response


def choices() -> list[Choice]:
    """List the languages to choose among: none where there is but one, or where the page could not be shown again."""
    offered = [each for each in LANGUAGES if each in spoken()]
    now = str(get_locale())
    return (
        [Choice(each, LANGUAGES[each], each == now) for each in offered] if len(offered) > 1 and address_shown() else []
    )


def init_app(app: Flask) -> None:
    """Let templates show the switch."""
    app.jinja_env.globals.update(languages=choices, address_shown=address_shown)
