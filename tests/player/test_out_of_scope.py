"""A thousand tries with a learner's real tokens at what they were not made for: none succeeds, and each kind has a control that does."""

from __future__ import annotations

import itertools
import json
import random
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.parts.lessons import Playing, play, publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.parts.figures import Telling
    from tests.parts.installations import Installation

TRIES = 1000
FILES = ("index.html", "imsmanifest.xml", "secret.txt")
VERBS = ("GET", "POST", "PUT", "DELETE", "PATCH")
APP = (
    "/s/haiphong/",
    "/s/haiphong/packages/new",
    "/s/lang-son/",
    "/xapi/statements",
    "/xapi/activities/state",
    "/api/packages",
    "/metrics",
)


@dataclass(frozen=True)
class Try:
    """One request that should not be answered."""

    method: str
    base: str
    path: str
    body: str = ""
    authorization: str = ""


@dataclass
class Scene:
    """Somebody's two lessons, another learner's, and one of another space."""

    installation: Installation
    mine: Playing
    second: Playing
    others: Playing
    elsewhere: Playing

    def status(self, tried: Try) -> int:
        """Send a request without any cookie: tokens alone are tried."""
        headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
        if tried.authorization:
            headers["Authorization"] = tried.authorization
        answer = self.installation.visitor().client.open(
            tried.path, method=tried.method, base_url=tried.base, data=tried.body, headers=headers, buffered=True
        )
        return answer.status_code


@pytest.fixture
def scene(installation: Installation) -> Scene:
    installation.haidang("space", "add", "lang-son")
    first, second = (publish(installation, scorm12(more={"secret.txt": b"x"})) for _ in range(2))
    far = publish(installation, scorm12(more={"secret.txt": b"x"}), space="lang-son")
    me, other = installation.person("learner"), installation.person("learner")
    elsewhere = installation.person("learner", space="lang-son")
    lessons = [play(me, first), play(me, second), play(other, first), play(elsewhere, far, space="lang-son")]
    return Scene(installation, *lessons)


def commit(token: str, attempt: str) -> str:
    """Write a commit as the shell does."""
    return json.dumps(
        {"token": token, "attempt": attempt, "session": 1, "n": 1, "item": "bai-1", "visit": 1, "values": {}}
    )


def forged(token: str, chance: random.Random) -> str:
    """Change a token a little: a letter, its payload, its end."""
    payload, _, signature = token.rpartition(".")
    at = chance.randrange(len(token) - 1)
    letter = chance.choice([each for each in "abcdefgh0123" if each != token[at]])
    said = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4))) if not payload.startswith(".") else [1]
    said[0] = chance.randrange(1, 9) * 1000
    another = urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
    return chance.choice([token[:at] + letter + token[at + 1 :], f"{another}.{signature}", token[:-2], f"{token}a"])


def tries(scene: Scene) -> Iterator[Try]:
    """Try everything that a content token and an attempt token were not made for, again and again with others."""
    chance = random.Random(7)
    mine, app = scene.mine, scene.installation.public_url
    foreign = (scene.second, scene.elsewhere)
    while True:
        for other, name in itertools.product(foreign, FILES):
            yield Try("GET", other.origin, f"/c/{mine.content}/{name}")  # another version's files, another space's
        for name in FILES:
            yield Try("GET", mine.origin, f"/c/{mine.attempt}/{name}")  # files by the attempt's token
            yield Try("GET", mine.origin, f"/c/{forged(mine.content, chance)}/{name}")
            yield Try(chance.choice(VERBS[1:]), mine.origin, f"/c/{mine.content}/{name}", "x")  # writing
        for other in foreign:
            yield Try("POST", other.origin, "/begin", json.dumps({"token": mine.attempt}))  # another version's attempt
            yield Try("POST", other.origin, "/commit", commit(mine.attempt, other.version))
            yield Try("POST", other.origin, f"/play/{other.content}", f"attempt={mine.attempt}")
        yield Try("POST", mine.origin, "/begin", json.dumps({"token": mine.content}))  # committing by the content token
        yield Try("POST", mine.origin, "/commit", commit(mine.content, mine.version))
        yield Try("POST", mine.origin, "/begin", json.dumps({"token": forged(mine.attempt, chance)}))
        yield Try("POST", mine.origin, "/commit", commit(forged(mine.attempt, chance), mine.version))
        for path, token in itertools.product(APP, (mine.attempt, mine.content)):  # the app, by either token
            yield Try(chance.choice(VERBS), app, path, authorization=f"Bearer {token}")


def test_no_try_out_of_scope_succeeds(scene: Scene, tell: Telling) -> None:
    tried = list(itertools.islice(tries(scene), TRIES))

    reached = [each for each in tried if scene.status(each) < 400]

    tell(f"out of scope: {len(reached)} of {len(tried)} tries with real tokens succeeded")
    assert reached == []


def test_in_scope_the_same_requests_succeed(scene: Scene) -> None:
    mine, elsewhere = scene.mine, scene.elsewhere
    tried = [
        *(Try("GET", mine.origin, f"/c/{mine.content}/{name}") for name in FILES),
        *(Try("GET", elsewhere.origin, f"/c/{elsewhere.content}/{name}") for name in FILES),
        Try("POST", mine.origin, "/begin", json.dumps({"token": mine.attempt})),
        Try("POST", elsewhere.origin, "/begin", json.dumps({"token": elsewhere.attempt})),
    ]

    assert [scene.status(each) for each in tried] == [200] * len(tried)
    assert mine.begin().commit(1).status_code == 200


def test_an_attempts_token_changes_that_attempt_alone(scene: Scene) -> None:
    others = scene.others.begin()
    before = others.values()
    body = json.loads(commit(scene.mine.attempt, "")) | {"values": {"cmi.core.lesson_location": "owned"}}

    scene.status(Try("POST", scene.others.origin, "/commit", json.dumps(body)))

    assert others.values() == before
