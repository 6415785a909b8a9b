"""Reading the log in order, which is harder than it looks: sequence order is not commit order.

`after` gives only rows that nothing can come in front of any more (docs/followers.md has the reasons and the measurements behind them).
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Integer, bindparam, text, tuple_

from storage.columns import Space
from storage.database import Tx
from storage.prepared import Prepared
from storage.statements import ROW, StatementRow, statements


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the log that rows only ever come behind of: the epoch of the cluster, the transaction, the row."""

    epoch: int = 0
    txid: int = 0
    seq: int = 0


END = Position(2**31 - 1, 2**63 - 1, 2**63 - 1)
"""Behind everything that is there, and that will be."""


def after(tx: Tx, position: Position, limit: int) -> list[tuple[Position, StatementRow]]:
    """List what came after a position, in order, as far as the order is settled."""
    place = {"epoch": position.epoch, "txid": position.txid, "seq": position.seq}
    rows = _after(postgresql=tx.postgresql).run(tx, place | {"space": tx.space, "limit": limit})
    return [(Position(*row[-3:]), StatementRow(*row[:-3])) for row in rows]


@cache
def _after(*, postgresql: bool) -> Prepared:
    place = (statements.c.epoch, statements.c.txid, statements.c.seq)
    query = ROW.add_columns(*place).where(statements.c.space_id == bindparam("space", type_=Space))
    if postgresql:
        behind = text("(epoch, txid, seq) > (:epoch, cast(cast(:txid as text) as xid8), :seq)")
        query = query.where(behind, text(SETTLED))
    else:
        query = query.where(
            tuple_(*place) > tuple_(*(bindparam(name, type_=Integer) for name in ("epoch", "txid", "seq")))
        )
    return Prepared(query.order_by(*place).limit(bindparam("limit", type_=Integer)))


def count_until(tx: Tx, position: Position) -> int:
    """Count what lies before a position, itself included."""
    txid = "cast(cast(:txid as text) as xid8)" if tx.postgresql else ":txid"
    query = f"select count(*) from statements where space_id = :space and (epoch, txid, seq) <= (:epoch, {txid}, :seq)"  # noqa: S608 - our own words
    place = {"space": tx.space, "epoch": position.epoch, "txid": position.txid, "seq": position.seq}
    return int(tx.run(text(query), place).scalar_one())


def spaces_behind(tx: Tx, follower: str) -> list[int]:
    """Name the spaces whose log has gone on since a follower's cursor; asked before any space is set."""
    if tx.postgresql:
        query = text("select space_id from haidang_spaces_behind(:follower)")
    else:
        query = text(
            """
            select spaces.id from spaces
            left join cursors on cursors.space_id = spaces.id and cursors.follower = :follower
            where exists (
                select 1 from statements where statements.space_id = spaces.id
                and (statements.epoch, statements.txid, statements.seq)
                    > (coalesce(cursors.epoch, 0), coalesce(cursors.txid, 0), coalesce(cursors.seq, 0))
            )
            """,
        )
    return list(tx.run(query, {"follower": follower}).scalars())


# Rows of an earlier epoch are settled by definition: a restore brought them. Of this epoch's, those are settled whose transaction
# ended before the oldest one still open began.
SETTLED = """(epoch < (select value::int from service where name = 'epoch')
               or txid < pg_snapshot_xmin(pg_current_snapshot()))"""
