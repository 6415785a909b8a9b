"""A load of statements that goes on whatever happens to the service, and notes what the service acknowledged.

Each writer has a connection and ids of its own, sends singles and batches, and sends each until it is acknowledged. Some requests are cut:
the answer is on its way, so everything is on disk, and nobody reads it.
"""

from __future__ import annotations

import json
import random
import select as system
import socket
import threading
import time
import uuid
from base64 import b64encode
from collections import Counter
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select

from lrs.gathering import SMALL
from storage import cursors, order
from storage.database import Database
from storage.statements import statement_ids, statements
from tests.parts.programs import AGENT

if TYPE_CHECKING:
    from types import TracebackType

    from tests.parts.served import Served

SIZES = (1, 1, 1, 5, SMALL + 5)
ONE_IN = 10
"""How many requests there are for one that is cut."""

PATIENCE = 20.0


class Load:
    """Several writers, for as long as the block lasts."""

    def __init__(self, service: Served, writers: int = 6) -> None:
        self._port = service.port
        made = service.haidang("key", "create", "--space", "haiphong", "--scope", "all")
        word = b64encode(f"{made['key']}:{made['secret']}".encode()).decode()
        self._headers = {
            "Authorization": f"Basic {word}",
            "X-Experience-API-Version": "1.0.3",
            "Content-Type": "application/json",
        }
        self._enough = threading.Event()
        self._writers = [threading.Thread(target=self._write, args=(number,), daemon=True) for number in range(writers)]
        self._noted = [set[str]() for _ in range(writers)]
        self._sent = [0.0] * writers
        self.answers: Counter[int] = Counter()

    def __enter__(self) -> Self:
        for writer in self._writers:
            writer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._enough.set()
        for writer in self._writers:
            writer.join(PATIENCE)
        assert kind is not None or not any(writer.is_alive() for writer in self._writers)

    @property
    def count(self) -> int:
        """Tell how many statements have been acknowledged so far."""
        return sum(map(len, self._noted))

    @property
    def acknowledged(self) -> set[str]:
        """Name the statements that were acknowledged."""
        return set().union(*self._noted)

    def goes_on_since(self, moment: float) -> bool:
        """Tell whether each writer has sent something after a moment that was acknowledged."""
        return all(sent > moment for sent in self._sent)

    def _write(self, number: int) -> None:
        chance = random.Random(number)
        line = self._line()
        while not self._enough.is_set():
            said = [self._statement() for _ in range(chance.choice(SIZES))]
            body = json.dumps(said if len(said) > 1 else said[0]).encode()
            if chance.randrange(ONE_IN) == 0:
                self._cut(body)
            line = self._send_until_acknowledged(number, line, body)
            self._noted[number].update(each["id"] for each in said)
        line.close()

    def _send_until_acknowledged(self, number: int, line: HTTPConnection, body: bytes) -> HTTPConnection:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            sent, status = time.monotonic(), 0
            try:
                line.request("POST", "/xapi/statements", body, self._headers)
                answer = line.getresponse()
                answer.read()
                status = answer.status
            except (OSError, HTTPException):
                line.close()
                line = self._line()
            self.answers[status] += 1
            if status == 200:
                self._sent[number] = sent
                return line
            time.sleep(0.02)
        raise TimeoutError(f"nobody acknowledged anything for {PATIENCE} s")

    def _line(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)

    def _cut(self, body: bytes) -> None:
        """Send, wait until the answer is there, and hang up without having read it."""
        line = self._line()
        try:
            line.request("POST", "/xapi/statements", body, self._headers)
            assert isinstance(line.sock, socket.socket)
            system.select([line.sock], [], [], PATIENCE)
        except OSError:
            pass
        finally:
            line.close()

    @staticmethod
    def _statement() -> dict[str, Any]:
        return {
            "id": str(uuid.uuid4()),
            "actor": AGENT,
            "verb": {"id": "http://example.org/verbs/did"},
            "object": {"id": "http://example.org/activities/1"},
        }


class Log:
    """What is really in the log, read beside the service by the owner of the tables."""

    def __init__(self, service: Served) -> None:
        self._url = service.environ["HAIDANG_DATABASE_URL"]

    def rows(self) -> Counter[str]:
        """Count the rows of each id; a row and the entry of its id are to be there together."""
        database = Database(self._url, role=None)
        with database.read() as tx:
            found = Counter(str(each) for each in tx.run(select(statements.c.id)).scalars())
            named = Counter(str(each) for each in tx.run(select(statement_ids.c.id)).scalars())
        database.dispose()
        assert found == named
        return found

    def is_followed(self) -> bool:
        """Tell whether the service's follower has read everything in its space."""
        database = Database(self._url)
        with database.read(1) as tx:
            left = order.after(tx, cursors.read_cursor(tx, "outcomes"), 1)
        database.dispose()
        return not left
