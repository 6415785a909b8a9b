"""The reader's language: Vietnamese first, English beside it."""

from typing import Any

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, format_decimal, get_domain, get_locale
from markupsafe import Markup

from lrs import days
from lrs.catalogue import LANGUAGES, translations
from lrs.services import services


class _Catalogue(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Messages are written in English in the code; each other language has one catalogue."""

    def get_translations(self) -> NullTranslations:
        return translations(str(get_locale()))


def reader_language() -> str:
    """Choose the language of a reader: what they ask for, else the language of the space, else that of the installation."""
    default = services().config.language
    if not has_request_context():
        return default
    default, spoken = (g.space.language, g.space.settings.languages) if "space" in g else (default, LANGUAGES)
    chosen = _chosen()
    if chosen in spoken:
        return chosen
    # A browser that names none of them gets the default, and so does one that has no preference.
    return request.accept_languages.best_match((default, *spoken), default) or default


def _chosen() -> str:
    try:
        return request.args.get("lang", "")
    except UnicodeDecodeError:  # a query that is no text is being refused: that has to be said in some language, too
        return ""


def counted(one: str, many: str, count: int, **more: object) -> Markup:
    """Say how many there are, the number written as its reader writes numbers: 40.000 người."""
    said = get_domain().get_translations().ungettext(one, many, count)
    return Markup(said) % {"num": format_decimal(count), **more}  # noqa: S704 - our own words


def init_app(app: Flask) -> None:
    """Let an application speak."""
    babel: Any = Babel()
    babel.domain_instance = _Catalogue()
    babel.init_app(
        app,
        default_locale="vi",
        default_timezone=days.HOME,
        locale_selector=reader_language,
        timezone_selector=days.zone,
    )
    app.jinja_env.filters["number"] = format_decimal
    app.jinja_env.globals["ngettext"] = counted
    app.jinja_env.globals["language"] = lambda: str(get_locale())
