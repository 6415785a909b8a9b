"""What the player's pages are made of, and how it is sent."""

import gzip

import pytest

from lrs import joining
from player import kit
from tests.parts.installations import Installation
from tests.parts.lessons import Playing, play, publish


@pytest.fixture
def playing(embedded: Installation) -> Playing:
    return play(embedded.person("learner"), publish(embedded))


def test_a_file_is_sent_compressed_to_who_takes_it_so(playing: Playing) -> None:
    plain = playing.person.get("/_hd/shell.js", base=playing.origin)
    packed = playing.person.get("/_hd/shell.js", base=playing.origin, headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.data) == plain.data == joining.join(kit.FOLDER, "shell").encode()
    assert packed.content_type == plain.content_type == "text/javascript; charset=utf-8"


def test_a_file_that_the_browser_has_is_not_sent_again(playing: Playing) -> None:
    first = playing.person.get("/_hd/shell.css", base=playing.origin)
    headers = {"If-None-Match": first.headers["ETag"]}

    assert playing.person.get("/_hd/shell.css", base=playing.origin, headers=headers).status_code == 304


@pytest.mark.parametrize("name", ["none.js", "outbox.js", "package.json", "../content.py", "%2e%2e/content.py"])
def test_nothing_else_is_sent(playing: Playing, name: str) -> None:
    assert playing.person.get(f"/_hd/{name}", base=playing.origin).status_code == 404
