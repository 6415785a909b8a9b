"""The words of one language: messages, lists, numbers, days and spans of time as its readers write them."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from lrs.catalogue import translations

AND, OR = "standard", "or"

_DAYS = {"vi": "dd/MM/yyyy", "en": "d MMMM yyyy"}
_HOUR = 60


def marked(message: str) -> str:
    """Mark a message of a table, which is translated where it is said."""
    return message


class Words:
    """What a sentence is made of in one language."""

    def __init__(self, language: str) -> None:
        self._catalogue = translations(language)
        self._locale = Locale(language)

    def gettext(self, message: str, **values: str) -> str:
        """Say a message in this language."""
        return str(self._catalogue.gettext(message)) % values

    def ngettext(self, one: str, many: str, count: int, **values: str) -> str:
        """Say a message about so many, who stand in it as `num`."""
        return str(self._catalogue.ngettext(one, many, count)) % (values | {"num": self.shown(count)})

    def shown(self, value: str | float) -> str:
        """Write a number as readers write it; a text stays as it is."""
        return value if isinstance(value, str) else _number(value, self._locale)

    def percent(self, share: float) -> str:
        """Write a share; never as more than it is, or 79.999% would look like 80% and yet not be enough."""
        return _share(share, self._locale)

    def day(self, day: date) -> str:
        """Write a day."""
        return str(format_date(day, _DAYS[self._locale.language], locale=self._locale))

    def span(self, minutes: int) -> str:
        """Write a span of time."""
        hours, rest = divmod(minutes, _HOUR)
        parts = [self.ngettext("%(num)s hour", "%(num)s hours", hours)] if hours else []
        if rest or not hours:
            parts.append(self.ngettext("%(num)s minute", "%(num)s minutes", rest))
        return " ".join(parts)

    def listed(self, parts: Sequence[str], style: str = AND) -> str:
        """Join what is listed."""
        return str(format_list(parts, style, locale=self._locale))  # type: ignore[arg-type]  # one of its literal words


# A page says a hundred numbers, most of them again and again: Babel reads its pattern anew for each.
@lru_cache(4096)
def _number(value: float, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale))


@lru_cache(4096)
def _share(share: float, locale: Locale) -> str:
    floor = Decimal(str(share)).quantize(Decimal("0.0001"), ROUND_FLOOR)
    return str(format_percent(floor, "#,##0.##%", locale=locale))


@cache
def words(language: str) -> Words:
    """Give the words of a language."""
    return Words(language)


def quoted(name: str) -> str:
    """Set a name off from the sentence around it."""
    return f"“{name}”"


def capital(text: str) -> str:
    """Begin a sentence; a bracket may stand before its first letter."""
    opened = len(text) - len(text.lstrip("("))
    return text[:opened] + text[opened : opened + 1].upper() + text[opened + 1 :]
