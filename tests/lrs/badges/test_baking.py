"""A credential inside a drawing: what goes in comes out, and nothing else is taken for one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lrs.badges.baking import MOST_PICTURE, NAMESPACE, bake, extract
from lrs.badges.errors import NotACredential
from lrs.skills.picture import alone

SVG = alone("shield", "Tự bảo vệ mình")


@given(some.text(max_size=40))
@settings(max_examples=40)
def test_what_goes_in_comes_out(name: str) -> None:
    said = {"name": name + "]]>"}

    baked = bake(SVG, json.dumps(said).encode())

    assert json.loads(extract(baked)) == said
    assert f'xmlns:openbadges="{NAMESPACE}"'.encode() in baked.partition(b">")[0]


def test_a_drawing_is_baked_once() -> None:
    with pytest.raises(ValueError, match="credential"):
        bake(bake(SVG, b"{}").decode(), b"{}")


@pytest.mark.parametrize(
    "picture",
    [
        SVG.encode(),
        b"",
        b"\x89PNG",
        b"<svg><credential>{}</credential></svg>",
        f'<svg xmlns:o="{NAMESPACE}"><o:credential>{{}}</o:credential><o:credential>{{}}</o:credential></svg>'.encode(),
        f'<svg xmlns:o="{NAMESPACE}"><o:credential><b/></o:credential></svg>'.encode(),
        f'<svg xmlns:o="{NAMESPACE}"><o:credential/></svg>'.encode(),
        f'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns:o="{NAMESPACE}"><o:credential>{{}}</o:credential></svg>'.encode(),
        b" " * (MOST_PICTURE + 1),
        b"<a>" * 300_000,
        f'<svg xmlns:o="{NAMESPACE}"><o:credential>{"a" * 70_000}</o:credential></svg>'.encode(),
    ],
    ids=[
        "none",
        "nothing",
        "png",
        "other-name",
        "two",
        "inside",
        "empty",
        "doctype",
        "large",
        "deep",
        "long",
    ],
)
def test_what_is_no_baked_drawing_is_refused(picture: bytes) -> None:
    with pytest.raises(NotACredential):
        extract(picture)


@pytest.mark.parametrize("encoding", ["foo", "utf-7", "big5", "idna", "rot13", "base64", "x" * 500])
def test_no_file_chooses_how_it_is_read(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()

    assert extract(declared + bake(SVG, b"{}")) == b"{}"
