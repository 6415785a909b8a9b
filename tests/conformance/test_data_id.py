"""The id of a statement (Data 2.4.1; 2.0: 4.2.4.2)."""

from uuid import UUID, uuid1, uuid3, uuid4, uuid5

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.lrs.xapi.test_examples import GONE

RIGHT = "d3b0a1c2-2f4e-4a6b-8c7d-9e0f1a2b3c4"
WRONG = (
    "",
    "1",
    RIGHT,
    f"{RIGHT}55",
    f"{RIGHT}g",
    f"{{{RIGHT}5}}",
    f"urn:uuid:{RIGHT}5",
    f"{RIGHT}5".replace("-", ""),
    f" {RIGHT}5",
    f"{RIGHT}5\n",
    1,
    [f"{RIGHT}5"],
)


@requirement("Data 2.4.1", "4.2.4.2")
@each([Rule(f"it is not {wrong!r}", {"id": wrong}, {"id": str(uuid4())}) for wrong in WRONG])
def test_an_id(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.1", "4.2.4.2")
@BOTH
@pytest.mark.parametrize("kind", [uuid1(), uuid3(UUID(int=1), "a"), uuid4(), uuid5(UUID(int=1), "a")], ids=[1, 3, 4, 5])
def test_every_kind_of_uuid_is_an_id_in_either_case(lrs: Lrs, version: str, kind: UUID) -> None:
    made = said({"id": str(kind).upper()})
    lrs(version).post(made)

    assert lrs(version).get(statementId=str(kind)).status_code == 200
    assert lrs(version).get(statementId=str(kind).upper()).status_code == 200


@requirement("Data 2.4.1", "4.2.4.2")
@BOTH
def test_a_statement_without_an_id_gets_one_of_its_own(lrs: Lrs, version: str) -> None:
    nameless = said({"id": GONE})
    ids = lrs(version).post([nameless, nameless]).json

    assert ids is not None
    assert len({UUID(each) for each in ids}) == 2
    assert {(lrs(version).get(statementId=one).json or {})["id"] for one in ids} == set(ids)
