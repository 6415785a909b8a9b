"""The spaces as the platform's administrator sees them: the sums that are there, and nobody's data."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.lrs.lived_in import learn
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation, Person

SPACES = "/platform/spaces"
NAME = "Nguyễn Thị Hoà"


def make(by: Person, **given: str) -> TestResponse:
    """Send the form of a new space."""
    return by.post(SPACES, form_at=f"{SPACES}/new", data=given)


def link_on(page: TestResponse) -> str:
    """Read the link of the first owner."""
    found = re.search(r'<p class="address">http://app\.lms\.localhost:8080(/s/[^<]+)</p>', page.text)
    assert found is not None, page.text
    return found[1]


def figures(page: TestResponse, row: str) -> list[str]:
    """Read the figures of the row that begins so."""
    found = re.search(rf'<th scope="row">(?:<a [^>]*>)?{row}.*?</tr>', page.text, re.DOTALL)
    assert found is not None, page.text
    return re.findall(r'<td class="number"[^>]*>([^<]*)</td>', found[0])


def test_the_sums_agree_with_what_is_there(installation: Installation) -> None:
    above = installation.above()
    make(above, slug="hue", name="Huế")
    boss = installation.person("administrator")
    form = "/s/haiphong/packages/new"
    zipped = {"package": (io.BytesIO(scorm12()), "bai.zip")}
    boss.post(form, form_at=form, data=zipped, content_type="multipart/form-data")
    for _ in range(3):
        learn(installation)
    stored = sum(blob.size for blob in installation.services.blobs.list("spaces/1/versions/"))

    page = above.get("/platform")
    told = {each["space"]: each for each in installation.haidang("space", "list")["spaces"]}

    assert figures(page, "Hải Phòng")[:3] == ["4", "1", "3"]
    assert figures(page, "Huế")[:4] == ["1", "0", "0", "0 byte"]
    assert figures(page, "Tổng cộng")[:3] == ["5", "1", "3"]
    assert told["haiphong"]["bytes"] == stored > 0
    assert [told[slug][name] for name in ("accounts", "lessons", "statements") for slug in ("haiphong", "hue")] == [
        *(4, 1),
        *(1, 0),
        *(3, 0),
    ]


def test_no_page_says_who_is_in_a_space_or_what_they_learn(embedded: Installation) -> None:
    above, boss = embedded.above(), embedded.person("owner")
    boss.post("/s/haiphong/people", form_at="/s/haiphong/people/new", data={"name": NAME, "email": "hoa@example.org"})
    form = "/s/haiphong/packages/new"
    zipped = {"package": (io.BytesIO(scorm12("Bài về mật khẩu")), "bai.zip")}
    boss.post(form, form_at=form, data=zipped, content_type="multipart/form-data")
    assert NAME in boss.get("/s/haiphong/people").text  # control

    for path in ("/platform", f"{SPACES}/haiphong", "/platform/sessions", "/platform/log"):
        page = above.get(path)
        assert page.status_code == 200
        for secret in (NAME, "hoa@example.org", boss.account, "Bài về mật khẩu"):
            assert secret not in page.text


def test_a_space_is_made_and_its_first_owner_comes_in(installation: Installation) -> None:
    above = installation.above()

    made = make(above, slug="hue", name="Thành phố Huế", language="vi")

    assert made.status_code == 200
    path = link_on(made)
    owner = installation.visitor()
    assert owner.post(path, form_at=path).status_code == 303
    assert "chủ không gian" in owner.get("/s/hue/me").text
    assert "tạo liên kết để vào" in owner.get("/s/hue/audit").text
    assert owner.get("/platform").status_code == 401
    assert above.get("/s/hue/people").status_code == 401


def test_the_link_of_the_first_owner_is_made_until_they_have_come_in(embedded: Installation) -> None:
    embedded.haidang("space", "add", "hue", "--name", "Huế")
    above, page = embedded.above(), f"{SPACES}/hue"
    assert "Tạo liên kết cho chủ đầu tiên" in above.get(page).text
    word = above.csrf(page)

    first = above.post(f"{page}/first-owner", data={"csrf": word})
    assert "Tạo liên kết khác" in above.get(page).text
    another = above.post(f"{page}/first-owner", data={"csrf": word})
    assert embedded.visitor().get(link_on(first)).status_code == 410
    link = link_on(another)
    assert embedded.visitor().post(link, form_at=link).status_code == 303
    again = above.post(f"{page}/first-owner", data={"csrf": word})

    assert (first.status_code, another.status_code, again.status_code) == (200, 200, 409)
    assert "đã có người có tài khoản" in again.text
    assert "Tạo liên kết" not in above.get(page).text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"slug": "haiphong"}, "Đã có không gian mang tên ngắn haiphong"),
        ({"slug": "www"}, "www được dành riêng"),
        ({"slug": "hải phòng"}, "không dấu"),
        ({"name": ""}, "phải có tên để mọi người đọc"),
        ({"slug": "<b>x"}, "không dấu"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_the_rest_stays(
    embedded: Installation, given: dict[str, str], says: str
) -> None:
    answer = make(embedded.above(), **({"slug": "hue", "name": "Tên “đẹp”"} | given))

    assert answer.status_code == 422
    assert says in answer.text
    assert f'value="{given.get("name", "Tên “đẹp”")}"' in answer.text
    assert "<b>x" not in answer.text
    assert len(embedded.haidang("space", "list")["spaces"]) == 1


@pytest.mark.parametrize("path", [SPACES, f"{SPACES}/haiphong/first-owner", "/platform/sign-out"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_elsewhere_does_nothing(embedded: Installation, path: str, site: str) -> None:
    above = embedded.above()
    data = {"slug": "hue", "name": "Huế", "csrf": above.csrf(f"{SPACES}/new")}

    assert above.post(path, data=data, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert above.post(path, data=data | {"csrf": ""}).status_code == 403

    spaces: list[dict[str, Any]] = embedded.haidang("space", "list")["spaces"]
    assert [(each["space"], each["accounts"]) for each in spaces] == [("haiphong", 0)]
    assert above.get("/platform").status_code == 200
    assert above.post(path, data=data).status_code == 200  # control


@pytest.mark.parametrize("slug", ["nowhere", "x" * 300, "%00", "'"])
def test_a_space_that_is_not_there_is_not_found(embedded: Installation, slug: str) -> None:
    assert embedded.above().get(f"{SPACES}/{slug}").status_code in {400, 404}
