"""The tests mirror the tree: whoever changes a module knows where its tests are."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bench", "lrs", "packages", "player", "schemas", "storage")

TESTED_ELSEWHERE = {
    "bench/commits.py": "run by tests/bench/test___main__.py",
    "bench/content.py": "run by tests/bench/test___main__.py",
    "bench/documents.py": "run by tests/bench/test___main__.py",
    "bench/ingest.py": "run by tests/bench/test___main__.py",
    "bench/limits.py": "PostgreSQL's limits, in tests/bench/test_replay.py",
    "bench/load.py": "run by tests/bench/test___main__.py",
    "bench/machine.py": "run by tests/bench/test___main__.py",
    "bench/opening.py": "run by tests/bench/test___main__.py",
    "bench/packages.py": "run by tests/bench/test___main__.py",
    "bench/queries.py": "run by tests/bench/test___main__.py",
    "bench/school.py": "fills what tests/bench/test_awards.py measures",
    "bench/service.py": "run by tests/bench/test___main__.py",
    "bench/runtime.js": "run by tests/bench/test_runtime.py",
    "bench/serving.py": "run by tests/bench/test___main__.py",
    "bench/workers.py": "run by tests/bench/test___main__.py",
    "lrs/badges/errors.py": "names alone; raised throughout tests/lrs/badges/",
    "lrs/badges/graph.py": "held against PyLD by tests/lrs/badges/test_proof.py",
    "lrs/badges/terms.py": "a table alone; held against the published contexts by tests/lrs/badges/test_proof.py",
    "lrs/checking/browser/page.js": "a page's script; run by tests/journeys/test_checking.py",
    "lrs/checking/browser/picture.js": "asks the browser; run by tests/journeys/test_checking.py",
    "lrs/checking/worker.js": "a service worker; run by tests/journeys/test_checking.py",
    "lrs/server/settings.py": "a table alone; gunicorn reads it in tests/lrs/server/test_worker.py",
    "lrs/mail/answers.py": "given by a real server in tests/lrs/mail/test_server.py",
    "lrs/smtp_settings.py": "held by tests/lrs/test_config.py",
    "packages/codes/pains.py": "a table alone; held by tests/packages/codes/test_code.py",
    "packages/codes/refusals.py": "a table alone; held by tests/packages/codes/test_code.py",
    "packages/codes/repairs.py": "a table alone; held by tests/packages/codes/test_code.py",
    "packages/doctor/track.py": "a value alone; read throughout tests/packages/doctor/",
    "packages/lessons/kit/elements.js": "shown in Chromium by tests/journeys/test_own_lessons.py",
    "packages/lessons/kit/film.js": "shown in Chromium by tests/journeys/test_own_lessons.py",
    "packages/lessons/kit/frame.js": "shown in Chromium by tests/journeys/test_own_lessons.py",
    "packages/lessons/kit/question.js": "shown in Chromium by tests/journeys/test_own_lessons.py",
    "packages/lessons/kit/slides.js": "shown in Chromium by tests/journeys/test_own_lessons.py",
    "packages/lessons/kit/talk.js": "shown in Chromium by tests/journeys/test_own_lessons.py",
    "packages/lessons/kit/theatre.js": "shown in Chromium by tests/journeys/test_own_lessons.py",
    "packages/lessons/kit/visit.js": "shown in Chromium by tests/journeys/test_own_lessons.py",
    "packages/lessons/studio/__main__.py": "draws what tests/packages/lessons/test_origin.py looks at; needs `make lessons`",
    "packages/lessons/studio/stage.py": "draws what tests/packages/lessons/test_origin.py looks at; needs `make lessons`",
    "packages/reader.py": "the process that tests/packages/test_reading.py and test_hostile.py run",
    "player/applying.py": "what a commit changes; held by tests/player/test_receipts.py and test_sequences.py",
    "player/telling.py": "into the record; held by tests/player/test_receipts.py and test_sequences.py",
    "player/browser/guide.js": "shown in Chromium by tests/journeys/test_what_comes_next.py",
    "player/browser/drain.js": "a page's script; run by tests/journeys/test_drain.py",
    "player/browser/bar.js": "shown in Chromium by tests/journeys/test_shell.py",
    "player/browser/home.js": "shown in Chromium by tests/journeys/test_shell.py",
    "player/browser/keeper.js": "shown in Chromium by tests/journeys/test_misbehaving_lesson.py",
    "player/browser/menu.js": "shown in Chromium by tests/journeys/test_shell.py",
    "player/browser/notices.js": "shown in Chromium by tests/journeys/test_shell.py",
    "player/browser/player.js": "shown in Chromium by tests/journeys/test_shell.py",
    "player/browser/shell.js": "shown in Chromium by tests/journeys/test_shell.py",
    "player/browser/stage.js": "shown in Chromium by tests/journeys/test_misbehaving_lesson.py",
    "player/browser/watch.js": "shown in Chromium by tests/journeys/test_misbehaving_lesson.py",
    "storage/migrations/env.py": "run by every migration in tests/storage/test_migrate.py",
    "lrs/outcomes/busy.py": "held to by tests/lrs/outcomes/test_remaking.py, slice by slice",
    "lrs/outcomes/ledger.py": "written by in every test of tests/lrs/outcomes/test_follower.py",
    "lrs/outcomes/strangers.py": "counted in tests/lrs/outcomes/test_remaking.py",
    "lrs/outcomes/stories.py": "told in every test of tests/lrs/outcomes/test_remaking.py",
    "lrs/outcomes/in_force.py": "asked in every test of tests/lrs/outcomes/test_follower.py",
    "lrs/outcomes/persons.py": "asked by tests/lrs/outcomes/test_actors.py",
    "lrs/outcomes/commands.py": "run by tests/lrs/outcomes/test_pages.py",
    "lrs/outcomes/evidence.py": "read in tests/lrs/outcomes/test_pages.py",
    "lrs/outcomes/trying.py": "held against a replay by tests/lrs/outcomes/test_case_of_696.py",
    "storage/actors.py": "asked by tests/lrs/outcomes/test_actors.py",
    "storage/confirmers.py": "asked by tests/lrs/outcomes/test_confirming.py",
    "storage/history.py": "read by tests/lrs/outcomes/test_remaking.py",
    "storage/remakings.py": "worked on by tests/lrs/outcomes/test_remaking.py",
    "storage/reviews.py": "decided by tests/lrs/outcomes/test_reviews.py",
    "storage/rules.py": "asked by tests/lrs/outcomes/test_versions.py",
    "storage/states.py": "asked by tests/lrs/outcomes/test_standing.py",
    "storage/tags.py": "asked by tests/lrs/outcomes/test_versions.py",
    "lrs/webhooks/events.py": "names alone; told throughout tests/lrs/webhooks/test_carrier.py",
    "lrs/webhooks/keeping.py": "changed by tests/lrs/webhooks/test_pages.py",
    "lrs/webhooks/telling.py": "told by tests/lrs/webhooks/test_carrier.py",
    "lrs/webhooks/words.py": "read in tests/lrs/webhooks/test_pages.py",
    "storage/webhooks.py": "asked by tests/lrs/webhooks/test_carrier.py",
    "storage/deliveries.py": "asked by tests/lrs/webhooks/test_carrier.py",
    "storage/retired.py": "read into by tests/lrs/test_restore_refused.py",
    "lrs/outcomes/blueprint.py": "held by the tests of the pages that are added to it",
    "lrs/certificates/asking.py": "asked by tests/lrs/certificates/test_jobs.py",
    "lrs/certificates/bundle.py": "worked on slice by slice, and killed, in tests/lrs/certificates/test_jobs.py",
    "lrs/certificates/job_pages.py": "pressed and read in tests/lrs/certificates/test_jobs.py",
    "lrs/certificates/takings.py": "written and read again in tests/lrs/certificates/test_jobs.py",
    "lrs/certificates/phone.py": "opened by tests/lrs/certificates/test_sending.py",
    "lrs/certificates/phone_pages.py": "shown to visitors by tests/lrs/certificates/test_sending.py",
    "lrs/people/paper_letters.py": "carried by tests/lrs/certificates/test_sending.py",
    "lrs/people/paper_links.py": "made and ended in tests/lrs/certificates/test_sending.py",
    "lrs/certificates/ending.py": "told of in tests/lrs/outcomes/test_renewing.py",
    "lrs/outcomes/handing_out.py": "worked on, and killed, in tests/lrs/certificates/test_jobs.py",
    "lrs/outcomes/renewal_pages.py": "pressed in tests/lrs/outcomes/test_renewing.py",
    "lrs/outcomes/papers.py": "asked by tests/lrs/outcomes/test_paper_pages.py",
    "lrs/outcomes/scoring.py": "printed in tests/lrs/outcomes/test_paper_pages.py",
    "storage/certificate_jobs.py": "moved by tests/lrs/certificates/test_jobs.py",
    "storage/certificate_links.py": "made and ended by tests/lrs/certificates/test_sending.py",
    "storage/certificate_sendings.py": "noted by tests/lrs/certificates/test_sending.py",
    "lrs/outcomes/administration.py": "imports alone; a page that it forgets has no route in tests/lrs/access_table.py",
    "lrs/skills/administration.py": "imports alone; a page that it forgets has no route in tests/lrs/access_table.py",
    "lrs/skills/blueprint.py": "held by the tests of the pages that are added to it",
    "lrs/skills/demo.py": "filled by tests/journeys/test_skills.py",
    "lrs/skills/standing.py": "shown in every test of tests/lrs/skills/test_own_pages.py",
    "lrs/skills/sheet.py": "sent by tests/lrs/skills/test_writing_pages.py",
    "storage/skills.py": "asked by tests/lrs/skills/test_set_pages.py",
    "storage/skill_badges.py": "asked by tests/lrs/skills/test_badges.py",
    "storage/migrations/versions/0029_skills.py": "run by tests/storage/test_migrate.py",
    "storage/blobs/errors.py": "names alone; raised throughout tests/storage/blobs/contract/",
}
MIGRATIONS = "storage/migrations/versions/"
"""All run by tests/storage/test_migrate.py, which asks each of them for rows."""


def modules(suffix: str) -> list[str]:
    found = [path for room in ROOMS for path in (ROOT / room).rglob(f"*{suffix}")]
    return sorted(str(path.relative_to(ROOT)) for path in found if path.name != "__init__.py")


def twin(module: str) -> Path:
    path = Path(module)
    if path.suffix == ".js":
        return ROOT / "tests" / path.with_suffix(".test.js")
    return ROOT / "tests" / path.with_name(f"test_{path.name}")


@pytest.mark.parametrize(
    "module",
    [module for module in modules(".py") if module not in TESTED_ELSEWHERE and not module.startswith(MIGRATIONS)],
)
def test_a_module_has_a_twin_among_the_tests(module: str) -> None:
    assert twin(module).exists()


@pytest.mark.parametrize(
    "module", [module for module in modules(".js") if "/static/" not in module and module not in TESTED_ELSEWHERE]
)
def test_a_browser_module_has_a_twin_among_the_tests(module: str) -> None:
    assert twin(module).exists()


def test_an_exception_is_still_there() -> None:
    assert [module for module in TESTED_ELSEWHERE if not (ROOT / module).exists()] == []


def test_a_module_without_a_twin_would_be_found() -> None:
    assert not twin("lrs/nobody_tests_this.py").exists()


@pytest.mark.parametrize("module", modules(".py"))
def test_a_module_opens_with_what_it_owns(module: str) -> None:
    assert (ROOT / module).read_text("utf-8").startswith('"""')


@pytest.mark.parametrize("module", [*modules(".py"), "wsgi.py"])
def test_a_file_is_one_sitting(module: str) -> None:
    assert len((ROOT / module).read_text("utf-8").splitlines()) <= 400
