"""cmi5 course structures are read whole, and every rule that is broken is told."""

import pytest

from packages import cmi5
from packages.cmi5 import NAMESPACE
from packages.files import Files
from packages.findings import Notes
from packages.model import Aim, Completion, Launch, Package, Text
from tests.packages.reading import codes, element


def words(said: str) -> str:
    strings = f'<langstring lang="vi">{said}</langstring>'
    return f"<title>{strings}</title><description>{strings}</description>"


def unit(identifier: str = "urn:u", url: str = "a.html", attributes: str = "", more: str = "") -> str:
    return f'<au id="{identifier}" {attributes}>{words("Bài")}<url>{url}</url>{more}</au>'


def course(inner: str, identifier: str = "https://x.example/c", namespace: str = NAMESPACE) -> str:
    head = f'<course id="{identifier}">{words("Khóa")}</course>'
    return f'<courseStructure xmlns="{namespace}" xmlns:own="urn:own">{head}{inner}</courseStructure>'


def read(text: str, *, alone: bool = False) -> tuple[Package, list[str]]:
    notes = Notes("cmi5.xml")
    package = cmi5.read(element(text), Files.below("", ["a.html", "b/c.html"]), notes, alone=alone)
    return package, codes(notes)


def test_all_of_a_course_is_read() -> None:
    aims = f'<objectives><objective id="urn:o">{words("Mục tiêu")}</objective></objectives>'
    served = '<objectives><objective idref="urn:o"/></objectives>'
    attributes = 'moveOn="CompletedAndPassed" masteryScore="0.9" launchMethod="OwnWindow"'
    inside = (
        f'<au id="urn:u" {attributes}>{words("Bài")}{served}<url><![CDATA[\n b/c.html?x=1&y=2 ]]></url>'
        "<launchParameters> a b </launchParameters><entitlementKey>k</entitlementKey><own:more/></au>"
    )

    package, told = read(course(f'{aims}<block id="urn:b">{words("Phần")}{inside}</block>'))

    block = package.organisations[0].items[0]
    lesson = package.lessons[0]
    text = Text.of("Bài", "vi")
    assert (package.title, str(block.title), block.items, told) == ("Khóa", "Phần", (lesson,), [])
    assert package.aims == (Aim("urn:o", Text.of("Mục tiêu", "vi"), Text.of("Mục tiêu", "vi")),)
    assert lesson.launch == Launch("b/c.html?x=1&y=2", "au", method="OwnWindow", parameters="a b", entitlement_key="k")
    assert (lesson.title, lesson.description, lesson.aims) == (text, text, ("urn:o",))
    assert lesson.completion == Completion(0.9, "CompletedAndPassed")


def test_silence_is_any_window_and_no_need_to_do_anything() -> None:
    lesson = read(course(unit()))[0].lessons[0]

    assert (lesson.launch and lesson.launch.method, lesson.completion) == (
        "AnyWindow",
        Completion(move_on="NotApplicable"),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (course(""), ["cmi5-structure", "nothing-to-launch"]),
        (course(unit(), identifier="x.example/c"), ["cmi5-iri"]),
        (course(unit("u")), ["cmi5-iri"]),
        (course(unit(more="<url>b/c.html</url>")), ["cmi5-structure"]),
        (course(unit(more="<more/>")), ["cmi5-structure"]),
        (course(unit(more='<more xmlns=""/>')), ["cmi5-structure"]),
        (course(unit() + unit()), ["cmi5-duplicate-id"]),
        (course(unit() + f'<block id="urn:u">{words("P")}{unit("urn:v")}</block>'), ["cmi5-duplicate-id"]),
        (course(unit(url="a b.html")), ["cmi5-url"]),
        (course(unit(url="")), ["cmi5-url"]),
        (course(unit(url="javascript:alert(1)")), ["cmi5-url"]),
        (course(unit(url="http://[a")), ["cmi5-url"]),
        (course(unit(url="gone.html")), ["launch-file-missing"]),
        (course(unit(url="a.html?Fetch=1")), ["cmi5-reserved-name"]),
        (course(unit(url="a.html?activityId=")), ["cmi5-reserved-name"]),
        (course(unit(attributes='moveOn="Sometimes"')), ["cmi5-structure"]),
        (course(unit(attributes='masteryScore="90"')), ["cmi5-structure"]),
        (course(unit(attributes='masteryScore="x"')), ["cmi5-structure"]),
        (course(unit(url="https://x.example/a.html")), ["launch-elsewhere"]),
        (course(unit(), namespace="urn:other"), ["cmi5-structure"]),
        (course(unit().replace("au", "AU")), ["cmi5-structure"] * 2),
    ],
)
def test_a_rule_that_is_broken_is_told(text: str, told: list[str]) -> None:
    assert read(text)[1] == told


def test_a_structure_alone_names_no_files() -> None:
    assert read(course(unit()), alone=True)[1] == ["cmi5-relative-url"]
    assert read(course(unit(url="/a.html")), alone=True)[1] == ["cmi5-relative-url"]
    assert read(course(unit(url="https://x.example/a.html")), alone=True)[1] == ["launch-elsewhere"]
