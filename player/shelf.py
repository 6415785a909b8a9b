"""Courses that were opened lately: a version never changes, so it is read once and not for each commit."""

import threading
from collections import OrderedDict
from uuid import UUID

from lrs.errors import NotFound
from player import course
from player.course import Course
from storage import versions
from storage.database import Tx

MOST = 256


class Shelf:
    """What one process has read of late."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._courses: OrderedDict[tuple[int, UUID], Course] = OrderedDict()

    def take(self, tx: Tx, version: UUID) -> Course:
        """Give the course of a version of this transaction's space."""
        key = tx.space, version
        with self._lock:
            found = self._courses.get(key)
        if found is None:
            row = versions.find_version(tx, version)
            if row is None:
                raise NotFound
            found = course.of(row)
        with self._lock:
            self._courses[key] = found
            self._courses.move_to_end(key)
            if len(self._courses) > MOST:
                self._courses.popitem(last=False)
        return found


SHELF = Shelf()
"""This process's. Versions are known by random ids, so one shelf serves whatever applications live here."""
