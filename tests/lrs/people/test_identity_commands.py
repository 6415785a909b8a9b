"""`haidang identity rotate`: new keys for old names, and people are found all the while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lrs.people.test_entry_pages import WORD, settled, sign_in

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_names_are_sealed_anew(installation: Installation) -> None:
    settled(installation)
    path = installation.services.config.identity_keys_file

    assert installation.haidang("identity", "rotate") == {"key": 2, "sealed": 1}
    path.write_text(path.read_text().splitlines()[0] + "\n")

    assert sign_in(installation.visitor(), "HP-7", WORD).status_code == 303
    assert "Nguyễn Thị Hoà" in installation.person("administrator").get("/s/haiphong/people?q=hoa").text
    assert installation.haidang("identity", "rotate", "--go-on") == {"key": 2, "sealed": 0}


def test_what_is_wrong_with_somebody_new_is_said(embedded: Installation) -> None:
    told = embedded.haidang(
        *("account", "add", "--space", "haiphong", "--role", "learner", "--staff-code", "a\x07"), code=1
    )

    assert "--staff-code" in str(told["error"])


def test_rotating_says_how_long_the_older_key_is_needed(embedded: Installation) -> None:
    with embedded.app.app_context():
        told = embedded.app.test_cli_runner().invoke(args=["identity", "rotate"])

    assert "can be taken out after seven days" in told.output
