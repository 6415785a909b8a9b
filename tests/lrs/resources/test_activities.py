"""Activities: what statements have said of one, merged (Communication 2.5)."""

from tests.parts.installations import Installation
from tests.parts.programs import partner, statement

IRI = "http://example.org/activities/1"


def test_what_several_statements_say_is_merged(installation: Installation) -> None:
    program = partner(installation)
    for definition in ({"name": {"vi": "Bài"}}, {"name": {"en": "Lesson"}, "type": "http://example.org/t"}):
        program.post(statement(object={"id": IRI, "definition": definition}))

    answer = program.get("/activities", activityId=IRI)

    assert answer.json is not None
    assert answer.json["definition"] == {"name": {"vi": "Bài", "en": "Lesson"}, "type": "http://example.org/t"}


def test_an_activity_that_nobody_described_has_its_id(embedded: Installation) -> None:
    answer = partner(embedded).get("/activities", activityId="http://example.org/nothing")

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["id"] == "http://example.org/nothing"


def test_another_space_knows_nothing_of_it(embedded: Installation) -> None:
    embedded.haidang("space", "add", "daklak")
    partner(embedded).post(statement(object={"id": IRI, "definition": {"name": {"vi": "Bài"}}}))

    assert "Bài" not in partner(embedded, space="daklak").get("/activities", activityId=IRI).text
