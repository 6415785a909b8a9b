"""The catalogues of messages, read from their sources: there is nothing to compile."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("vi", "en")

_FOLDER = Path(__file__).parent / "translations"


@lru_cache
def translations(language: str) -> NullTranslations:
    """Give the catalogue of a language; English stands in the code and has none."""
    path = _FOLDER / language / "messages.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return Translations(compiled)
