"""People come into a course one by one, with their unit, in a batch; and are taken out again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from lrs.commands import enter
from lrs.people.units import Units
from lrs.web import transaction
from packages.courses.course import Part
from tests.packages.courses.making import HOME, complete, course_of, lessons

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_people_are_put_in_found_again_and_taken_out(embedded: Installation) -> None:
    [(package, version)] = lessons(embedded, 1)
    base = f"{HOME}/courses/{course_of(embedded, Part((package,)))}"
    keeper, learner = embedded.person("administrator"), embedded.person("learner")
    people, add = f"{base}/people", f"{base}/people/add"
    page = f"{HOME}/people/{learner.account}"
    assert keeper.post(page, form_at=page, data={"name": "Tạ Thị Ngọc Trai"}).status_code == 303

    assert learner.account in keeper.get(f"{add}?q=ngoc").text
    batch = keeper.post(f"{base}/batches", form_at=f"{base}/batches", data={"name": "đợt 01", "deadline": "2030-01-31"})
    assert batch.status_code == 303
    assert "đợt 01" in keeper.get(f"{base}/batches").text
    done = keeper.post(people, form_at=add, data={"account": [learner.account]})
    assert "new=1" in done.location
    assert "new=0" in keeper.post(people, form_at=add, data={"account": [learner.account]}).location  # twice is once
    assert "0/1" in keeper.get(people).text
    complete(embedded, learner, version)
    assert "hoàn thành ngày" in keeper.get(f"{people}?state=completed").text
    assert "Không tìm thấy ai" in keeper.get(f"{people}?state=new").text
    assert embedded.person("auditor").get(people).status_code == 200

    assert keeper.post(f"{people}/{learner.account}/leave", form_at=people).status_code == 303
    assert "Chưa có ai" in keeper.get(people).text
    assert "thêm người vào khóa học" in keeper.get(f"{HOME}/audit").text


def test_a_unit_comes_in_as_it_is_on_a_day_with_those_below(installation: Installation) -> None:
    [(package, _)] = lessons(installation, 1)
    base = f"{HOME}/courses/{course_of(installation, Part((package,)))}"
    keeper, above, below, gone = (installation.person(role) for role in ("owner", "learner", "learner", "learner"))
    with installation.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            units = Units(tx)
            city = units.make("Thành phố", None, date(2025, 1, 1)).id
            ward = units.make("Phường", city, date(2025, 1, 1)).id
            for person, unit in ((above, city), (below, ward), (gone, ward)):
                units.join(UUID(person.account), unit, date(2025, 1, 1))
            units.join(UUID(gone.account), None, date(2025, 7, 1))

    def put_in(**values: str) -> str:
        values |= {"unit": str(city)}
        return str(keeper.post(f"{base}/people/unit", form_at=f"{base}/people/add", data=values).location)

    assert "new=1" in put_in(day="2025-08-01")
    assert "new=1" in put_in(day="2025-08-01", below="yes")
    assert "new=1" in put_in(day="2025-06-30", below="yes")  # who belonged to it then
    assert "new=0" in put_in(day="2025-06-30", below="yes")
    assert f"/people/{below.account}" in keeper.get(f"{base}/people?unit={ward}").text
    assert f"/people/{above.account}" not in keeper.get(f"{base}/people?unit={ward}").text


def test_a_batch_has_a_name_and_days_in_their_order(embedded: Installation) -> None:
    [(package, _)] = lessons(embedded, 1)
    batches = f"{HOME}/courses/{course_of(embedded, Part((package,)))}/batches"
    keeper = embedded.person("owner")

    def send(**values: str) -> int:
        return keeper.post(batches, form_at=batches, data=values).status_code

    assert send(name="") == 422
    assert send(name="đợt 01", begins="2026-02-01", deadline="2026-01-01") == 422
    assert send(name="đợt 01", begins="2026-02-30") == 400
    assert send(name="đợt 01", begins="2026-02-01", deadline="2026-03-01") == 303
