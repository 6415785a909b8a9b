"""The people of a space, for those who look after them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.lrs.people.test_entry_pages import WORD, settled, sign_in

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation, Person

PEOPLE = "/s/haiphong/people"


def add(by: Person, **known: str) -> TestResponse:
    """Send the form for somebody new."""
    return by.post(PEOPLE, form_at=f"{PEOPLE}/new", data=known)


def names(page: TestResponse) -> list[str]:
    """List the names on a page."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page.text)


def test_somebody_is_added_found_and_changed(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    added = add(boss, name="Nguyễn Thị Hoà", phone="0912 345 678")
    assert added.status_code == 303
    add(boss, name="Trần Văn Bình", role="mentor")

    assert names(boss.get(f"{PEOPLE}?q=hoa+ng")) == ["Nguyễn Thị Hoà"]
    assert names(boss.get(f"{PEOPLE}?role=mentor")) == ["Trần Văn Bình"]
    assert names(boss.get(PEOPLE)) == ["Trần Văn Bình", "Nguyễn Thị Hoà", "chưa rõ tên"]
    assert "Không tìm thấy ai" in boss.get(f"{PEOPLE}?q=zzz").text

    where = added.location
    changed = boss.post(where, form_at=where, data={"name": "Nguyễn Hoà Bình"})
    assert changed.status_code == 303
    assert "Nguyễn Hoà Bình" in boss.get(changed.location).text


@pytest.mark.parametrize(
    ("field", "text"), [("email", "sai"), ("phone", "12"), ("name", "1"), ("email", "taken@example.org")]
)
def test_what_cannot_be_meant_is_said_beside_its_field_and_the_rest_stays(
    embedded: Installation, field: str, text: str
) -> None:
    boss = embedded.person("administrator")
    add(boss, name="Somebody", email="taken@example.org")

    answer = add(boss, **({"name": "Trần Văn Bình", "staff_code": "00 12"} | {field: text}))

    assert answer.status_code == 422
    assert 'value="00 12"' in answer.text
    assert 'aria-invalid="true"' in answer.text.split(f'id="f-{field}"')[1].split(">")[0]


def test_markup_in_a_name_stays_text(embedded: Installation) -> None:
    boss = embedded.person("administrator")

    added = add(boss, name="<b>Hoà</b> {{ 7*7 }} & \"'")

    for page in (boss.get(PEOPLE), boss.get(added.location)):
        assert "&lt;b&gt;Hoà&lt;/b&gt; {{ 7*7 }}" in page.text
        assert "<b>Hoà" not in page.text


def test_a_slip_lets_in_once_and_ends_the_password(embedded: Installation) -> None:
    hoa, boss = settled(embedded), embedded.person("administrator")
    where = re.search(r'href="(/s/haiphong/people/[0-9a-f-]{36})">Nguyễn Thị Hoà', boss.get(PEOPLE).text)
    assert where is not None

    slips = [boss.post(f"{where[1]}/slip", form_at=where[1]) for _ in range(2)]
    links = [re.search(r"/s/haiphong/link/[\w-]{43}", slip.text) for slip in slips]
    assert "<svg" in slips[0].text
    assert all(links)
    old, new = (link[0] for link in links if link)

    visitor = embedded.visitor()
    assert visitor.get(old).status_code == 410  # a newer one ends it
    assert sign_in(embedded.visitor(), "HP-7", WORD).status_code == 303  # until the new one is used
    came = visitor.post(new, form_at=new)
    assert came.location == "/s/haiphong/me?first=1"
    assert "Bạn đã vào được" in visitor.get(came.location).text
    assert sign_in(embedded.visitor(), "HP-7", WORD).status_code == 401
    assert hoa.get("/s/haiphong/me").status_code == 200


def test_a_mentor_sees_and_helps_learners_alone(embedded: Installation) -> None:
    boss, mentor = embedded.person("administrator"), embedded.person("mentor")
    learner, author = (add(boss, name=f"Người {role}", role=role).location for role in ("learner", "author"))

    assert names(mentor.get(f"{PEOPLE}?role=author")) == ["Người learner"]
    page = mentor.get(learner)
    assert "Giúp người này vào học" in page.text
    assert mentor.get(author).status_code == 404
    word = {"csrf": mentor.csrf(learner)}
    assert mentor.post(f"{learner}/slip", data=word).status_code == 200
    assert mentor.post(f"{author}/slip", data=word).status_code == 403
    assert mentor.post(learner, data=word).status_code == 403
    assert mentor.post(f"{learner}/close", data=word).status_code == 403


def test_nobody_lets_in_as_somebody_above(embedded: Installation) -> None:
    boss, owner = embedded.person("administrator"), embedded.person("owner")
    above = f"{PEOPLE}/{UUID(owner.account)}"

    word = {"csrf": boss.csrf(above)}
    assert boss.post(f"{above}/slip", data=word).status_code == 403
    assert boss.post(f"{above}/role", data=word | {"role": "learner"}).status_code == 403
    assert boss.post(f"{PEOPLE}/{UUID(boss.account)}/role", data=word | {"role": "owner"}).status_code == 403
    assert add(boss, name="Ai Đó", role="owner").status_code == 403
    assert owner.post(f"{above}/slip", form_at=above).status_code == 200  # control


def test_a_closed_account_is_signed_out_and_kept(embedded: Installation) -> None:
    hoa, boss = settled(embedded), embedded.person("administrator")
    where = re.search(r'href="(/s/haiphong/people/[0-9a-f-]{36})">Nguyễn', boss.get(PEOPLE).text)
    assert where is not None

    boss.post(f"{where[1]}/close", form_at=where[1])

    assert hoa.get("/s/haiphong/me").status_code == 401
    assert sign_in(embedded.visitor(), "HP-7", WORD).status_code == 401
    assert names(boss.get(f"{PEOPLE}?closed=1")) == ["Nguyễn Thị Hoà"]
    assert "Tài khoản này đã đóng" in boss.get(where[1]).text
    boss.post(f"{where[1]}/open", form_at=where[1])
    assert sign_in(embedded.visitor(), "HP-7", WORD).status_code == 303


@pytest.mark.parametrize("start", ["-1", "x", "20261121T030405.000678Z_", "999999999999"])
def test_a_page_that_begins_nowhere_is_refused(embedded: Installation, start: str) -> None:
    assert embedded.person("administrator").get(f"{PEOPLE}?from={start}").status_code == 400


def test_pages_follow_one_another(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    for number in range(51):
        add(boss, name=f"Người {chr(ord('a') + number // 26)}{chr(ord('a') + number % 26)}")

    first = boss.get(PEOPLE)
    more = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert more is not None
    second = boss.get(PEOPLE + more[1].replace("&amp;", "&"))

    assert [len(names(page)) for page in (first, second)] == [50, 2]
    assert 'rel="next"' not in second.text


def test_a_slip_that_was_made_on_a_spaces_own_host_lets_in(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    made = embedded.haidang("account", "add", "--space", "haiphong", "--role", "learner")
    home = "http://haiphong.lms.localhost:8080"
    boss.client.set_cookie(
        "__Host-haidang-session-haiphong", _session(boss), domain="haiphong.lms.localhost", secure=True
    )

    page = f"/people/{made['account']}"
    word = re.search(r'name="csrf" value="([0-9a-f]+)"', boss.get(page, base=home).text)
    assert word is not None
    slip = boss.post(f"{page}/slip", data={"csrf": word[1]}, base=home)

    link = re.search(r'class="address">([^<]+)<', slip.text)
    assert link is not None
    assert link[1].startswith(f"{home}/link/")
    assert embedded.visitor().get(link[1].removeprefix(home), base=home).status_code == 200


def _session(person: Person) -> str:
    cookie = person.client.get_cookie("__Host-haidang-session-haiphong", domain="app.lms.localhost")
    assert cookie is not None
    return cookie.value


@pytest.mark.parametrize(
    "query", ["endpoint=1", "self=1", "_method=POST", "_external=1", "space=x", "_scheme=x", "a=%ff"]
)
def test_any_query_of_a_closed_page_is_answered(embedded: Installation, query: str) -> None:
    assert embedded.visitor().get(f"{PEOPLE}?{query}").status_code in {400, 401}


def test_a_word_that_no_page_has_is_not_shown(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    where = add(boss, name="Nguyễn Thị Hoà").location

    assert "built-in" not in boss.get(f"{where}?done=items").text


def test_an_order_survives_the_next_page_and_is_said_of_its_heading(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    for number in range(51):
        add(boss, name=f"Người {chr(ord('a') + number // 26)}{chr(ord('a') + number % 26)}")

    first = boss.get(f"{PEOPLE}?role=learner&sort=name&order=desc")
    more = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert more is not None
    second = boss.get(PEOPLE + more[1].replace("&amp;", "&"))

    assert names(first)[0] == "Người by"
    assert names(second) == ["Người aa"]
    for page in (first, second):
        assert (
            'aria-sort="descending"><a class="sort" href="?role=learner&amp;sort=name&amp;order=asc">Tên' in page.text
        )
    assert "Về đầu danh sách" in second.text
    assert "Về đầu danh sách" not in first.text


def test_who_was_never_here_is_said_so(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    add(boss, name="Nguyễn Thị Hoà")

    assert re.search(r">Nguyễn Thị Hoà</a></th>.*?>chưa vào lần nào<", boss.get(PEOPLE).text, re.DOTALL)
    assert names(boss.get(f"{PEOPLE}?sort=seen")) == ["chưa rõ tên", "Nguyễn Thị Hoà"]


def test_closing_an_account_asks_first_without_a_script_too(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    where = add(boss, name="Nguyễn Thị Hoà").location

    page, asked = boss.get(where).text, boss.get(f"{where}?ask=close").text
    assert 'href="?ask=close#ask-close"' in page
    assert "<dialog" in page
    assert not re.search(r"<dialog[^>]* open>", page)
    assert re.search(
        r"<dialog[^>]* open>.*Đóng tài khoản của Nguyễn Thị Hoà\?.*action=\"[^\"]+/close\"", asked, re.DOTALL
    )


@pytest.mark.parametrize("word", ["0912 345 678", "hoa@example.org", "hq-0007", "hoa"])
def test_a_person_is_found_by_whatever_tells_them_from_others(embedded: Installation, word: str) -> None:
    boss = embedded.person("administrator")
    add(boss, name="Nguyễn Thị Hoà", phone="0912345678", email="hoa@example.org", staff_code="HQ-0007")
    add(boss, name="Trần Văn Bình")

    assert names(boss.get(PEOPLE, query_string={"q": word})) == ["Nguyễn Thị Hoà"]


def test_what_is_known_of_a_person_is_nothing_of_the_space(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    where = add(boss, name="Nguyễn Thị Hoà").location.partition("?")[0]
    reader = embedded.person("auditor").get(where).text

    assert "Mã cán bộ" in reader
    assert "Múi giờ" not in reader


def test_what_somebody_has_written_is_still_there_when_their_session_has_ended(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    form = {"csrf": boss.csrf(f"{PEOPLE}/new"), "name": 'Nguyễn "Hoà"', "phone": "0912 345 678", "role": "learner"}
    cookie = "__Host-haidang-session-haiphong"
    boss.client.delete_cookie(cookie, domain="app.lms.localhost")

    page = boss.post(PEOPLE, data=form)

    assert page.status_code == 401
    assert "Những gì bạn đã viết vẫn còn ở đây." in page.text
    again = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', page.text)}
    assert again.items() >= form.items()
    assert boss.post(PEOPLE, data=again).status_code == 401  # too early
    link = embedded.haidang("account", "link", "--space", "haiphong", "--role", "administrator")["url"]
    path = link.removeprefix(embedded.public_url)
    boss.post(path, form_at=path)  # in another tab
    assert boss.post(PEOPLE, data=again).status_code == 303
    assert "Nguyễn &#34;Hoà&#34;" in boss.get(PEOPLE).text


def test_no_page_repeats_a_password_or_gives_a_form_of_others_our_word(embedded: Installation) -> None:
    visitor = embedded.visitor()

    password = visitor.post("/s/haiphong/me/password", form_at="/s/haiphong/sign-in", data={"new": WORD})
    forged = visitor.post(PEOPLE, data={"name": "Ai"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert password.status_code == forged.status_code == 401
    assert WORD not in password.text
    assert "vẫn còn ở đây" not in password.text
    assert 'value="Ai"' in forged.text
    assert 'name="csrf"' not in forged.text.partition("<main")[2]
