"""xAPI packages: activities with a launch are lessons, the others are only spoken about."""

from packages import tincan
from packages.files import Files
from packages.findings import Notes
from packages.model import ACTIVITY, XAPI, Launch, Package, Text
from tests.packages.reading import codes, element


def read(activities: str) -> tuple[Package, list[str]]:
    notes = Notes("tincan.xml")
    text = f'<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>{activities}</activities></tincan>'
    return tincan.read(element(text), Files.below("", ["index.html"]), notes), codes(notes)


def test_an_activity_with_a_launch_is_a_lesson() -> None:
    package, told = read(
        '<activity id="urn:a" type="urn:course"><name lang="vi">Bài học</name><name lang="en">Lesson</name>'
        '<description lang="vi">Ngắn</description><launch lang="vi">index.html?x=1</launch></activity>'
        '<activity id="urn:q" type="urn:question"><name>Câu 1</name></activity>'
    )

    lesson = package.lessons[0]
    assert (package.kind, package.title, len(package.lessons), told) == (XAPI, "Bài học", 1, [])
    assert (lesson.identifier, lesson.title) == ("urn:a", Text((("vi", "Bài học"), ("en", "Lesson"))))
    assert (lesson.launch, lesson.description) == (Launch("index.html?x=1", ACTIVITY), Text.of("Ngắn", "vi"))


def test_what_is_missing_is_told() -> None:
    assert read('<activity id="urn:a"><name>A</name></activity>')[1] == ["nothing-to-launch"]
    assert read('<activity id="urn:a"><launch>gone.html</launch></activity>')[1] == ["no-title", "launch-file-missing"]
