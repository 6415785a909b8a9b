"""The WebKit that the tests drive: Debian's WebKitGTK, by its own driver over plain WebDriver, on a screen that nobody sees.

WebKit keeps `Secure` cookies of no plain http address, `*.localhost` included: a service that it signs in to stands behind TLS
(tests/parts/certificates.py), as in production.
"""

from __future__ import annotations

import json
import os
import shutil
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.parts.left_out import MissingPartError
from tests.parts.ports import free_port
from tests.parts.program import Program

if TYPE_CHECKING:
    from types import TracebackType

    from tests.parts.tabs import Screen, Tab

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_BROWSERS = ("/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/lib/*/webkit2gtk-4.0/MiniBrowser")


def find_webkit() -> tuple[Path, Path, Path]:
    """Find the driver, the browser that it drives, and the X server for it."""
    named = os.environ.get("HAIDANG_TEST_WEBKIT", "WebKitWebDriver")
    driver, screen = shutil.which(named), shutil.which("Xvfb")
    browser = next((found for each in _BROWSERS for found in Path("/").glob(each[1:])), None)
    if driver is None and named != "WebKitWebDriver":
        raise MissingPartError(f"no WebKit: HAIDANG_TEST_WEBKIT names {named}, which is no program")
    if driver is None or browser is None or screen is None:
        raise MissingPartError("no WebKit: install Debian's packages webkit2gtk-driver and xvfb")
    return Path(driver), browser, Path(screen)


class WebKit:
    """The engine of WebKit: its driver, asked by HTTP. It has one screen at a time."""

    name = "webkit"

    def __init__(self, folder: Path) -> None:
        driver, self._browser, screen = find_webkit()
        self._port = free_port()
        shape = ("-screen", "0", "1280x800x24")
        self._screen = Program([str(screen), "-displayfd", "1", *shape, "-nolisten", "tcp"], folder, name="Xvfb")
        self._screen.wait_until(lambda: self._display() is not None)
        environ = os.environ | {"DISPLAY": f":{self._display()}", "LANG": "C.UTF-8", "LANGUAGE": "vi"}
        self._driver = Program([str(driver), "-p", str(self._port)], folder, name="WebKitWebDriver", env=environ)
        self._driver.wait_until(self._is_ready)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._driver.stop()
        self._screen.stop()

    def screen(self) -> Screen:
        """Give a screen on which nothing was ever opened."""
        wanted = {
            "acceptInsecureCerts": True,  # nobody but us has signed the tests' certificate
            "webkitgtk:browserOptions": {"binary": str(self._browser), "args": ["--automation"]},
        }
        begun = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        return _Screen(self, f"/session/{begun['sessionId']}")

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Send one command; what goes wrong is told in the driver's words."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}{path}", data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own driver
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            with refused:
                raise RuntimeError(json.load(refused)["value"]["message"]) from None

    def _display(self) -> str | None:
        """Read which display the X server has chosen."""
        lines = self._screen.log.read_text().splitlines()
        return next((line for line in lines if line.isdecimal()), None)

    def _is_ready(self) -> bool:
        try:
            return bool(self.ask("GET", "/status")["ready"])
        except OSError:
            return False


class _Screen:
    def __init__(self, webkit: WebKit, session: str) -> None:
        self._webkit = webkit
        self._session = session
        self._unused = self.ask("GET", "/window")
        self._known: list[str] = []

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return self._webkit.ask(method, self._session + path, body)

    def open(self) -> Tab:
        """Open a tab: the first is there already."""
        made, self._unused = self._unused, None
        return _Tab(self, made or self.ask("POST", "/window/new", {"type": "tab"})["handle"])

    def tabs(self) -> list[Tab]:
        """List the tabs; the driver keeps no order, so it is that in which they were seen."""
        found = self.ask("GET", "/window/handles")
        self._known = [each for each in self._known if each in found] + sorted(set(found) - set(self._known))
        return [_Tab(self, each) for each in self._known]

    def close(self) -> None:
        self.ask("DELETE", "")


class _Tab:
    def __init__(self, screen: _Screen, handle: str) -> None:
        self._screen = screen
        self._handle = handle

    @property
    def address(self) -> str:
        self._enter()
        return str(self._screen.ask("GET", "/url"))

    def go(self, address: str) -> None:
        self._enter()
        self._screen.ask("POST", "/url", {"url": address})

    def click(self, selector: str, *frames: str) -> None:
        self._enter(*frames)
        self._screen.ask("POST", f"/element/{self._find(selector)}/click", {})

    def run(self, script: str, *frames: str) -> Any:
        self._enter(*frames)
        return self._screen.ask(
            "POST", "/execute/sync", {"script": f"return (async () => {{ {script} }})()", "args": []}
        )

    def _enter(self, *frames: str) -> None:
        self._screen.ask("POST", "/window", {"handle": self._handle})
        self._screen.ask("POST", "/frame", {"id": None})
        for selector in frames:
            self._screen.ask("POST", "/frame", {"id": {_ELEMENT: self._find(selector)}})

    def _find(self, selector: str) -> str:
        self._screen.ask("POST", "/timeouts", {"implicit": 20_000})
        found = self._screen.ask("POST", "/element", {"using": "css selector", "value": selector})
        return str(found[_ELEMENT])
