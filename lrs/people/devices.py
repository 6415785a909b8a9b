"""What to call a device in a list of sessions: in words its owner knows, from what the browser says of itself."""

import re

_BROWSERS = (
    ("Zalo", "Zalo"),
    ("Cốc Cốc", "coc_coc_browser"),
    ("Edge", "Edg"),
    ("Samsung Internet", "SamsungBrowser"),
    ("Opera", "OPR"),
    ("Firefox", "Firefox|FxiOS"),
    ("Chrome", "Chrome|CriOS"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("ChromeOS", "CrOS"),
    ("Windows", "Windows"),
    ("Mac", "Macintosh"),
    ("Linux", "Linux|X11"),
)


def name(user_agent: str) -> str:
    """Name browser and system; nothing is known of what says neither."""
    found = [_first(table, user_agent) for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(each for each in found if each)


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((word for word, pattern in table if re.search(pattern, text)), "")
