"""Languages: which entry of a language map a reader gets (Communication 2.1.3, canonical; 2.0: 4.1.6.1; RFC 9110 12.5.4, RFC 4647 3.4)."""

from typing import NamedTuple


class Preference(NamedTuple):
    """A language range of an Accept-Language header, and how much it is wanted."""

    range: str
    quality: float


def preferences(header: str | None) -> list[Preference]:
    """Read an Accept-Language header, most wanted first; what is not readable in it is passed over."""
    found = []
    for entry in (header or "").split(","):
        name, _, parameters = entry.partition(";")
        quality = _quality(parameters)
        if quality is not None:
            found.append(Preference(name.strip().lower(), quality))
    return sorted(found, key=lambda preference: -preference.quality)


def chosen(language_map: dict[str, str], wanted: list[Preference]) -> dict[str, str]:
    """Keep one entry of a language map: the best match for what is wanted, else its first."""
    refused = {preference.range for preference in wanted if preference.quality == 0}
    tags = {tag.lower(): tag for tag in language_map}
    for preference in wanted:
        if preference.quality > 0:
            tag = _match(preference.range, tags, refused)
            if tag is not None:
                return {tag: language_map[tag]}
    rest = [tag for tag in language_map if tag.lower() not in refused] or list(language_map)
    return {tag: language_map[tag] for tag in rest[:1]}


def _match(wanted: str, tags: dict[str, str], refused: set[str]) -> str | None:
    """Find a tag for a range: itself, a dialect of it, or the more general language."""
    if wanted == "*":
        return next((tag for low, tag in tags.items() if low not in refused), None)
    while wanted:
        if wanted in tags:
            return tags[wanted]
        dialect = next((tag for low, tag in tags.items() if low.startswith(f"{wanted}-") and low not in refused), None)
        if dialect is not None:
            return dialect
        wanted = wanted.rpartition("-")[0]
    return None


def _quality(parameters: str) -> float | None:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return None
    return quality if 0 <= quality <= 1 else None
