"""A package knows what it is called and what can be opened, and survives being written and read."""

import json
from typing import Any

from packages.model import (
    AU,
    CMI5,
    SCO,
    SCORM2004,
    Aim,
    Completion,
    Item,
    Launch,
    Objective,
    ObjectiveMap,
    Organisation,
    Package,
    Resource,
    Sequencing,
    SharedData,
    Text,
)


def lesson(name: str, **more: Any) -> Item:
    return Item(name, Text.of(name.upper()), Launch(f"{name}.html", SCO), **more)


def package(*items: Item, title: str = "Khóa học") -> Package:
    return Package(SCORM2004, "4th", "m", (Organisation("o", Text.of(title), items),))


def test_lessons_come_in_the_order_of_the_tree() -> None:
    heading = Item("h", Text.of("Phần 1"), items=(lesson("a"), lesson("b", items=(lesson("c"),))))

    assert [item.identifier for item in package(heading, lesson("d")).lessons] == ["a", "b", "c", "d"]


def test_a_package_is_called_as_its_default_way_or_its_first_lesson() -> None:
    assert package(lesson("a")).title == "Khóa học"
    assert package(lesson("a"), title="").title == "A"
    assert package(Item("a", Text(), Launch("a.html", SCO)), title="").title == "m"


def test_a_package_comes_back_from_json_as_it_was() -> None:
    objective = Objective("g", primary=True, least_measure=0.8, maps=(ObjectiveMap("global", read_raw_score=True),))
    first = lesson(
        "a",
        sequencing=Sequencing(objectives=(objective,), auxiliary=(("hint", "r1"),)),
        completion=Completion(mastery_score=0.0, by_measure=True),
        shared_data=(SharedData("bucket", write=False),),
        hidden_controls=("continue",),
        visible=False,
    )
    resources = (Resource("r", SCO, "a.html", ("a.html", "bài/ảnh.png"), ("r2",)),)
    whole = Package(
        CMI5,
        "1.0",
        "m",
        (Organisation("o", Text((("vi", "Một"), ("en", "One"))), (first,)),),
        resources,
        (Aim("x", Text()),),
    )

    assert Package.from_json(json.loads(json.dumps(whole.to_json()))) == whole


def test_what_is_at_its_default_is_not_written() -> None:
    assert package(Item("a", Text.of("A"), Launch("a.html", AU))).to_json() == {
        "kind": "scorm2004",
        "edition": "4th",
        "identifier": "m",
        "organisations": [
            {
                "identifier": "o",
                "title": {"said": [["und", "Khóa học"]]},
                "items": [
                    {
                        "identifier": "a",
                        "title": {"said": [["und", "A"]]},
                        "launch": {"address": "a.html", "role": "au"},
                    }
                ],
            }
        ],
    }
