"""Reading the log in order, which is harder than it looks: sequence order is not commit order.

`after` gives only rows that nothing can come in front of any more (docs/followers.md has the reasons and the measurements behind them).
"""

from dataclasses import dataclass

from sqlalchemy import text, tuple_

from storage.database import Tx
from storage.statements import ROW, StatementRow, statements


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the log that rows only ever come behind of: the epoch of the cluster, the transaction, the row."""

    epoch: int = 0
    txid: int = 0
    seq: int = 0


def after(tx: Tx, position: Position, limit: int) -> list[tuple[Position, StatementRow]]:
    """List what came after a position, in order, as far as the order is settled."""
    place = tuple_(statements.c.epoch, statements.c.txid, statements.c.seq)
    query = (
        ROW.add_columns(statements.c.epoch, statements.c.txid, statements.c.seq)
        .where(statements.c.space_id == tx.space)
        .order_by(statements.c.epoch, statements.c.txid, statements.c.seq)
        .limit(limit)
    )
    values = {"epoch": position.epoch, "txid": position.txid, "seq": position.seq}
    if tx.postgresql:
        query = query.where(
            text("(epoch, txid, seq) > (:epoch, cast(cast(:txid as text) as xid8), :seq)"), text(SETTLED)
        )
    else:
        query = query.where(place > tuple_(position.epoch, position.txid, position.seq))
        values = {}
    return [(Position(*row[-3:]), StatementRow(*row[:-3])) for row in tx.run(query, values)]


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
