"""Made-up statements as a province's schools would send them: who learns what, in about 1.6 KB each, the same for the same seed.

They are bytes already, cut open where the id stands: a run joins them and computes nothing.
"""

import random
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import orjson

HOME = "https://truonghoc.example.org"
"""Where the learners' accounts are; a random id is all that is known of them."""

COURSES = 40
LESSONS = 12
QUESTIONS = 6
TEACHERS = 60
AT_ONCE = 64
"""Lessons that are going on at one moment: their statements come mixed."""

_NEW = 0.2  # of the lessons are their learner's first
_RIGHT = 0.75  # of the answers
_PAUSES = 0.2  # of the questions are followed by a word about progress
_OPEN = "00000000-0000-4000-8000-000000000000"
_SUBJECTS = ("Toán", "Ngữ văn", "Vật lí", "Hoá học", "Sinh học", "Lịch sử", "Địa lí", "Tin học")
_TOPICS = (
    "phương trình bậc hai và cách giải",
    "truyện ngắn hiện đại Việt Nam",
    "chuyển động thẳng biến đổi đều",
    "phản ứng ôxi hoá khử",
    "cấu tạo của tế bào nhân thực",
    "phong trào yêu nước đầu thế kỉ hai mươi",
    "đồng bằng sông Hồng và biển đảo",
    "thuật toán sắp xếp và tìm kiếm",
)
_PLATFORM = "Cổng học liệu của tỉnh"
COMMENTED = "http://adlnet.gov/expapi/verbs/commented"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
_VERBS = {
    "initialized": ("http://adlnet.gov/expapi/verbs/initialized", "đã mở", "initialized"),
    "answered": ("http://adlnet.gov/expapi/verbs/answered", "đã trả lời", "answered"),
    "progressed": ("http://adlnet.gov/expapi/verbs/progressed", "đã học đến", "progressed"),
    "passed": ("http://adlnet.gov/expapi/verbs/passed", "đã đạt", "passed"),
    "failed": ("http://adlnet.gov/expapi/verbs/failed", "chưa đạt", "failed"),
    "completed": ("http://adlnet.gov/expapi/verbs/completed", "đã hoàn thành", "completed"),
    "terminated": ("http://adlnet.gov/expapi/verbs/terminated", "đã đóng", "terminated"),
}


class Statement(NamedTuple):
    """One statement, ready to be sent, and what it can be found by."""

    head: bytes
    id: bytes
    tail: bytes
    actor: str
    verb: str
    activity: str
    registration: str
    teacher: str
    course: str

    @property
    def body(self) -> bytes:
        """The whole text."""
        return self.head + self.id + self.tail


def generate(seed: int = 1) -> Iterator[Statement]:
    """Make statements without end: lessons begin, go on side by side, and end."""
    chance = random.Random(seed)
    learners = _Learners(chance)
    going_on = [_lesson(chance, learners) for _ in range(AT_ONCE)]
    while True:
        place = chance.randrange(AT_ONCE)
        statement = next(going_on[place], None)
        if statement is None:
            going_on[place] = _lesson(chance, learners)
        else:
            yield statement


def take(count: int, seed: int = 1) -> list[Statement]:
    """Make so many."""
    return list(islice(generate(seed), count))


def verb(name: str) -> str:
    """Give a verb's IRI."""
    return _VERBS[name][0]


def agent(name: str) -> dict[str, Any]:
    """Describe whoever has this account."""
    return {"objectType": "Agent", "account": {"homePage": HOME, "name": name}}


def reference(verb: str, to: str) -> bytes:
    """Make a statement about another statement: a teacher's comment, or its voiding."""
    said = {"actor": agent("giao-vien-000"), "verb": {"id": verb}, "object": {"objectType": "StatementRef", "id": to}}
    return orjson.dumps(said)


class _Learners:
    """The learners of a space: one in five lessons is somebody's first."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._known: list[str] = []

    def next(self) -> str:
        if not self._known or self._chance.random() < _NEW:
            self._known.append(_uuid(self._chance))
            return self._known[-1]
        return self._chance.choice(self._known)


def _lesson(chance: random.Random, learners: _Learners) -> Iterator[Statement]:
    """Tell one person's way through one lesson, a dozen statements or so."""
    course = min(int(chance.expovariate(0.15)), COURSES - 1)  # a few courses are taken by many
    lesson = chance.randrange(LESSONS)
    said = _Telling(chance, learners.next(), course, lesson)
    yield said.that("initialized")
    right = 0
    for question in range(QUESTIONS):
        success = chance.random() < _RIGHT
        right += success
        yield said.answer(question, success=success)
        if chance.random() < _PAUSES:
            yield said.that("progressed", progress=chance.randrange(5, 100))
    yield said.that("passed" if right >= QUESTIONS - 2 else "failed", scaled=right / QUESTIONS)
    yield said.that("completed")
    yield said.of_the_course(progress=100 * (lesson + 1) // LESSONS)
    yield said.that("terminated")


class _Telling:
    """What all statements about one person in one lesson share."""

    def __init__(self, chance: random.Random, actor: str, course: int, lesson: int) -> None:
        self._chance = chance
        self._minute = 0
        self._actor = actor
        self._course = f"{HOME}/khoa-hoc/{course:03}"
        self._lesson = f"{self._course}/bai/{lesson:02}"
        self._title = f"Bài {lesson + 1}: {_TOPICS[(course + lesson) % len(_TOPICS)]}"
        self._subject = f"{_SUBJECTS[course % len(_SUBJECTS)]} lớp {6 + course % 7}"
        self._teacher = f"giao-vien-{chance.randrange(TEACHERS):03}"
        self._registration = _uuid(chance)
        self._day = f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}T{chance.randrange(7, 22):02}"

    def that(self, name: str, progress: int | None = None, scaled: float | None = None) -> Statement:
        """Say something of the lesson itself."""
        result: dict[str, Any] = {"duration": f"PT{self._chance.randrange(1, 40)}M{self._chance.randrange(60)}S"}
        if progress is not None:
            result["extensions"] = {"https://w3id.org/xapi/cmi5/result/extensions/progress": progress}
        if scaled is not None:
            result |= {
                "score": {"scaled": round(scaled, 4), "raw": round(scaled * 10, 2), "min": 0, "max": 10},
                "success": name == "passed",
            }
        activity = {
            "objectType": "Activity",
            "id": self._lesson,
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/lesson",
                "name": {"vi": self._title, "en": f"Lesson {self._lesson[-2:]}"},
                "description": {"vi": f"{self._subject}. Học sinh đọc, xem và tự làm bài."},
            },
        }
        return self._said(name, activity, result, parent=self._course)

    def of_the_course(self, progress: int) -> Statement:
        """Say how far the whole course has come with this lesson."""
        result = {"extensions": {"https://w3id.org/xapi/cmi5/result/extensions/progress": progress}}
        return self._said("progressed", {"objectType": "Activity", "id": self._course}, result, parent=HOME)

    def answer(self, question: int, *, success: bool) -> Statement:
        """Say what was answered to a question of it."""
        choices = [
            {"id": f"lua-chon-{letter}", "description": {"vi": f"Phương án {letter.upper()} của câu {question + 1}"}}
            for letter in "abcd"
        ]
        activity = {
            "objectType": "Activity",
            "id": f"{self._lesson}/cau/{question}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "name": {"vi": f"Câu {question + 1}"},
                "interactionType": "choice",
                "correctResponsesPattern": ["lua-chon-b"],
                "choices": choices,
            },
        }
        response = "lua-chon-b" if success else self._chance.choice(["lua-chon-a", "lua-chon-c", "lua-chon-d"])
        result = {"success": success, "response": response, "duration": f"PT{self._chance.randrange(5, 180)}S"}
        return self._said("answered", activity, result, parent=self._lesson)

    def _said(self, name: str, activity: dict[str, Any], result: dict[str, Any], *, parent: str) -> Statement:
        self._minute = min(self._minute + self._chance.randrange(1, 4), 59)
        iri, vietnamese, english = _VERBS[name]
        body = {
            "id": _OPEN,
            "actor": agent(self._actor),
            "verb": {"id": iri, "display": {"vi": vietnamese, "en": english}},
            "object": activity,
            "result": result,
            "context": {
                "registration": self._registration,
                "instructor": agent(self._teacher),
                "platform": _PLATFORM,
                "language": "vi",
                "contextActivities": {
                    "parent": [{"objectType": "Activity", "id": parent}],
                    "grouping": [
                        {
                            "objectType": "Activity",
                            "id": self._course,
                            "definition": {
                                "type": "http://adlnet.gov/expapi/activities/course",
                                "name": {"vi": self._subject},
                            },
                        }
                    ],
                    "category": [{"objectType": "Activity", "id": f"{HOME}/ho-so/xapi-bai-hoc/1.0"}],
                },
                "extensions": {
                    f"{HOME}/mo-rong/phien": _uuid(self._chance),
                    f"{HOME}/mo-rong/thiet-bi": {"loai": "điện thoại", "mang": "4G", "man-hinh": [360, 780]},
                },
            },
            "timestamp": f"{self._day}:{self._minute:02}:{self._chance.randrange(60):02}.{self._chance.randrange(1000):03}Z",
        }
        head, tail = orjson.dumps(body).split(_OPEN.encode(), 1)
        return Statement(
            head,
            _uuid(self._chance).encode(),
            tail,
            self._actor,
            iri,
            str(activity["id"]),
            self._registration,
            self._teacher,
            self._course,
        )


def _uuid(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
