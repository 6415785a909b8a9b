"""The follower that turns statements into outcomes."""

from collections.abc import Sequence
from functools import lru_cache

from lrs.outcomes.rules.evaluate import judge
from lrs.outcomes.rules.facts import Fact, moment
from lrs.outcomes.rules.plan import Plan, plan
from lrs.outcomes.rules.reading import parse
from lrs.outcomes.rules.state import state_of
from lrs.record import account_of
from storage import outcomes, people, spaces
from storage.database import Tx
from storage.statements import StatementRow

NAME = "outcomes"


class Outcomes:
    """Ask the rules about each statement, and record who has met them."""

    name = NAME

    def __init__(self, home_page: str) -> None:
        self._home_page = home_page

    def follow(self, tx: Tx, rows: Sequence[StatementRow]) -> None:
        """Deal with some statements, in the transaction that also moves the cursor."""
        zone = spaces.own(tx).settings.zone
        for row in rows:
            account_id = account_of(row.actor, self._home_page)
            if account_id is None or row.activity is None:
                continue
            rules = outcomes.rules_about(tx, row.activity)
            if not rules or people.find_account(tx, account_id) is None:
                continue
            fact = _fact(row)
            for rule in rules:
                if judge(state_of(_plan(rule.body, zone), [fact])).met:
                    outcomes.add_outcome(tx, outcomes.OutcomeRow(rule.id, account_id, row.id, row.stored))


@lru_cache(maxsize=1000)
def _plan(body: str, zone: str) -> Plan:
    return plan(parse(body), zone)


def _fact(row: StatementRow) -> Fact:
    """Tell what the columns of a row say: the rules that lessons begin with ask no more."""
    stored = moment(row.stored)
    return Fact(row.actor, row.id, stored, stored, row.verb, row.activity, provenance=row.provenance)
