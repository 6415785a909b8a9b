"""The follower that turns statements into outcomes."""

import json
from collections.abc import Sequence

from lrs.outcomes.rules import Fact, evaluate
from lrs.record import account_of
from storage import outcomes, people
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
        for row in rows:
            account_id = account_of(row.actor, self._home_page)
            if account_id is None or row.activity is None:
                continue
            rules = outcomes.rules_about(tx, row.activity)
            if not rules or people.find_account(tx, account_id) is None:
                continue
            fact = Fact(row.stored, row.id, row.verb, row.activity)
            for rule in rules:
                verdict = evaluate(json.loads(rule.body), [fact])
                if verdict.met and verdict.evidence is not None:
                    outcomes.add_outcome(tx, outcomes.OutcomeRow(rule.id, account_id, row.id, row.stored))
