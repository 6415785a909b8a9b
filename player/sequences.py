"""What comes next, for an attempt: the sequencer's state is kept with it, each request is answered once, and its author can read why."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from player import adoption, carried, replay, tracking
from player.commit import Commit, Navigation
from player.course import Course
from player.opening import Opening, listened
from player.replay import Asked
from player.sequencing import contents, coupling, sequencer
from player.sequencing.navigation import Request
from player.sequencing.sequencer import Delivery, Reply, Visit
from player.sequencing.tracking import State
from player.sequencing.tree import Tree
from player.standing import COMPLETED, FAILED, PASSED, Score, Standing
from player.tracking import Track
from storage import sequences
from storage.attempts import AttemptRow
from storage.database import Tx
from storage.sequences import RequestRow, SequenceRow

Tracks = Mapping[str, Track]

_SEEDS = 2**31


@dataclass
class Sequence:
    """One attempt's way through its course, while a request is answered; `keep` writes it."""

    tx: Tx
    row: AttemptRow
    course: Course
    tree: Tree
    session: int
    revision: int = 0
    state: State = State()  # noqa: RUF009 - frozen
    told: Mapping[str, Any] | None = None
    """What the shell was told last."""
    opening: Opening = Opening()  # noqa: RUF009 - frozen
    standing: Standing = Standing()  # noqa: RUF009 - frozen
    was: Standing = Standing()  # noqa: RUF009 - frozen
    """Where the learner stood in the course when this was read."""

    def begin(self, tracks: Tracks) -> None:
        """Begin a session: what was open when the last one went away is taken over, and gone on with."""
        if self._is_laid_out:
            return  # nobody has opened it yet
        if self.told is None:
            self._adopt(tracks)
        elif self._is_active:
            self._settle(tracks)
            if self._is_laid_out:
                return
        if self.state.ended or self.told is None:
            goes_on = sequencer.goes_on(self.tree, self.state)
            self._ask(Asked(replay.RESUME if goes_on else replay.BEGIN), tracks)
        else:
            self._ask(Asked(replay.LOOK), tracks)  # the learner was to choose

    def open_for(self, item: str) -> Opening:
        """Say how a visit to an item is opened."""
        return self.opening if self.opening.item == item else tracking.PLAINLY

    def heard(self, item: str, session: int, visit: int) -> None:
        """Remember that a visit has taken what was laid out for it."""
        if self.opening.item == item and self.opening.taken is None:
            self.opening = replace(self.opening, taken=(session, visit))
            self.keep()

    def navigate(self, asked: Navigation, tracks: Tracks) -> None:
        """Follow a request, unless it was followed before."""
        if self.told is None:
            self.begin(tracks)  # a session that is older than the sequencer
        elif asked.after == self.revision:
            self._ask(Asked(asked.request, asked.target), tracks)

    def look(self, said: Commit, after: Track) -> Mapping[str, Any] | None:
        """Say what may be asked now, if the open lesson has said more; and where the learner would stand if it ended so."""
        if self.state.current != said.item or self.opening.item != said.item or not _is_news(said):
            return None
        visit = Visit(after.values, self.opening.before)
        ends = after.ended and after.values.get("cmi.exit") != "suspend"
        self._stand(sequencer.left(self.tree, self.state, Request("exitAll" if ends else "suspendAll"), visit))
        if self.standing != self.was:
            self.keep()
        return contents.as_json(sequencer.heard(self.tree, self.state, visit).contents)

    def keep(self) -> None:
        """Write what stands."""
        texts = (self.state.to_json(), self.told or {}, self.opening.to_json(), asdict(self.standing))
        sequences.put(self.tx, SequenceRow(self.row.id, self.revision, *map(_written, texts)))

    @property
    def _is_laid_out(self) -> bool:
        """Tell whether a lesson was delivered that no visit has taken."""
        return self.told is not None and self.told["opens"] and self.opening.taken is None

    @property
    def _is_active(self) -> bool:
        track = self.state.tracks.get(self.state.current or "")
        return track is not None and track.active

    def _adopt(self, tracks: Tracks) -> None:
        if any(track.there for track in tracks.values()):
            self.state = replace(adoption.adopted(self.tree, self._seed, tracks.items(), self.row.item), ended=True)

    def _settle(self, tracks: Tracks) -> None:
        """Do what the lesson had asked for when it ended; else what is open is suspended, as a learner would have done."""
        visit = self._visit(tracks)
        track = tracks.get(self.opening.item)
        ended = visit is not None and track is not None and track.ended
        asks = ended and visit and (coupling.forced(visit.values) or coupling.asked(visit.values))
        self._ask(Asked("" if asks else "suspendAll"), tracks)

    def _ask(self, asked: Asked, tracks: Tracks) -> None:
        before = sequencer.left_over(self.tree, self.state)
        visit = self._visit(tracks)
        if asked.request in replay.TAKES_OVER:
            before = carried.taken_over(self.tx, self.row.account_id, self.tree)
            asked = replace(asked, carried=before.to_json())
        asked = replace(
            asked,
            state=self.state.to_json(),
            seed=self._seed,
            visit={"values": listened(visit.values), "before": visit.before} if visit else None,
        )
        reply = asked.answer(self.tree)
        self.revision += 1
        self.state = reply.state
        self._stand(reply.state)
        self._lay_out(reply, tracks)
        self._note(asked, reply)
        carried.give_back(self.tx, self.row.account_id, before, sequencer.left_over(self.tree, reply.state))
        self.keep()

    def _visit(self, tracks: Tracks) -> Visit | None:
        """Give what the open lesson has said, if it has said anything since it was opened."""
        track = tracks.get(self.opening.item)
        if track is None or self.opening.taken is None or self.state.current != self.opening.item:
            return None
        return Visit(track.values, self.opening.before)

    def _lay_out(self, reply: Reply, tracks: Tracks) -> None:
        """Make ready what is opened next; what was not left by a request that failed can be opened again."""
        opens = reply.delivery is not None
        laid = reply if opens else sequencer.opened_again(self.tree, reply.state)
        self.opening = Opening()
        if laid.delivery:
            self.opening = _opening(laid, laid.delivery, self.course, tracks)
        self.told = {
            "revision": self.revision,
            "item": self.opening.item or None,
            "opens": opens,
            "resumed": self.opening.resumed,
            "given": self.opening.given,
            "access": self.opening.access,
            "ended": reply.ended,
            "suspended": reply.state.suspended is not None,
            "exception": reply.exception,
            "contents": contents.as_json(reply.contents),
        }

    def _note(self, asked: Asked, reply: Reply) -> None:
        outcome = (
            "delivered" if reply.delivery else "ended" if reply.ended else "refused" if reply.exception else "nothing"
        )
        delivered = reply.delivery.id if reply.delivery else ""
        noted = RequestRow(
            self.revision,
            datetime.now(UTC),
            self.session,
            asked.request,
            asked.target,
            outcome,
            reply.exception,
            delivered,
            asked.packed(reply),
        )
        sequences.note(self.tx, self.row.id, noted)

    def _stand(self, state: State) -> None:
        self.standing = standing_in(self.tree, state)

    @property
    def _seed(self) -> int:
        return (self.row.id.int + self.revision) % _SEEDS


def of(tx: Tx, row: AttemptRow, course: Course, session: int) -> Sequence | None:
    """Read an attempt's way through its course; nothing where the package leaves it to the learner."""
    if course.tree is None:
        return None
    made = Sequence(tx, row, course, course.tree, session)
    found = sequences.find(tx, row.id)
    if found:
        made.revision, made.state = found.revision, State.from_json(json.loads(found.state))
        made.told, made.opening = json.loads(found.reply), Opening.from_json(json.loads(found.opening))
        made.standing = made.was = _standing(json.loads(found.standing))
    return made


def standing_in(tree: Tree, state: State) -> Standing:
    """Tell where a learner stands in a course as a whole: as what was gathered at its root says."""
    whole = sequencer.whole(tree, state)
    success = {True: PASSED, False: FAILED, None: ""}[whole.satisfied]
    score = Score(whole.measure) if whole.measure is not None else None
    return Standing(COMPLETED if whole.completed else "", success, score)


def _standing(value: Mapping[str, Any]) -> Standing:
    score = value.get("score")
    return Standing(value.get("completion", ""), value.get("success", ""), Score(**score) if score else None)


def _opening(reply: Reply, one: Delivery, course: Course, tracks: Tracks) -> Opening:
    valid = reply.contents.values()
    given = {name: value for name, value in one.given.items() if name not in valid}
    made = Opening(one.id, one.resumed, given, one.access)
    part = course.lesson(one.id)
    return (
        made.heard(tracking.opened(course, part, replace(tracks.get(one.id, Track({})), opening=made)))
        if part
        else made
    )


def _is_news(said: Commit) -> bool:
    """Tell whether a commit may change what can be asked; what it says may be known, where the answer to the one before was lost."""
    return said.finished or any(map(coupling.is_told, said.values))


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)
