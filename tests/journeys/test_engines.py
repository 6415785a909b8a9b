"""A lesson plays, is saved and resumes in three engines, in either arrangement; in WebKit behind TLS, where its cookies need it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.journeys.steps import come_in, open_in
from tests.journeys.walking import Log, eventually, serving
from tests.parts.left_out import or_left_out
from tests.parts.lessons import publish
from tests.parts.nginx import Nginx
from tests.parts.ports import free_port
from tests.parts.turns import ARRANGEMENTS
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.walking import Service
    from tests.parts.tabs import Engine
    from tests.parts.webkit import WebKit

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

PLACE = "cmi.core.lesson_location"


@pytest.fixture(params=ARRANGEMENTS)
def behind_tls(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve behind nginx, as in production."""
    folder, port = tmp_path_factory.mktemp("tls"), free_port()
    domain = "lms.localhost" if request.param == "sibling" else "hd.localhost"
    more = {"HAIDANG_PUBLIC_URL": f"https://app.{domain}:{port}", "HAIDANG_TRUSTED_PROXIES": "1"}
    with serving(request, folder, "embedded", request.param, **more) as service:
        objects = folder / "data" / "objects"
        with or_left_out():
            nginx = Nginx(folder, port=port, service=service.port, domain=domain, objects=objects)
        with nginx:
            yield service


def play(engine: Engine, service: Service) -> None:
    """Play a lesson in two sittings."""
    with closing(engine.screen()) as screen:
        tab = screen.open()
        account = come_in(tab, service, "learner")
        address = f"{service.installation.public_url}/s/haiphong/lessons/{publish(service.installation, scorm12())}"

        first = open_in(screen, tab, address)
        first.call("LMSSetValue", PLACE, "trang 7")
        first.call("LMSCommit", "")
        first.wait_until("saved")
        assert eventually(lambda: Log(service).values_of(account).get(PLACE) == "trang 7")

        assert open_in(screen, screen.open(), address).call("LMSGetValue", PLACE) == "trang 7"


def test_a_lesson_plays_and_resumes(engine: Engine, service: Service) -> None:
    play(engine, service)


# Apart, the lesson's tab opens in WebKit too, but its driver does not always tell of it.
@pytest.mark.parametrize("behind_tls", ["sibling"], indirect=True)
def test_a_lesson_plays_and_resumes_in_webkit(webkit: WebKit, behind_tls: Service) -> None:
    play(webkit, behind_tls)
