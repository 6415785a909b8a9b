"""Metadata is read as SCORM 1.2 and 2004 write it."""

import pytest

from packages import lom
from packages.model import Metadata, Text
from tests.packages.reading import element

STRINGS = {"1.2": '<langstring xml:lang="vi">{}</langstring>', "2004": '<string language="vi">{}</string>'}


@pytest.mark.parametrize("generation", STRINGS)
def test_metadata_is_read(generation: str) -> None:
    string = STRINGS[generation]
    text = (
        "<item><metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion><lom><general>"
        f"<title>{string.format('Mật khẩu')}</title><language>vi</language><keyword>{string.format('an toàn')}</keyword>"
        f"<description>{string.format('Bài  ngắn')}</description></general></lom>"
        "<location>them/meta.xml</location></metadata></item>"
    )

    assert lom.read(element(text)) == Metadata(
        "ADL SCORM",
        "1.2",
        Text.of("Mật khẩu", "vi"),
        Text.of("Bài ngắn", "vi"),
        ("vi",),
        ("an toàn",),
        "them/meta.xml",
    )


def test_no_metadata_says_nothing() -> None:
    assert lom.read(element("<item/>")) == Metadata()
