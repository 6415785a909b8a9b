"""The settings of a space as those who look after it see and change them, and what everybody else then sees."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from storage import audit
from tests.lrs.people.pictures import png

if TYPE_CHECKING:
    from tests.parts.installations import Installation

SETTINGS = "/s/haiphong/settings"
HOME = "/s/haiphong/sign-in"
RIGHT = {"name": "Hải Phòng học số", "languages": ["vi", "en"], "language": "vi", "zone": "Asia/Ho_Chi_Minh"}


def noted(installation: Installation) -> list[str]:
    """List what the log says of the space's settings, the newest first."""
    with installation.services.database.read(1) as tx:
        return [row.detail for row in audit.page(tx, audit.Wanted(acts=("space.changed",)), 10)]


def test_what_is_set_holds_for_everybody(embedded: Installation) -> None:
    boss = embedded.person("owner")

    answer = boss.post(SETTINGS, form_at=SETTINGS, data=RIGHT | {"name": "  Hải  Phòng học số "})

    assert answer.status_code == 303, answer.text
    assert "Đã lưu" in boss.get(answer.location).text
    assert "<span>Hải Phòng học số</span>" in embedded.visitor().get(HOME).text
    assert noted(embedded) == ['{"fields":["name"]}']


def test_saving_what_is_so_already_is_no_deed(embedded: Installation) -> None:
    boss = embedded.person("owner")
    for _ in range(2):
        boss.post(SETTINGS, form_at=SETTINGS, data=RIGHT)

    assert len(noted(embedded)) == 1


def test_a_space_speaks_only_its_languages(embedded: Installation) -> None:
    boss, visitor = embedded.person("owner"), embedded.visitor()
    english = {"Accept-Language": "en"}
    assert '<html lang="en"' in visitor.get(HOME, headers=english).text  # control

    boss.post(SETTINGS, form_at=SETTINGS, data=RIGHT | {"languages": "vi"})

    assert '<html lang="vi"' in visitor.get(HOME, headers=english).text
    assert '<html lang="vi"' in visitor.get(f"{HOME}?lang=en").text


def test_days_begin_where_the_space_is(embedded: Installation) -> None:
    """Two places that no moment finds on one day: between them lie 26 hours."""
    boss, days = embedded.person("owner"), []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        boss.post(SETTINGS, form_at=SETTINGS, data=RIGHT | {"zone": zone})
        (day,) = re.findall(r'id="on"[^>]*value="([^"]+)"', boss.get("/s/haiphong/units").text)
        days.append(datetime.strptime(day, "%d/%m/%Y").replace(tzinfo=UTC))

    assert days[0] > days[1]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"name": "  "}, "Không gian phải có tên"),
        ({"name": "Hải\u202ePhòng"}, "không nhìn thấy"),
        ({"languages": []}, "Chọn ít nhất một ngôn ngữ"),
        ({"languages": ["vi"], "language": "en"}, "Chọn một trong các ngôn ngữ"),
        ({"languages": ["fr"], "language": "fr"}, "Chọn ít nhất một ngôn ngữ"),
        ({"zone": "Asia/Nowhere"}, "Không có múi giờ này"),
        ({"zone": "../../etc/passwd"}, "Không có múi giờ này"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    embedded: Installation, data: dict[str, str | list[str]], says: str
) -> None:
    boss = embedded.person("owner")

    answer = boss.post(SETTINGS, form_at=SETTINGS, data=RIGHT | data)

    assert answer.status_code == 422
    assert says in answer.text
    assert noted(embedded) == []


def give(installation: Installation, content: bytes, **more: str) -> int:
    """Send a picture as the form does."""
    boss = installation.person("owner")
    data = {"emblem": (io.BytesIO(content), "huy hiệu.png")} | more
    return boss.post(f"{SETTINGS}/emblem", form_at=SETTINGS, data=data).status_code


def test_an_emblem_stands_before_the_name(embedded: Installation) -> None:
    assert give(embedded, png()) == 303

    visitor = embedded.visitor()
    (address,) = re.findall(r'src="([^"]+/emblem/[0-9a-f]+)"', visitor.get(HOME).text)
    answer = visitor.get(address)
    assert (answer.data, answer.mimetype) == (png(), "image/png")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_another_emblem_has_another_address_and_the_old_one_is_gone(embedded: Installation) -> None:
    addresses = []
    for content in (png(), png(3)):
        give(embedded, content)
        addresses += re.findall(r'src="([^"]+/emblem/[0-9a-f]+)"', embedded.visitor().get(HOME).text)

    assert [embedded.visitor().get(address).status_code for address in addresses] == [404, 200]


def test_an_emblem_can_be_taken_away(embedded: Installation) -> None:
    give(embedded, png())
    boss = embedded.person("owner")

    boss.post(f"{SETTINGS}/emblem", form_at=SETTINGS, data={"remove": "1"})

    assert "/emblem/" not in embedded.visitor().get(HOME).text
    assert noted(embedded) == ['{"fields":["emblem"]}'] * 2


def test_what_is_no_picture_is_refused_and_the_emblem_stays(embedded: Installation) -> None:
    give(embedded, png())

    assert give(embedded, b"<svg/>") == 422

    assert "/emblem/" in embedded.visitor().get(HOME).text


def test_the_form_sent_without_a_picture_takes_nothing_away(embedded: Installation) -> None:
    give(embedded, png())

    assert give(embedded, b"") == 422

    assert "/emblem/" in embedded.visitor().get(HOME).text


def test_the_picture_sent_twice_at_once_is_kept_once(installation: Installation) -> None:
    boss = installation.person("owner")
    word, line = boss.csrf(SETTINGS), Barrier(4)

    def press(_: int) -> int:
        same = installation.visitor()
        same.client._cookies = boss.client._cookies
        line.wait()
        data = {"emblem": (io.BytesIO(png()), "a.png"), "csrf": word}
        return same.post(f"{SETTINGS}/emblem", data=data).status_code

    with ThreadPoolExecutor(4) as threads:
        assert {*threads.map(press, range(4))} == {303}
    assert "/emblem/" in installation.visitor().get(HOME).text


def test_it_tells_how_much_room_is_taken(embedded: Installation) -> None:
    boss = embedded.person("owner")
    assert "Không có giới hạn" in boss.get(SETTINGS).text

    embedded.haidang("space", "set", "--space", "haiphong", "--quota", "20GB")

    page = boss.get(SETTINGS).text
    assert "0 byte trong 20 GB" in page
    assert "<progress" in page
