"""A rule gives one sort of certificate, or none."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from storage import certificate_rules, rules
from storage.certificate_rules import LinkRow
from storage.rules import RuleRow
from tests.storage.samples import now

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_what_a_rule_gives_is_what_was_said_last(ground: Ground) -> None:
    space, rule = ground.space(f"s{uuid.uuid4().hex}"), RuleRow(uuid.uuid4(), "A rule", None, now())
    first, second = (LinkRow(rule.id, uuid.uuid4(), months, now()) for months in (None, 24))
    with ground.app.write(space) as tx:
        rules.add(tx, rule)
        assert certificate_rules.of(tx, [rule.id]) == {}
        certificate_rules.put(tx, first)
        certificate_rules.put(tx, second)
        assert certificate_rules.of(tx, [rule.id, uuid.uuid4()]) == {rule.id: second}

        certificate_rules.remove(tx, rule.id)
        assert certificate_rules.of(tx, [rule.id]) == {}
