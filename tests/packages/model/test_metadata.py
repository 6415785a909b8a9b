"""Metadata that says nothing is the default, so that it is not stored."""

from packages.model import Metadata, Text, codec


def test_metadata_writes_what_it_says() -> None:
    assert codec.write(Metadata()) == {}
    assert codec.write(Metadata(title=Text.of("Bài", "vi"), keywords=("an toàn",))) == {
        "title": {"said": [["vi", "Bài"]]},
        "keywords": ["an toàn"],
    }
