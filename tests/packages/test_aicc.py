"""AICC courses are put together from their files, whatever order their columns stand in."""

import pytest

from packages import aicc
from packages.files import Files
from packages.findings import Notes, PackageRefused
from packages.model import Aim, Completion, Launch, Limits, Package, Text
from tests.packages.reading import codes

WHOLE = {
    ".crs": "[Course]\r\nCourse_ID = k1\r\nCourse_Title=Khóa học\r\nVersion=4.0\r\n[Course_Description]\r\nHai\r\n\r\ndòng\r\n",
    ".au": (
        '"File_Name","System_ID","Mastery_Score","Max_Time_Allowed","time_limit_action","Web_Launch","Core_Vendor"\n'
        '"a.html","A1","80","00:30:00","E,N","?x=1","v"\n"b.html","A2","","00:00:00","","",""\n'
    ),
    ".des": '"System_ID","Title","Description"\n"a1","Một","Bài\nđầu"\n"A2","Hai",""\n"B1","Phần",""\n"J1","Mục tiêu","Để biết"\n',
    ".cst": '"block","member"\n"ROOT","B1","A2"\n"b1","A1","J1"\n',
    ".ort": '"course_element","member"\n"A1","J1"\n',
    ".pre": '"structure_element","prerequisite"\n"A2","A1 AND B1"\n',
}


def read(**changes: str) -> tuple[Package, list[tuple[str, str]]]:
    texts = WHOLE | {f".{name}": text for name, text in changes.items()}
    notes = Notes("x.cst")
    files = Files.below("Khóa/", ["Khóa/a.html", "Khóa/b.html"])
    package = aicc.read({name: (f"x{name}", text) for name, text in texts.items() if text}, files, notes)
    return package, [(finding.code, finding.file) for finding in notes]


def test_all_of_a_course_is_read() -> None:
    package, told = read()

    block, second = package.organisations[0].items
    first = block.items[0]
    assert (package.identifier, package.edition, package.title) == ("k1", "4.0", "Khóa học")
    assert str(package.organisations[0].description) == "Hai dòng"
    assert (str(block.title), str(first.title), str(first.description)) == ("Phần", "Một", "Bài\nđầu")
    assert first.launch == Launch("a.html?x=1", "au", parameters="v")
    assert (first.completion, first.limits) == (Completion(80), Limits("00:30:00", "exit,no message"))
    assert (first.aims, package.aims) == (("J1",), (Aim("J1", Text.of("Mục tiêu"), Text.of("Để biết")),))
    assert (second.prerequisites, second.limits, second.completion) == ("A1&B1", Limits(), Completion())
    assert told == [("prerequisites", "Khóa/x.pre")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"pre": '"source","target"\n"A2","A1"\n'}, ("aicc-unread", "Khóa/x.pre")),
        ({"pre": '"structure_element","prerequisite"\n"A2","&&"\n'}, ("unreadable-prerequisites", "Khóa/x.pre")),
        ({"pre": "", "cst": '"block","member"\n"root","A1"\n'}, ("aicc-not-in-structure", "Khóa/x.au")),
        ({"pre": "", "cst": '"block","member"\n"root","A1"\n"A1","A2"\n'}, ("aicc-lesson-as-block", "Khóa/x.cst")),
        ({"pre": "", "cst": '"block","member"\n"root","A1","A2","A1"\n'}, ("duplicate-id", "Khóa/x.cst")),
        ({"pre": "", "cst": '"block","member"\n"root","B1","A2"\n"B1","B1","A1"\n'}, ("duplicate-id", "Khóa/x.cst")),
        ({"pre": "", "au": WHOLE[".au"].replace('"80"', '"x"')}, ("unreadable-value", "Khóa/x.au")),
        ({"pre": "", "au": WHOLE[".au"].replace('"80"', '"nan"')}, ("unreadable-value", "Khóa/x.au")),
        ({"pre": "", "au": WHOLE[".au"].replace("00:30:00", "30m")}, ("unreadable-value", "Khóa/x.au")),
        ({"pre": "", "au": WHOLE[".au"].replace("E,N", "E,E")}, ("unreadable-value", "Khóa/x.au")),
        ({"pre": "", "au": WHOLE[".au"].replace("b.html", "gone.html")}, ("launch-file-missing", "Khóa/gone.html")),
        ({"pre": "", "des": WHOLE[".des"].replace("Hai", "")}, ("no-title", "Khóa/x.cst")),
    ],
)
def test_what_is_not_right_is_told(changes: dict[str, str], expected: tuple[str, str]) -> None:
    assert read(**changes)[1] == [expected]


@pytest.mark.parametrize("missing", ["au", "cst"])
def test_without_units_or_structure_there_is_no_course(missing: str) -> None:
    with pytest.raises(PackageRefused) as refused:
        read(**{missing: ""})
    assert (refused.value.finding.code, refused.value.finding.about) == ("aicc-incomplete", f".{missing}")


def test_blocks_that_double_or_go_deep_come_to_an_end() -> None:
    doubling = "".join(f'"B{n}","B{n + 1}","B{n + 1}"\n' for n in range(40))
    deep = "".join(f'"C{n}","C{n + 1}"\n' for n in range(5000))

    package, told = read(cst=f'"block","member"\n"root","A1","A2","B0","C0"\n{doubling}{deep}')

    assert len(list(package.organisations[0].walk())) < 200
    assert ("duplicate-id", "Khóa/x.cst") in told
    assert codes(Notes("m")) == []


def test_a_structure_without_a_lesson_opens_nothing() -> None:
    assert ("nothing-to-launch", "Khóa/x.cst") in read(cst='"block","member"\n"root","B9"\n')[1]
