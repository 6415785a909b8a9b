"""People: the pages on which forty thousand are listed and found, a learner's home, and signing in."""

from __future__ import annotations

import random
import re
import time
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from sqlalchemy import Table, insert

from bench.figures import Figure, Round
from bench.lines import LoadFailed
from bench.service import URL
from lrs.access import LEARNER
from lrs.people import folding, passwords
from lrs.people.identity import Identity
from lrs.sealing import KeyRing
from storage import entry, identities, people, spaces
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.service import Service

FEW, MANY = 4_000, 40_000
_AT_ONCE = 1_000
_WORD = "con mèo leo cây cau"
_FAMILIES = (
    "Nguyễn",
    "Nguyễn",
    "Nguyễn",
    "Nguyễn",
    "Trần",
    "Trần",
    "Lê",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
)
_MIDDLES = ("Thị", "Thị", "Văn", "Văn", "Đức", "Minh", "Thu", "Ngọc", "Hữu", "Quang", "Gia", "Thanh", "Xuân", "Kim")
_GIVEN = (
    "An",
    "Anh",
    "Ánh",
    "Bình",
    "Châu",
    "Chi",
    "Cường",
    "Dung",
    "Đạt",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiền",
    "Hoà",
    "Hoa",
    "Hùng",
    "Hương",
    "Huy",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Nam",
    "Nga",
    "Oanh",
    "Phúc",
    "Quân",
    "Sơn",
    "Tâm",
    "Thảo",
    "Thuỷ",
    "Trang",
    "Tuấn",
    "Vân",
    "Việt",
    "Yến",
)

PAGES = {
    "people, first page": "/people",
    "people, two words": f"/people?{urlencode({'q': 'nguyen hoa'})}",
    "people, 1,270 by name": f"/people?{urlencode({'q': 'nguyen thi'})}",
    "people, two beginnings": f"/people?{urlencode({'q': 'ngu ho'})}",
    "people, a common name": f"/people?{urlencode({'q': 'nguyen'})}",
    "people, nobody": f"/people?{urlencode({'q': 'zacharias'})}",
    "audit log": "/audit",
    "home": "/",
}
SIGN_IN = "sign-in"


class Browser:
    """Somebody's browser, as far as it costs the service anything."""

    def __init__(self, service: Service) -> None:
        self._line = HTTPConnection("127.0.0.1", service.port, timeout=30)
        self._host = f"app.lms.localhost:{service.port}"
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> str:
        """Send the form of a page."""
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get(path))
        if found is None:
            raise LoadFailed(f"there is no form at {path}")
        return self._ask("POST", path, urlencode({"csrf": found[1], **fields}))

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def _ask(self, method: str, path: str, body: str = "") -> str:
        headers = {"Host": self._host, "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, body or None, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise LoadFailed(f"{method} {path}: {answer.status}")
        for said in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {each.key: each.value for each in SimpleCookie(said).values()}
        return text


def measure(service: Service, many: int, asked: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Fill a space with people, and open each page so often as an administrator; sign in some times as somebody with a password."""
    fill(service, many)
    boss = Browser(service)
    try:
        boss.post(path_of(service, "administrator"))
        for name, page in PAGES.items():
            figure = Figure(name, "pages/s", size=many)
            figure.rounds.append(timed(lambda page=page: boss.get(f"/s/{service.space}{page}"), asked))  # type: ignore[misc]
            say(figure)
            yield figure
    finally:
        boss.close()
    figure = Figure(SIGN_IN, "sign-ins/s", limit_name="argon2id alone", size=many)
    figure.rounds.append(timed(lambda: _sign_in(service), max(asked // 10, 3)))
    figure.rounds[0].limit = _hashes(max(asked // 10, 3))
    say(figure)
    yield figure


def fill(service: Service, many: int) -> None:
    """Add so many people, one of whom has a password."""
    chance, database = random.Random(7), Database(service.environ[URL])
    keys = KeyRing(Path(service.environ["HAIDANG_DATA"]) / "keys" / "identity.keys")
    with database.read() as tx:
        space = spaces.find_by_slug(tx, service.space)
    if space is None:
        raise LoadFailed("the space is not there")
    for first in range(0, many, _AT_ONCE):
        with database.write(space.id) as tx:
            rows: dict[Table, list[dict[str, Any]]] = {}
            for number in range(first, min(first + _AT_ONCE, many)):
                name = " ".join(chance.choice(words) for words in (_FAMILIES, _MIDDLES, _GIVEN))
                known = Identity(name, f"nguoi{number}@example.org", "", f"HP-{number:05}")
                for table, row in _rows(keys, space.id, uuid4(), known):
                    rows.setdefault(table, []).append(row)
            for table, some in rows.items():
                tx.run(insert(table), some)
            if first == 0:
                somebody = rows[people.accounts][0]
                entry.set_password(tx, somebody["id"], passwords.make(_WORD), somebody["created"])
    database.dispose()
    service.ground.settle()


def _rows(keys: KeyRing, space: int, account: UUID, known: Identity) -> Iterator[tuple[Table, dict[str, Any]]]:
    """List what stands in the database of somebody: many at once, since one after another forty thousand take minutes."""
    now = datetime.now(UTC)
    here, whose = {"space_id": space}, {"space_id": space, "account_id": account}
    key_id, sealed = keys.seal(space, account, known.dumps())
    yield people.accounts, here | {"id": account, "role": LEARNER, "created": now}
    yield identities.identities, whose | {"key_id": key_id, "sealed": sealed, "changed": now}
    for kind, value in known.identifiers.items():
        yield identities.identifiers, whose | {"kind": kind, "blind": keys.blind(space, kind, value)}
    for token in keys.tokens(space, folding.beginnings(known.name)):
        yield identities.name_tokens, whose | {"token": token}


def path_of(service: Service, role: str) -> str:
    """Give the path of a link with which somebody of this role comes in."""
    link = service.haidang("account", "link", "--space", service.space, "--role", role)["url"]
    return urlsplit(str(link)).path


def _sign_in(service: Service) -> None:
    browser = Browser(service)
    try:
        browser.post(f"/s/{service.space}/sign-in", who="HP-00000", password=_WORD)
    finally:
        browser.close()


def _hashes(times: int) -> float:
    """Tell how many a second a password takes by itself."""
    hashed = passwords.make(_WORD)
    begun = time.perf_counter()
    for _ in range(times):
        passwords.verify(hashed, _WORD)
    return times / (time.perf_counter() - begun)


def timed(deed: Callable[[], object], times: int) -> Round:
    """Do something so often, after once to warm up."""
    deed()
    latencies = []
    for _ in range(times):
        begun = time.perf_counter()
        deed()
        latencies.append(time.perf_counter() - begun)
    return Round.of(latencies, times / sum(latencies))
