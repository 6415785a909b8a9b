"""What a file is, by the extension of its name."""

import pytest

from storage.media_types import media_type


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("s/v1/index.html", "text/html"),
        ("INDEX.HTM", "text/html"),
        ("a/SCORM_API.Js", "text/javascript"),
        ("a.module.mjs", "text/javascript"),
        ("style.css", "text/css"),
        ("imsmanifest.xml", "application/xml"),
        ("ảnh.PNG", "image/png"),
        ("drawing.svg", "image/svg+xml"),
        ("film.mp4", "video/mp4"),
        ("film.m4v", "video/mp4"),
        ("sound.m4a", "audio/mp4"),
        ("captions.vtt", "text/vtt; charset=utf-8"),
        ("notes.txt", "text/plain; charset=utf-8"),
        ("font.woff2", "font/woff2"),
        ("physics.wasm", "application/wasm"),
        ("old.swf", "application/x-shockwave-flash"),
        ("export.zip", "application/zip"),
        (".css", "text/css"),
    ],
)
def test_the_extension_says_what_a_file_is(key: str, expected: str) -> None:
    assert media_type(key) == expected


@pytest.mark.parametrize(
    "key", ["README", "html", "a.html/b", "a.", "a.unknown", "a.html.bak", "x.html ", "", "a.png/"]
)
def test_anything_else_is_bytes(key: str) -> None:
    assert media_type(key) == "application/octet-stream"


@pytest.mark.parametrize("extension", ["html", "htm", "xhtml", "css", "js", "mjs", "xml", "svg", "json"])
def test_what_declares_its_own_charset_is_given_none(extension: str) -> None:
    assert "charset" not in media_type(f"a.{extension}")
