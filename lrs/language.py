"""The reader's language: Vietnamese first, English beside it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, format_decimal, get_domain, get_locale
from markupsafe import Markup

from lrs import cookies, days, hosts
from lrs.access import caller
from lrs.catalogue import LANGUAGES, translations
from lrs.services import services
from lrs.web import current_host

COOKIE = "language"
"""The cookie by which a device remembers what was chosen on it by whoever is not signed in."""


class _Catalogue(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Messages are written in English in the code; each other language has one catalogue."""

    def get_translations(self) -> NullTranslations:
        return translations(str(get_locale()))


def reader_language() -> str:
    """Choose the language of a reader: what they have chosen, else what their browser asks for, else that of the space or installation."""
    default = services().config.language
    if not has_request_context():
        return default
    default, offered = g.space.language if "space" in g else default, spoken()
    chosen = next((language for language in _chosen() if language in offered), None)
    # A browser that names none of them gets the default, and so does one that has no preference.
    return chosen or request.accept_languages.best_match((default, *offered), default) or default


def spoken() -> tuple[str, ...]:
    """List the languages among which a reader may choose: those of the space."""
    offered: tuple[str, ...] = g.space.settings.languages if "space" in g else LANGUAGES
    return offered


def _chosen() -> Iterator[str | None]:
    """List what was chosen: for this page alone, by who is signed in, on this device."""
    with suppress(
        UnicodeDecodeError
    ):  # a query that is no text is being refused: that has to be said in some language, too
        yield request.args.get("lang")
    yield caller().language
    if current_host().kind != hosts.CONTENT:  # no cookie is read where a lesson could have set it
        yield cookies.read(COOKIE)


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
