"""Statements as an answer: exact, reduced, or translated (Communication 2.1.3, format)."""

from tests.parts.installations import Installation
from tests.parts.programs import partner, statement

IRI = "http://example.org/activities/1"


def test_exact_is_to_the_letter(installation: Installation) -> None:
    program, said = partner(installation), statement()
    text = (
        f'{{"id":"{said["id"]}", "verb":{{"id":"http://example.org/v"}},  "actor":{{"mbox":"mailto:an@example.org"}},'
        '"object":{"id":"http://example.org/a"},"result":{"score":{"raw":1.10},"extensions":{"http://e":[1e2,"\\u00e9",null]}}}'
    )

    program.post(text)

    back = program.get(statementId=said["id"]).text
    assert back.startswith(text[:-1])
    assert '"stored":' in back


def test_ids_leaves_what_identifies(embedded: Installation) -> None:
    program = partner(embedded)
    program.post(
        statement(
            object={"id": IRI, "definition": {"name": {"vi": "Bài"}}},
            actor={"mbox": "mailto:an@example.org", "name": "An"},
        )
    )

    answer = program.get(format="ids")

    assert "Bài" not in answer.text
    assert '"An"' not in answer.text
    assert "đã làm" not in answer.text


def test_canonical_speaks_one_language_and_knows_all_definitions(installation: Installation) -> None:
    program = partner(installation)
    program.post(statement(object={"id": IRI, "definition": {"name": {"vi": "Bài"}}}))
    program.post(statement(object={"id": IRI, "definition": {"name": {"en": "Lesson"}}}))

    answer = program.ask("GET", "/statements", headers={"Accept-Language": "vi"}, format="canonical")

    assert answer.json is not None
    names = [found["object"]["definition"]["name"] for found in answer.json["statements"]]
    assert names == [{"vi": "Bài"}, {"vi": "Bài"}]
    assert [found["verb"]["display"] for found in answer.json["statements"]] == [{"vi": "đã làm"}] * 2
