"""Actors (Data 2.4.2): one text for who somebody is, and the Person (Communication 2.4)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import actors
from tests.lrs.xapi.test_examples import BRIEF, CLASS, LAN, MINH, SHORT, TEAM, changed, read

HASH = "CD9B00A5611F94EAA7B1661EDAB976068E364975"
HOME = "https://lms.example.vn"


@pytest.mark.parametrize(
    ("actor", "key"),
    [
        (MINH, "mailto:minh@example.vn"),
        ({"mbox": "mailto:Minh@Example.VN"}, "mailto:Minh@example.vn"),
        ({"mbox_sha1sum": HASH}, f"sha1:{HASH.lower()}"),
        ({"openid": "https://example.vn/Minh"}, "openid:https://example.vn/Minh"),
        (LAN, "account:https://lms.example.vn|b2f1c0de"),
        ({"account": {"homePage": HOME, "name": "100%|\0"}}, f"account:{HOME}|100%25|%00"),
        (TEAM, "openid:https://example.vn/teams/7"),
        (CLASS, None),
    ],
)
def test_an_actor_has_one_key(actor: dict[str, Any], key: str | None) -> None:
    assert actors.key(actor) == key


@BRIEF
@given(st.text(alphabet="a%|0\0", max_size=5), st.text(alphabet="a%|0\0", max_size=5))
def test_two_accounts_have_the_same_key_only_if_they_are_the_same(one: str, other: str) -> None:
    keys = [actors.key({"account": {"homePage": HOME, "name": name}}) for name in (one, other)]

    assert (keys[0] == keys[1]) is (one == other)
    assert all("\0" not in str(key) for key in keys)


def test_a_very_long_name_has_a_key_that_an_index_can_hold() -> None:
    key = actors.key({"account": {"homePage": HOME, "name": "x" * 100_000}})

    assert key is not None
    assert len(key) < 100


def test_a_group_is_found_by_its_members_too() -> None:
    assert actors.keys(CLASS) == ["account:https://lms.example.vn|b2f1c0de", "mailto:minh@example.vn"]
    assert actors.keys(TEAM) == ["openid:https://example.vn/teams/7", "mailto:minh@example.vn"]


@pytest.mark.parametrize(
    ("actor", "identity"),
    [
        (LAN, {"objectType": "Agent", "account": LAN["account"]}),
        (MINH | {"name": "Minh"}, MINH),
        (TEAM | {"name": "Đội 7"}, {"objectType": "Group", "openid": TEAM["openid"]}),
        (CLASS, {"objectType": "Group", "member": [{"objectType": "Agent", "account": LAN["account"]}, MINH]}),
    ],
)
def test_an_identity_is_the_least_that_still_names_an_actor(actor: dict[str, Any], identity: dict[str, Any]) -> None:
    assert actors.identity(actor) == identity
    assert read(changed(SHORT, "actor", identity))


def test_a_person_has_lists_of_everything_that_is_known() -> None:
    person = actors.person([LAN, MINH | {"name": "Minh"}, LAN | {"name": "Lan"}])

    assert person == {
        "objectType": "Person",
        "name": ["Nguyễn Thị Lan", "Minh", "Lan"],
        "account": [LAN["account"]],
        "mbox": ["mailto:minh@example.vn"],
    }


def test_a_person_of_whom_nothing_is_known_has_nothing() -> None:
    assert actors.person([]) == {"objectType": "Person"}
