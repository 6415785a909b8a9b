"""Whatever fails is answered: with a page, with details, with words; never with what was sent."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, NoReturn

import pytest
from werkzeug.exceptions import BadGateway, ImATeapot

from lrs.errors import Malformed
from lrs.keys import SecretMissing
from storage.blobs import StoreAway, StoreFull
from storage.errors import DatabaseAway
from tests.lrs.views import APP, CONTENT, MACHINE, add, get

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.parts.installations import Installation


def fails_with(error: BaseException) -> Callable[[], NoReturn]:
    def fail() -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (DatabaseAway("the server at db.example refuses the user hidden"), 503),
        (StoreAway("hidden"), 503),
        (StoreFull("hidden"), 503),
        (SecretMissing("hidden"), 503),
        (OSError(errno.ENOSPC, "hidden"), 503),
        (OSError(errno.EROFS, "hidden"), 503),
        (OSError(errno.EIO, "hidden"), 503),
        (OSError(errno.ENOENT, "hidden"), 500),
        (PermissionError(errno.EACCES, "hidden"), 500),
        (ZeroDivisionError("hidden"), 500),
        (RecursionError("hidden"), 500),
        (ImATeapot("hidden"), 418),
        (BadGateway("hidden"), 502),
        (Malformed(), 400),
    ],
)
@pytest.mark.parametrize("base", [APP, CONTENT, MACHINE])
def test_what_fails_is_answered_without_what_it_says(
    embedded: Installation, error: Exception, status: int, base: str
) -> None:
    add(embedded.app, "/fails", fails_with(error))

    for accept in ("text/html", "application/json", "*/*"):
        answer = get(embedded.app, "/fails", base, Accept=accept)
        assert answer.status_code == status
        assert "hidden" not in answer.text
        assert (answer.headers.get("Retry-After") == "5") == (status == 503)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.json is None or answer.json["status"] == status


@pytest.mark.parametrize(
    ("base", "accept", "form"),
    [
        (APP, "text/html", "text/html"),
        (APP, "text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        (APP, "*/*", "text/html"),
        (APP, "", "text/html"),
        (APP, "application/json", "application/problem+json"),
        (APP, "application/json, text/html;q=0.5", "application/problem+json"),
        (APP, "nonsense;;;q=", "text/html"),
        (MACHINE, "text/html", "application/problem+json"),
        (CONTENT, "text/html,*/*;q=0.8", "text/plain"),
        (CONTENT, "*/*", "application/problem+json"),
        (CONTENT, "image/*", "application/problem+json"),
        (CONTENT, "", "application/problem+json"),
    ],
)
def test_a_person_gets_a_page_and_a_program_details(embedded: Installation, base: str, accept: str, form: str) -> None:
    answer = get(embedded.app, "/nothing", base, Accept=accept)

    assert (answer.status_code, answer.mimetype) == (404, form)
    assert "There is nothing at this address" in answer.text


def test_a_program_on_the_apps_host_gets_details_whatever_it_accepts(embedded: Installation) -> None:
    assert get(embedded.app, "/xapi/nothing").mimetype == "application/problem+json"


def test_a_wrong_method_names_the_right_ones(embedded: Installation) -> None:
    answer = get(embedded.app, "/s/haiphong/sign-out")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_the_way_back_is_for_those_who_are_inside(embedded: Installation) -> None:
    person = embedded.person("learner")

    assert "Về trang đầu" in person.get("/s/haiphong/packages/new").text
    assert "Hải Phòng" in person.get("/s/haiphong/packages/new").text
    assert "Về trang đầu" not in embedded.visitor().get("/s/haiphong/packages/new").text
