"""Who looks after people sees how far each unit has come, and takes it away as a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import event

from lrs.commands import enter
from lrs.people.units import Units
from lrs.web import transaction
from packages.courses import enrolling, keeping
from packages.courses.course import Part
from packages.courses.editing import Given
from tests.packages.courses.making import HOME, complete, course_of, lessons

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_the_progress_of_units_is_seen_and_taken_away(embedded: Installation) -> None:
    (first, version), (second, _) = lessons(embedded)
    course_id = course_of(embedded, Part((first,)), Part((second,)))
    one, other = embedded.person("learner"), embedded.person("learner")
    keeper, base = embedded.person("administrator"), f"{HOME}/courses/{course_id}"
    page = f"{HOME}/people/{one.account}"
    assert keeper.post(page, form_at=page, data={"name": "=1+1 Trai"}).status_code == 303
    assert "Chưa có ai" in keeper.get(f"{base}/progress").text
    with embedded.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            units = Units(tx)
            city = units.make("Thành phố", None, date(2025, 1, 1)).id
            units.join(UUID(one.account), city, date(2025, 1, 1))
            enrolling.chosen(tx, None, course_id, None, [UUID(one.account), UUID(other.account)])
    complete(embedded, one, version)

    shown = keeper.get(f"{base}/progress").text
    assert f"unit={city}" in shown
    assert "1 người đang dừng ở phần này" in shown
    assert one.account in keeper.get(f"{base}/people?stage=1").text
    assert other.account not in keeper.get(f"{base}/people?stage=1").text
    assert embedded.person("auditor").get(f"{base}/progress").status_code == 200

    table = keeper.get(f"{base}/progress/units.csv").get_data().decode("utf-8-sig")
    assert "Thành phố,1,1,1,0,0.0\r\n" in table
    people = keeper.get(f"{base}/progress/people.csv")
    assert "'=1+1 Trai" in people.get_data().decode("utf-8-sig")
    assert people.headers["Content-Disposition"].startswith('attachment; filename="people-')
    assert keeper.get(f"{base}/progress/people.xlsx").get_data().startswith(b"PK")
    assert keeper.get(f"{base}/progress/people.pdf").status_code == 404

    with embedded.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            batch = keeping.add_batch(tx, course_id, None, Given({"name": "đợt 01"}))
            enrolling.chosen(tx, None, course_id, batch, [UUID(one.account)])
    shown = keeper.get(f"{base}/progress").text
    assert '<th scope="col" class="number">đợt 01</th><th scope="col" class="number">không thuộc đợt nào</th>' in shown
    assert f"unit={city}&amp;batch={batch}" in shown
    assert "không thuộc đợt nào" not in keeper.get(f"{base}/progress?batch={batch}").text
    table = keeper.get(f"{base}/progress/units.csv").get_data().decode("utf-8-sig")
    assert ",đợt 01: Ghi danh,đợt 01: Hoàn thành,không thuộc đợt nào: Ghi danh," in table
    assert "Thành phố,1,1,1,0,0.0,1,0,0,0\r\n" in table
    assert "tải tiến độ khóa học về" in keeper.get(f"{HOME}/audit").text


def relations(plan: Any) -> set[str]:
    """Name the tables that a plan reads, at any depth."""
    if isinstance(plan, list):
        return set[str]().union(*map(relations, plan))
    if not isinstance(plan, dict):
        return set()
    own = {plan["Relation Name"]} if "Relation Name" in plan else set()
    return own | set[str]().union(*map(relations, plan.values()))


@pytest.mark.parametrize("installation", ["production"], indirect=True)
def test_the_table_is_made_without_looking_at_a_statement(installation: Installation) -> None:
    """So that it takes as long at ten million of them as at none: by what PostgreSQL says of each query of the page."""
    [(first, version)] = lessons(installation, 1)
    course_id = course_of(installation, Part((first,)), opened=True)
    learner, keeper = installation.person("learner"), installation.person("administrator")
    page = f"{HOME}/courses/{course_id}"
    assert learner.post(f"{page}/join", form_at=page).status_code == 303
    complete(installation, learner, version)
    asked: list[tuple[str, Any]] = []
    engine = installation.services.database.engine
    event.listen(engine, "before_cursor_execute", lambda *said: asked.append((said[2], said[3])))

    assert "1 người" in keeper.get(f"{page}/progress").text

    looked_at = set[str]()
    with installation.services.database.read(1) as tx:
        driver: Any = tx.connection.connection.driver_connection
        for query, values in asked:
            looked_at |= relations(driver.execute(f"explain (format json) {query}", values).fetchone()[0])
        control = driver.execute("explain (format json) select count(*) from statements").fetchone()[0]
    assert {"enrolments", "members"} <= looked_at
    assert not {each for each in looked_at if each.startswith(("statement", "related", "voided"))}
    assert any(each.startswith("statements") for each in relations(control))
