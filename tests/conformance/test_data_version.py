"""The version of a statement (Data 2.4.10; 2.0: 4.2.4.3)."""

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.parts.programs import V1, V2

WRONG = (
    "0.9",
    "0.95",
    "0.9.9",
    "1.1.0",
    "1.10.0",
    "1",
    "11.0.0",
    "1.0.",
    "1.0.x",
    "3.0.0",
    "2.1.0",
    "v1.0.0",
    " 1.0.0",
)


@requirement("Data 2.4.10", "4.2.4.3")
@each([Rule(f"it is not {wrong!r}", {"version": wrong}, {"version": "1.0.0"}) for wrong in WRONG])
def test_a_version(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.10", "4.2.4.3")
@each([Rule("2.0 is not known to 1.0.3", {"version": "2.0.0"}, {"version": "1.0.3"}, (V1,))])
def test_a_later_version(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.10", "4.2.4.3")
@pytest.mark.parametrize(
    ("version", "sent"),
    [(V1, "1.0"), (V1, "1.0.0"), (V1, "1.0.3"), (V1, "1.0.32"), (V2, "1.0.0"), (V2, "1.0.3"), (V2, "2.0.0")],
)
def test_a_version_comes_back_as_it_was_sent(lrs: Lrs, version: str, sent: str) -> None:
    made = said({"version": sent})
    lrs(version).post(made)

    for reader in (V1, V2):
        assert (lrs(reader).get(statementId=made["id"]).json or {})["version"] == sent


@requirement("Data 2.4.10", "4.2.4.3")
@BOTH
def test_a_version_that_was_not_sent_is_the_first_of_its_data_model(lrs: Lrs, version: str) -> None:
    made = said({})
    lrs(version).post(made)

    assert (lrs(version).get(statementId=made["id"]).json or {})["version"] == {V1: "1.0.0", V2: "2.0.0"}[version]
