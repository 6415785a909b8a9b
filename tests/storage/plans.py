"""How a database means to answer a query: PostgreSQL without knowing its values, as the service asks it to (`storage/postgresql.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storage.database import Tx


def indexes(tx: Tx, ask: Callable[[Tx], object]) -> set[str]:
    """Name the indexes by which everything that is asked would be found if the tables were large."""
    driver: Any = tx.connection.connection.driver_connection
    return set(_of_postgresql(driver, tx, ask) if tx.postgresql else _of_sqlite(driver, tx, ask))


def _of_postgresql(driver: Any, tx: Tx, ask: Callable[[Tx], object]) -> Iterator[str]:
    driver.prepare_threshold = 0
    before = _prepared(driver)
    ask(tx)
    driver.execute("set local enable_seqscan = off", prepare=False)
    for sql in _prepared(driver) - before:
        ((plan,),) = driver.execute(f"explain (generic_plan, format json) {sql}", prepare=False).fetchall()
        yield from _names(plan[0]["Plan"])


def _prepared(driver: Any) -> set[str]:
    return {sql for (sql,) in driver.execute("select statement from pg_prepared_statements", prepare=False)}


def _names(plan: dict[str, Any]) -> Iterator[str]:
    if "Index Name" in plan:
        yield plan["Index Name"]
    for each in plan.get("Plans", ()):
        yield from _names(each)


def _of_sqlite(driver: Any, tx: Tx, ask: Callable[[Tx], object]) -> Iterator[str]:
    asked: list[str] = []
    driver.set_trace_callback(asked.append)
    try:
        ask(tx)
    finally:
        driver.set_trace_callback(None)
    for sql in asked:
        for *_, said in driver.execute(f"explain query plan {sql}"):
            yield said.partition(" INDEX ")[2].partition(" ")[0]
