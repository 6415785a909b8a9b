"""My account: a password of one's own, and the devices on which one is signed in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.lrs.people.test_entry_pages import WORD, settled, sign_in

if TYPE_CHECKING:
    from tests.parts.installations import Installation

ME = "/s/haiphong/me"
OTHER = "mưa rào tháng bảy"


def test_it_says_who_one_is(embedded: Installation) -> None:
    page = settled(embedded).get(ME).text

    for words in ("Nguyễn Thị Hoà", "+84912345678", "HP-7", "người học"):
        assert words in page


def test_a_new_password_asks_for_the_old_one_and_signs_out_elsewhere(embedded: Installation) -> None:
    here, there = settled(embedded), embedded.visitor()
    sign_in(there, "HP-7", WORD)

    for old, new, status in (("sai", OTHER, 422), ("", OTHER, 422), (WORD, "1234567890", 422), (WORD, OTHER, 303)):
        answer = here.post(f"{ME}/password", form_at=ME, data={"old": old, "new": new})
        assert answer.status_code == status
        assert new not in answer.text

    assert (here.get(ME).status_code, there.get(ME).status_code) == (200, 401)
    assert sign_in(there, "HP-7", WORD).status_code == 401
    assert sign_in(there, "HP-7", OTHER).status_code == 303


def test_what_is_wrong_stands_beside_its_field(embedded: Installation) -> None:
    answer = settled(embedded).post(f"{ME}/password", form_at=ME, data={"old": WORD, "new": "ngắn"})

    field = re.search(r'<input id="f-new"[^>]*>', answer.text)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="h-new w-new"' in field[0]


def test_one_signs_out_on_another_device_or_on_all(embedded: Installation) -> None:
    here, phone, office = settled(embedded), embedded.visitor(), embedded.visitor()
    for other in (phone, office):
        other.headers |= {"User-Agent": "Mozilla/5.0 (Linux; Android 10; K) Chrome/131.0.0.0 Mobile Safari/537.36"}
        sign_in(other, "HP-7", WORD)

    page = here.get(ME).text
    ways = re.findall(r'action="(/s/haiphong/me/devices/[0-9a-f]{64}/end)"', page)
    assert page.count("Chrome, Android") == len(ways) == 2
    here.post(ways[0], form_at=ME)
    assert sorted(each.get(ME).status_code for each in (here, phone, office)) == [200, 200, 401]

    here.post(f"{ME}/devices/end", form_at=ME)
    assert [each.get(ME).status_code for each in (here, phone, office)] == [200, 401, 401]


def test_nobody_ends_a_session_of_another(embedded: Installation) -> None:
    hoa, other = settled(embedded), embedded.person("learner")
    sign_in(embedded.visitor(), "HP-7", WORD)
    ways = re.findall(r'action="(/s/haiphong/me/devices/[0-9a-f]+/end)"', hoa.get(ME).text)

    other.post(ways[0], form_at=ME)

    assert re.findall(r'action="(/s/haiphong/me/devices/[0-9a-f]+/end)"', hoa.get(ME).text) == ways
