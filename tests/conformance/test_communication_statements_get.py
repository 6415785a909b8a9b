"""GET statements: one, or those that pass every filter, in order, a page at a time (Communication 2.1.3, Data 2.5; 2.0: 4.1.6.1)."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest

from tests.conformance.requirements import BOTH, Lrs, requirement
from tests.parts.programs import NOBODYS, V1, V2, Partner, statement

CONSISTENT = "X-Experience-API-Consistent-Through"
TEACHER = {"objectType": "Agent", "account": {"homePage": "http://example.org", "name": "teacher"}}
PUPIL = {"objectType": "Agent", "mbox": "mailto:pupil@example.org"}
STRANGER = {"objectType": "Agent", "mbox": "mailto:stranger@example.org"}
CLASS = {"objectType": "Group", "mbox_sha1sum": "a" * 40, "member": [PUPIL]}
NAMELESS = {"objectType": "Group", "member": [PUPIL, TEACHER]}
COURSE, LESSON = "http://example.org/course", "http://example.org/lesson"
DID, OTHER = "http://example.org/verbs/did", "http://example.org/verbs/other"
REGISTRATION = "ec531277-b57b-4c15-8d91-d292c5b2b8f7"
STRANGE = {"actor": STRANGER, "object": {"id": "http://example.org/elsewhere"}}

AGENTS: dict[str, tuple[dict[str, Any], bool, bool]] = {
    "the actor": ({"actor": PUPIL}, True, True),
    "the object": ({"object": PUPIL}, True, True),
    "a member of the actor": ({"actor": NAMELESS}, True, True),
    "a member of an identified actor": ({"actor": CLASS}, True, True),
    "a member of the object": ({"object": NAMELESS}, True, True),
    "the instructor": ({"context": {"instructor": PUPIL}}, False, True),
    "a member of the team": ({"context": {"team": CLASS}}, False, True),
    "the actor of a SubStatement": ({"object": {"actor": PUPIL}}, False, True),
    "the object of a SubStatement": ({"object": {"object": PUPIL}}, False, True),
    "the instructor of a SubStatement": ({"object": {"context": {"instructor": PUPIL}}}, False, True),
    "nobody": ({}, False, False),
    "an authority that the record put away": ({"authority": PUPIL}, False, False),
}
"""Where an agent stands; whether `agent` finds it; whether with `related_agents`."""

ACTIVITIES: dict[str, tuple[dict[str, Any], bool, bool]] = {
    "the object": ({"object": {"id": COURSE}}, True, True),
    **{
        f"a {role}": ({"context": {"contextActivities": {role: [{"id": LESSON}, {"id": COURSE}]}}}, False, True)
        for role in ("parent", "grouping", "category", "other")
    },
    "a single parent": ({"context": {"contextActivities": {"parent": {"id": COURSE}}}}, False, True),
    "the object of a SubStatement": ({"object": {"object": {"id": COURSE}}}, False, True),
    "a parent in a SubStatement": (
        {"object": {"context": {"contextActivities": {"parent": [{"id": COURSE}]}}}},
        False,
        True,
    ),
    "nowhere": ({}, False, False),
    "the verb": ({"verb": {"id": COURSE}}, False, False),
}


def placed(change: dict[str, Any]) -> dict[str, Any]:
    """Make a statement of a stranger's with something somewhere; what belongs into a SubStatement is put into one."""
    thing = change.get("object", STRANGE["object"])
    if not {"id", "objectType"} & thing.keys():
        sub = {"objectType": "SubStatement", "actor": STRANGER, "verb": {"id": OTHER}, "object": STRANGE["object"]}
        thing = sub | thing
    return statement(**(STRANGE | change | {"object": thing}))


def reference(to: dict[str, Any], **more: Any) -> dict[str, Any]:
    return statement(
        **({"actor": STRANGER, "verb": {"id": OTHER}} | more), object={"objectType": "StatementRef", "id": to["id"]}
    )


def fresh(program: Partner) -> datetime:
    """Tell when the record last stored something."""
    answer = program.get(limit=1).json
    assert answer is not None
    return datetime.fromisoformat(answer["statements"][0]["stored"])


def walked(program: Partner, **asked: Any) -> list[list[str]]:
    """Follow `more` to the end and list the ids of each page."""
    pages = []
    answer = program.get(**asked).json
    while answer is not None:
        pages.append([found["id"] for found in answer["statements"]])
        more = answer.get("more", "")
        answer = program.ask("GET", more.removeprefix("/xapi")).json if more else None
    return pages


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
@pytest.mark.parametrize(("change", "plain", "related"), AGENTS.values(), ids=AGENTS)
def test_agent_finds_the_actor_and_object_and_related_agents_the_rest(
    empty_lrs: Lrs, version: str, change: dict[str, Any], *, plain: bool, related: bool
) -> None:
    program, made = empty_lrs(version), placed(change)
    program.post([made, placed({})])

    assert program.found(agent=PUPIL) == [made["id"]] * plain
    assert program.found(agent=PUPIL, related_agents="false") == [made["id"]] * plain
    assert program.found(agent=PUPIL, related_agents="true") == [made["id"]] * related


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
@pytest.mark.parametrize(("change", "plain", "related"), ACTIVITIES.values(), ids=ACTIVITIES)
def test_activity_finds_the_object_and_related_activities_the_rest(
    empty_lrs: Lrs, version: str, change: dict[str, Any], *, plain: bool, related: bool
) -> None:
    program, made = empty_lrs(version), placed(change)
    program.post([made, placed({})])

    assert program.found(activity=COURSE) == [made["id"]] * plain
    assert program.found(activity=COURSE, related_activities="false") == [made["id"]] * plain
    assert program.found(activity=COURSE, related_activities="true") == [made["id"]] * related


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
def test_a_group_is_found_by_its_identifier_and_the_authority_as_related(empty_lrs: Lrs, version: str) -> None:
    program, made = empty_lrs(version), placed({"actor": CLASS})
    program.post(made)
    authority = (program.get(statementId=made["id"]).json or {})["authority"]

    assert program.found(agent={"objectType": "Group", "mbox_sha1sum": "A" * 40}) == [made["id"]]
    assert program.found(agent=authority) == []
    assert program.found(agent=authority, related_agents="true") == [made["id"]]


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
@pytest.mark.parametrize(
    ("asked", "change"),
    [
        ({"verb": OTHER}, {"verb": {"id": OTHER}}),
        ({"registration": REGISTRATION}, {"context": {"registration": REGISTRATION}}),
        (
            {"agent": PUPIL, "verb": OTHER, "activity": COURSE, "registration": REGISTRATION},
            {
                "actor": PUPIL,
                "verb": {"id": OTHER},
                "object": {"id": COURSE},
                "context": {"registration": REGISTRATION},
            },
        ),
    ],
    ids=["verb", "registration", "all of them"],
)
def test_each_filter_narrows(empty_lrs: Lrs, version: str, asked: dict[str, Any], change: dict[str, Any]) -> None:
    program, made = empty_lrs(version), placed(change)
    others = [placed({name: value}) for name, value in change.items() if len(change) > 1]
    program.post([made, placed({}), *others])

    assert program.found(**asked) == [made["id"]]
    assert len(program.found()) == 2 + len(others)


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
def test_since_is_exclusive_and_until_inclusive(empty_lrs: Lrs, version: str) -> None:
    program = empty_lrs(version)
    batch = [statement() for _ in range(3)]
    ids, moments = [made["id"] for made in batch], []
    for made in batch:
        program.post(made)
        moments.append(fresh(program))
    second = moments[1].isoformat()
    elsewhere = moments[1].astimezone(datetime.now().astimezone().tzinfo).isoformat()

    assert program.found(since=second) == [ids[2]]
    assert program.found(until=second) == [ids[1], ids[0]]
    assert program.found(since=elsewhere) == [ids[2]]
    assert program.found(since=moments[0].isoformat(), until=second) == [ids[1]]
    assert program.found(since="2016-12-31T23:59:60Z", until="2016-12-31T23:59:60Z") == []


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
@pytest.mark.parametrize("ascending", [None, "false", "true"])
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_a_walk_keeps_its_order_and_its_question_and_meets_each_once(
    each_lrs: Lrs, version: str, ascending: str | None, limit: int
) -> None:
    program = each_lrs(version)
    first, second = [statement(actor=PUPIL) for _ in range(4)], [statement(actor=PUPIL) for _ in range(3)]
    program.post(first)
    program.post([statement(actor=STRANGER), *second])
    asked = {"agent": PUPIL, "limit": limit} | ({"ascending": ascending} if ascending else {})
    pages = walked(program, **asked)

    inserted = [made["id"] for made in (*first, *second)]
    assert [one for page in pages for one in page] == (inserted if ascending == "true" else inserted[::-1])
    assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
@pytest.mark.parametrize("ascending", ["false", "true"])
def test_a_walk_is_not_disturbed_by_what_is_written_meanwhile(each_lrs: Lrs, version: str, ascending: str) -> None:
    program = each_lrs(version)
    before = [statement() for _ in range(4)]
    program.post(before)
    page = program.get(limit=2, ascending=ascending).json or {}
    late = statement()
    program.post(late)
    rest = [found["id"] for found in (program.ask("GET", page["more"].removeprefix("/xapi")).json or {})["statements"]]

    ids = [made["id"] for made in before]
    assert rest[:2] == (ids[2:] if ascending == "true" else ids[1::-1])
    assert set(rest[2:]) <= {late["id"]}


@requirement("Data 2.5", "4.1.6.1")
@BOTH
def test_more_is_an_address_on_this_host_and_empty_at_the_end(lrs: Lrs, version: str) -> None:
    lrs(version).post([statement(), statement(), statement()])
    page = lrs(version).get(limit=1, format="ids").json or {}
    everything = lrs(version).get(verb="http://example.org/verbs/nobody").json

    assert page["more"].startswith("/xapi/statements?")
    assert "format=ids" in page["more"]
    assert len(page["more"]) < 2000
    assert everything == {"statements": [], "more": ""}


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
def test_a_limit_of_nothing_or_of_much_is_as_much_as_the_record_gives(lrs: Lrs, version: str) -> None:
    verb = {"id": f"http://example.org/verbs/many/{version}"}
    lrs(version).post([statement(verb=verb) for _ in range(510)])
    found = [len(lrs(version).found(verb=verb["id"], **asked)) for asked in ({"limit": "0"}, {"limit": "100000"}, {})]

    assert found == [500, 500, 500]
    assert sum(len(page) for page in walked(lrs(version), verb=verb["id"])) == 510


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
def test_a_chain_of_references_is_found_through_what_it_ends_in(empty_lrs: Lrs, version: str) -> None:
    program = empty_lrs(version)
    last = statement(actor=PUPIL, object={"id": COURSE}, context={"registration": REGISTRATION})
    middle = reference(last)
    first = reference(middle)
    aside = statement(**STRANGE, context={"statement": {"objectType": "StatementRef", "id": last["id"]}})
    program.post([first, middle])
    program.post([last, aside])

    for asked in (
        {"agent": PUPIL},
        {"activity": COURSE},
        {"registration": REGISTRATION},
        {"verb": DID, "agent": PUPIL},
    ):
        assert program.found(**asked) == [last["id"], middle["id"], first["id"]]
    assert program.found(agent=PUPIL, limit=1) == [last["id"]]
    assert program.found(agent=PUPIL, since=fresh(program).isoformat()) == []
    assert program.found(agent=PUPIL, verb=OTHER) == []


@requirement("Communication 2.1.3", "4.1.6.1")
def test_references_in_a_circle_come_to_an_end(each_lrs: Lrs) -> None:
    program = each_lrs(V2)
    one, other = statement(), statement()
    one["object"] = {"objectType": "StatementRef", "id": other["id"]}
    other["object"] = {"objectType": "StatementRef", "id": one["id"]}
    self = statement()
    self["object"] = {"objectType": "StatementRef", "id": self["id"]}
    program.post([one, other, self])

    assert len(program.found(verb=DID)) == 3
    assert program.found(activity=COURSE) == []


@requirement("Communication 2.1.4", "4.1.6.1")
@BOTH
def test_a_voided_statement_is_left_out_and_what_targets_it_is_found_through_it(empty_lrs: Lrs, version: str) -> None:
    program = empty_lrs(version)
    wrong = statement(actor=PUPIL, object={"id": COURSE})
    comment = reference(wrong)
    void = reference(wrong, verb={"id": "http://adlnet.gov/expapi/verbs/voided"})
    answer = reference(comment)
    program.post([wrong, comment])
    program.post(void)
    program.post(answer)

    for asked in ({"agent": PUPIL}, {"activity": COURSE}, {}):
        assert program.found(**asked) == [answer["id"], void["id"], comment["id"]]
        assert program.found(**asked, ascending="true") == [comment["id"], void["id"], answer["id"]]
    assert walked(program, agent=PUPIL, limit=1) == [[answer["id"]], [void["id"]], [comment["id"]]]


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
@pytest.mark.parametrize("single", ["statementId", "voidedStatementId"])
@pytest.mark.parametrize(
    "beside",
    [
        {"agent": PUPIL},
        {"verb": DID},
        {"activity": COURSE},
        {"registration": REGISTRATION},
        {"related_activities": "true"},
        {"related_agents": "false"},
        {"since": "2026-01-31T08:00:00Z"},
        {"until": "2026-01-31T08:00:00Z"},
        {"limit": "0"},
        {"ascending": "true"},
        {"statementId": NOBODYS, "voidedStatementId": NOBODYS},
    ],
    ids=" and ".join,
)
def test_beside_the_id_of_one_there_is_nothing_to_filter(
    lrs: Lrs, version: str, single: str, beside: dict[str, Any]
) -> None:
    broken = lrs(version).get(**({single: str(uuid4())} | beside)).status_code
    kept = lrs(version).get(**{single: str(uuid4())}, format="ids", attachments="true").status_code

    assert (broken, kept) == (400, 404)


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("statementId", "1", NOBODYS),
        ("statementId", "", NOBODYS),
        ("voidedStatementId", "{}", NOBODYS),
        ("agent", "pupil", json.dumps(PUPIL)),
        ("agent", "{}", json.dumps(PUPIL)),
        ("agent", json.dumps([PUPIL]), json.dumps(CLASS)),
        ("agent", json.dumps(NAMELESS), json.dumps(CLASS)),
        ("agent", json.dumps(PUPIL | {"openid": "x:y"}), json.dumps(PUPIL | {"name": "An"})),
        ("agent", json.dumps({"mbox": "pupil@example.org"}), json.dumps({"mbox": "mailto:pupil@example.org"})),
        ("verb", "did", DID),
        ("activity", "course", COURSE),
        ("registration", "7", REGISTRATION),
        ("related_activities", "True", "true"),
        ("related_activities", "1", "false"),
        ("related_agents", "yes", "true"),
        ("ascending", "TRUE", "true"),
        ("attachments", "0", "false"),
        ("since", "yesterday", "2026-01-31T08:00:00Z"),
        ("until", "2026-02-30T00:00:00Z", "2026-02-28T00:00:00Z"),
        ("limit", "-1", "1"),
        ("limit", "1.5", "15"),
        ("limit", "many", "0"),
        ("limit", "+1", "1"),
        ("format", "short", "ids"),
        ("format", "Exact", "exact"),
        ("format", "", "canonical"),
    ],
)
def test_a_parameter_is_held_to_its_type(lrs: Lrs, version: str, name: str, wrong: str, right: str) -> None:
    broken, kept = lrs(version).get(**{name: wrong}), lrs(version).get(**{name: right})

    assert broken.status_code == 400
    assert kept.status_code in {200, 404}
    assert broken.headers[CONSISTENT] > "2026"


@requirement("Communication 2.1.3", "4.1.6.1")
@BOTH
@pytest.mark.parametrize(
    "asked",
    [{}, {"limit": "-1"}, {"statementId": NOBODYS}, {"mood": "good"}, {"format": "canonical"}],
    ids=str,
)
def test_every_answer_says_until_when_the_record_is_whole(lrs: Lrs, version: str, asked: dict[str, str]) -> None:
    lrs(version).post(statement())
    said = datetime.fromisoformat(lrs(version).get(**asked).headers[CONSISTENT])

    assert fresh(lrs(version)) <= said <= datetime.now(UTC)
    assert datetime.now(UTC) - said < timedelta(minutes=1)


FULL = statement(
    actor=NAMELESS | {"name": "Lớp"},
    object={
        "objectType": "SubStatement",
        "actor": PUPIL | {"name": "An"},
        "verb": {"id": DID, "display": {"vi": "sẽ làm", "en": "will do"}},
        "object": {
            "id": COURSE,
            "definition": {
                "name": {"vi": "Khoá", "en": "Course"},
                "description": {"en": "A course", "vi": "Một khoá"},
                "interactionType": "choice",
                "choices": [{"id": "a", "description": {"en": "One", "vi": "Một"}}],
            },
        },
        "context": {"instructor": TEACHER | {"name": "Cô"}},
    },
    context={
        "contextActivities": {"parent": [{"id": LESSON, "definition": {"name": {"en": "Lesson", "vi": "Bài"}}}]},
        "team": CLASS | {"name": "7A"},
    },
    result={"response": "a"},
)


def shown(lrs: Lrs, format_: str, language: str | None = None) -> dict[str, Any]:
    made = FULL | {"id": str(uuid4())}
    lrs(V1).post(made)
    headers = {"Accept-Language": language} if language else {}
    found = lrs(V1).ask("GET", "/statements", None, headers, statementId=made["id"], format=format_).json
    assert found is not None
    return dict(found)


@requirement("Communication 2.1.3", "4.1.6.1")
def test_exact_is_what_was_sent(lrs: Lrs) -> None:
    found = shown(lrs, "exact")

    assert {name: found[name] for name in FULL if name != "id"} == {
        name: value for name, value in FULL.items() if name != "id"
    }


@requirement("Communication 2.1.3", "4.1.6.1")
def test_ids_is_what_identifies_and_everything_that_is_said_otherwise(lrs: Lrs) -> None:
    found = shown(lrs, "ids")

    assert found["actor"] == {
        "objectType": "Group",
        "member": [PUPIL, TEACHER],
    }
    assert found["verb"] == {"id": DID}
    assert found["object"] == {
        "objectType": "SubStatement",
        "actor": PUPIL,
        "verb": {"id": DID},
        "object": {"id": COURSE},
        "context": {"instructor": TEACHER},
    }
    assert found["context"] == {
        "contextActivities": {"parent": [{"id": LESSON}]},
        "team": {"objectType": "Group", "mbox_sha1sum": "a" * 40},
    }
    assert found["result"] == FULL["result"]


@requirement("Communication 2.1.3", "4.1.6.1")
@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("vi", "vi"),
        ("en", "en"),
        ("fr, vi;q=0.5, en;q=0.4", "vi"),
        ("en;q=0.4, vi;q=0.5", "vi"),
        ("vi-VN", "vi"),
        ("vi;q=0, en", "en"),
        ("*", None),
        ("fr", None),
        (None, None),
        ("nonsense;;;q=x", None),
    ],
)
def test_canonical_has_one_language_in_every_map_and_the_reader_chooses(
    lrs: Lrs, language: str | None, tag: str | None
) -> None:
    found = shown(lrs, "canonical", language)
    definition = found["object"]["object"]["definition"]
    maps = [
        found["verb"]["display"],
        found["object"]["verb"]["display"],
        definition["name"],
        definition["description"],
        definition["choices"][0]["description"],
        found["context"]["contextActivities"]["parent"][0]["definition"]["name"],
    ]

    assert [len(each) for each in maps] == [1] * 6
    assert tag is None or {key for each in maps for key in each} == {tag}
    assert found["actor"] == FULL["actor"]
    assert found["context"]["team"] == FULL["context"]["team"]


@requirement("Communication 2.1.3", "4.1.6.1")
def test_stored_times_go_down_and_with_ascending_up(lrs: Lrs) -> None:
    for _ in range(4):
        lrs(V2).post([statement(), statement()])

    for asked, order in (({}, -1), ({"ascending": "true"}, 1)):
        answer = lrs(V2).get(**asked).json
        assert answer is not None
        times = [found["stored"] for found in answer["statements"]][::order]
        assert all(one <= other for one, other in pairwise(times))
