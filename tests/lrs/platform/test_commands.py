"""`haidang platform` and `haidang space`."""

from datetime import UTC, date, datetime

import pytest

from lrs.days import today
from tests.parts.installations import Installation


def test_a_space_is_made_and_listed(embedded: Installation) -> None:
    told = embedded.haidang("space", "add", "daklak", "--name", "Đắk Lắk", "--language", "vi")
    embedded.haidang("account", "add", "--space", "haiphong", "--role", "learner")

    assert told == {"space": "daklak", "url": "http://app.lms.localhost:8080/s/daklak/"}
    daklak, haiphong = embedded.haidang("space", "list")["spaces"]
    assert datetime.now(UTC).isoformat() > daklak.pop("created") > haiphong.pop("created")
    nothing = {
        "accounts": 0,
        "lessons": 0,
        "statements": 0,
        "bytes": 0,
        "written": None,
        "quota": None,
        "entered": False,
    }
    assert daklak == {"space": "daklak", "name": "Đắk Lắk"} | nothing
    assert date.fromisoformat(haiphong.pop("written")) == today()
    assert haiphong == {
        "space": "haiphong",
        "name": "Hải Phòng",
        "accounts": 1,
        "lessons": 0,
        "statements": 0,
        "bytes": 0,
        "quota": None,
        "entered": False,
    }


@pytest.mark.parametrize("slug", ["app", "c-1", "Hải Phòng", "a_b", "a-", "a.b", "", "x" * 64])
def test_a_space_that_no_host_can_be_called_is_refused(embedded: Installation, slug: str) -> None:
    assert "error" in embedded.haidang("space", "add", slug, code=1)


def test_a_space_is_made_once(embedded: Installation) -> None:
    told = embedded.haidang("space", "add", "haiphong", code=1)

    assert "already" in told["error"]


def test_a_link_to_the_platform_stands_on_the_apps_own_host(embedded: Installation) -> None:
    first, second = (embedded.haidang("platform", "link") for _ in range(2))

    assert first["url"].startswith("http://app.lms.localhost:8080/platform/link/")
    assert (first["minutes"], first["session_hours"]) == (60, 12)
    assert first["url"] != second["url"]
