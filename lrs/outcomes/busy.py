"""What is being made anew, and is therefore left alone by who follows: the making reads as far as the follower has come, and hands over."""

from collections.abc import Iterable
from uuid import UUID

from storage.remakings import RemakingRow


class Busy:
    """The entries of a space's list of what is to be made anew."""

    def __init__(self, entries: Iterable[RemakingRow]) -> None:
        self._people: set[UUID] = set()
        self._versions: dict[UUID, UUID | None] = {}
        for entry in entries:
            if entry.account_id is not None:
                self._people.add(entry.account_id)
            elif entry.version_id is not None:
                self._versions[entry.version_id] = entry.after

    def makes(self, version: UUID, learner: UUID) -> bool:
        """Tell whether a version has still to be made anew for a learner: they are taken in the order of their ids."""
        if learner in self._people:
            return True
        if version not in self._versions:
            return False
        after = self._versions[version]
        return after is None or learner > after
