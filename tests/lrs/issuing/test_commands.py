"""`haidang issuing`: keys are shown, changed and withdrawn, and the log says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lrs.issuing.given import issued, seal

if TYPE_CHECKING:
    from tests.parts.installations import Installation

SPACE = ("--space", "haiphong")


def states(installation: Installation) -> list[tuple[int, str]]:
    told = installation.haidang("issuing", "list", *SPACE)
    return [(key["number"], key["state"]) for key in told["keys"]]


def test_keys_are_rotated_and_withdrawn(installation: Installation) -> None:
    assert states(installation) == []

    seal(installation, issued(installation))
    assert states(installation) == [(1, "signing")]

    installation.haidang("issuing", "rotate", *SPACE)
    assert states(installation) == [(2, "signing"), (1, "retired")]

    installation.haidang("issuing", "withdraw", "2", *SPACE)
    assert states(installation) == [(2, "withdrawn"), (1, "retired")]
    seal(installation, issued(installation))
    assert states(installation)[0] == (3, "signing")

    log = installation.person("owner").get("/s/haiphong/audit?lang=en").text
    assert "made a new key for signing certificates" in log
    assert "withdrew a key" in log


def test_a_key_that_is_not_there_is_not_withdrawn(embedded: Installation) -> None:
    assert "there is no key 7" in str(embedded.haidang("issuing", "withdraw", "7", *SPACE, code=1))


def test_people_are_told_in_words(embedded: Installation) -> None:
    seal(embedded, issued(embedded))
    with embedded.app.app_context():
        told = embedded.app.test_cli_runner().invoke(args=["issuing", "list", *SPACE]).output

    assert "signing since" in told
