"""States and awards of some learners: read together, changed in memory, written together, in the transaction that moves the cursor."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from lrs import metrics
from lrs.outcomes.entry import Entry, Given, verdict
from lrs.outcomes.in_force import Followed
from lrs.outcomes.rules.awards import Award
from lrs.outcomes.rules.state import State
from lrs.webhooks import happening
from storage import awards, reviews, states
from storage.awards import AwardRow
from storage.database import Tx
from storage.reviews import CHANGED, VOIDED, Cause
from storage.states import StateRow

Pair = tuple[UUID, UUID]
"""A version and a learner."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A version for a learner."""

    version: Followed
    learner: UUID


class Ledger:
    """What is known of some learners and versions."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._entries: dict[Pair, Entry] = {}

    def read(self, wanted: Iterable[Wanted]) -> None:
        """Read what is kept, of each version in one go."""
        by_version: dict[UUID, tuple[Followed, set[UUID]]] = {}
        for one in wanted:
            by_version.setdefault(one.version.id, (one.version, set()))[1].add(one.learner)
        for version, learners in by_version.values():
            new = [each for each in learners if (version.id, each) not in self._entries]
            texts, given = states.find(self._tx, version.id, new), awards.find(self._tx, version.id, new)
            for each in new:
                state = State.loads(version.plan, texts[each]) if each in texts else State(version.plan)
                self._entries[version.id, each] = entry_of(state, given.get(each))

    def entry(self, version: UUID, learner: UUID) -> Entry:
        """Give an entry that was read."""
        return self._entries[version, learner]

    def put(self, version: UUID, learner: UUID, entry: Entry) -> None:
        """Write an entry that was made elsewhere."""
        self._entries[version, learner] = entry

    def write(self) -> list[Pair]:
        """Write what has changed; name the awards that are new."""
        return write(self._tx, self._entries.items())


def write(tx: Tx, entries: Iterable[tuple[Pair, Entry]]) -> list[Pair]:
    """Write entries: states, then awards, then the reviews that speak of these; name the awards that are new."""
    listed = [*entries]
    states.put(tx, (_state(*pair, entry) for pair, entry in listed if entry.changed))
    given = [(_award(*pair, entry.given), entry) for pair, entry in listed if entry.given is not None and entry.new]
    new = [award for award, _ in given]
    awards.give(tx, (award for award, entry in given if not entry.again))
    awards.give_again(tx, (award for award, entry in given if entry.again))
    awards.rest(
        tx,
        (
            _award(*pair, entry.given)
            for pair, entry in listed
            if entry.given is not None and entry.rests_anew and not entry.new
        ),
    )
    now = datetime.now(UTC)
    causes = [Cause(*pair, VOIDED, each) for pair, entry in listed for each in (*entry.closed, *entry.reviews)]
    reviews.open_some(tx, causes, now)
    for pair, entry in listed:
        if entry.rests_anew:
            reviews.settle_award(tx, *pair, now, but=entry.reviews)
    for each in new:
        reviews.settle(tx, each.account_id, each.version_id, now)
    tx.afterwards.append(_counted(len(new), len(causes)))
    pairs = [(each.version_id, each.account_id) for each in new]
    happening.awarded(tx, pairs)
    return pairs


def _counted(given: int, opened: int) -> Callable[[], None]:
    def count() -> None:
        metrics.AWARDS.inc(given)
        metrics.REVIEWS.inc(opened)

    return count


def entry_of(state: State, row: AwardRow | None) -> Entry:
    """Go on from what is kept."""
    if row is None:
        return Entry(state)
    if row.taken is not None:
        return Entry(state, again=True)
    return Entry(state, Given(Award(row.decided, row.evidence), row.reached))


def _award(version: UUID, learner: UUID, given: Given) -> AwardRow:
    return AwardRow(version, learner, given.award.decided, given.award.evidence, given.reached)


def _state(version: UUID, learner: UUID, entry: Entry) -> StateRow:
    return StateRow(version, learner, entry.state.dumps().decode(), *verdict(entry.state))


def changed_for(tx: Tx, version: Followed, failing: Iterable[UUID]) -> None:
    """Open a review for those who hold an award by an earlier version and would not by this one."""
    held = awards.holders(tx, version.rule_id, [*failing])
    causes = [
        Cause(award.version_id, award.account_id, CHANGED, version.id)
        for rows in held.values()
        for award in rows[:1]
        if award.version_id != version.id
    ]
    reviews.open_some(tx, causes, datetime.now(UTC))
