"""The catalogues are read from their sources, once."""

from lrs.catalogue import LANGUAGES, translations


def test_a_catalogue_is_read_once() -> None:
    assert translations("vi") is translations("vi")


def test_each_language_says_a_message_or_leaves_it_as_it_is() -> None:
    assert {each: translations(each).gettext("mentor") for each in LANGUAGES} == {
        "vi": "người hướng dẫn",
        "en": "mentor",
    }
