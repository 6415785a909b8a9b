"""The tags of a lesson, as an author writes them: words with commas between them, the same however they are typed."""

import unicodedata
from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from lrs.people.identity import NotUnderstood
from storage import tags
from storage.database import Tx

LONGEST = 60
"""The most letters of a tag."""

MOST = 20
"""The most tags of a lesson."""


def read(text: str) -> list[str]:
    """Read tags as they were typed; the same one twice is one."""
    found = {
        _same(each): each for each in reversed([" ".join(part.split()) for part in _clean(text).split(",")]) if each
    }
    if any(len(each) > LONGEST for each in found.values()) or len(found) > MOST:
        raise NotUnderstood(
            "tags", _("A lesson has at most 20 tags of up to 60 letters each, with commas between them.")
        )
    return [*reversed(found.values())]


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace(";", ",").replace("\n", ","))
    return "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})


def _same(tag: str) -> str:
    """Say when two tags are one: “Kỹ năng số” is “kỹ năng số”."""
    return tag.casefold()


def known(tx: Tx) -> list[str]:
    """List the tags that there are."""
    return sorted(tags.all_of(tx), key=_same)


def of(tx: Tx, activity: str) -> list[str]:
    """List the tags of a lesson."""
    return sorted((tag for tag, those in tags.all_of(tx).items() if activity in those), key=_same)


def give(tx: Tx, activity: str, wanted: Iterable[str]) -> bool:
    """Give a lesson these tags and no others, written as they are written already; tell whether that changed anything."""
    written = {_same(each): each for each in tags.all_of(tx)}
    was, will = {*of(tx, activity)}, {written.get(_same(each), each) for each in wanted}
    for tag in was - will:
        tags.remove(tx, tag, activity)
    for tag in will - was:
        tags.put(tx, tag, activity)
    return was != will
