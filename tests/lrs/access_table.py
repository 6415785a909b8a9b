"""Who may what: a line for each route of both applications. A route without a line fails the tests, and so does a line without a route."""

from dataclasses import dataclass

from flask import Flask

from lrs.access import ADMINISTRATOR, AUDITOR, AUTHOR, EVERYBODY, GUEST, MENTOR, OWNER, PLATFORM, PUBLISH, ROLES

APP = "app"
CONTENT = "content"

_ALL_ROLES = frozenset(ROLES)
_LEARNERS = _ALL_ROLES | {GUEST}
_GUEST = frozenset({GUEST})
_AUTHORS = frozenset({OWNER, ADMINISTRATOR, AUTHOR})
_KEEPERS = frozenset({OWNER, ADMINISTRATOR})
_ANYBODY = frozenset({EVERYBODY})
_ABOVE = frozenset({PLATFORM})
_READERS = frozenset({"all", "all/read", "statements/read"})

_WRITERS = frozenset({"all", "statements/write"})

_QUIET = {"HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Line:
    """A route, who may call it, and what an admitted caller gets for the request that the test makes."""

    application: str
    endpoint: str
    method: str
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    admitted: int = 200

    @property
    def route(self) -> tuple[str, str, str]:
        """What the URL map knows of it."""
        return self.application, self.endpoint, self.method

    def __str__(self) -> str:
        return " ".join(self.route)


TABLE = (
    Line(APP, "static", "GET", _ANYBODY),
    Line(APP, "packages.static", "GET", _ANYBODY),
    Line(APP, "player.static", "GET", _ANYBODY),
    Line(APP, "design.stylesheet", "GET", _ANYBODY),
    Line(APP, "components.shown", "GET", _ANYBODY),
    Line(APP, "checking.page", "GET", _ANYBODY),
    Line(APP, "checking.save", "GET", _ANYBODY),
    Line(APP, "checking.keeper", "GET", _ANYBODY),
    Line(APP, "verify.form", "GET", _ANYBODY),
    Line(APP, "verify.one", "GET", _ANYBODY, admitted=404),  # let in: nobody issued this
    Line(APP, "verify_file.look", "POST", _ANYBODY, admitted=422),  # let in: nothing is no file
    Line(APP, "wish.form", "GET", _ALL_ROLES),
    Line(APP, "wish.choose", "POST", _ALL_ROLES, admitted=400),  # let in: nothing is no choice
    Line(APP, "issuing.document", "GET", _ANYBODY),
    Line(APP, "issuing.listed", "GET", _ANYBODY, admitted=404),  # let in: no certificate has a place yet
    Line(APP, "health.healthz", "GET", _ANYBODY),
    Line(APP, "health.readyz", "GET", _ANYBODY),
    Line(APP, "health.figures", "GET", _ANYBODY),
    Line(APP, "xapi.about", "GET", _ANYBODY),
    Line(APP, "xapi.description", "GET", _ANYBODY),
    # Let in, and told that the request names no version.
    Line(APP, "xapi.read", "GET", scopes=_READERS | {"statements/read/mine"}, admitted=400),
    Line(APP, "xapi.put", "PUT", scopes=_WRITERS, admitted=400),
    Line(APP, "xapi.post", "POST", scopes=_WRITERS, admitted=400),
    Line(APP, "xapi.agents", "GET", scopes=_READERS | {"profile"}, admitted=400),
    Line(APP, "xapi.activities", "GET", scopes=_READERS | {"profile"}, admitted=400),
    *(
        Line(APP, f"xapi.{method.lower()}_{kind}", method, scopes=frozenset({"all", scope} | more), admitted=400)
        for kind, scope in (("state", "state"), ("agent_profile", "profile"), ("activity_profile", "profile"))
        for method, more in (("GET", {"all/read"}), ("PUT", set[str]()), ("POST", set[str]()), ("DELETE", set[str]()))
    ),
    Line(APP, "people.welcome", "GET", _ANYBODY),
    Line(APP, "people.link", "GET", _ANYBODY, admitted=410),  # let in: the word is one that nobody made
    Line(APP, "people.use_link", "POST", _ANYBODY, admitted=410),
    Line(APP, "people.sign_out", "POST", _ALL_ROLES),
    Line(APP, "entry.form", "GET", _ANYBODY),
    Line(APP, "entry.sign_in", "POST", _ANYBODY, admitted=401),  # let in: nobody is called nothing
    Line(APP, "entry.help_in", "GET", _ANYBODY),
    Line(APP, "forgotten.form", "GET", _ANYBODY, admitted=303),  # no mail server is named: help is elsewhere
    Line(APP, "forgotten.ask", "POST", _ANYBODY, admitted=404),
    Line(APP, "languages.choose", "POST", _ANYBODY, admitted=400),  # let in: no language is none
    Line(APP, "languages.choose_outside", "POST", _ANYBODY, admitted=400),
    Line(APP, "own.account", "GET", _ALL_ROLES),
    Line(APP, "own.set_password", "POST", _ALL_ROLES, admitted=422),  # let in: nothing is no password
    Line(APP, "own.end_others", "POST", _ALL_ROLES, admitted=303),
    Line(APP, "own.end_one", "POST", _ALL_ROLES, admitted=303),
    Line(APP, "courses.listed", "GET", _AUTHORS | {AUDITOR}),
    Line(APP, "courses.make", "POST", _AUTHORS, admitted=422),  # let in: a course has a name
    # Let in, and told that no course has this id.
    Line(APP, "courses.edit", "GET", _AUTHORS, admitted=404),
    Line(APP, "courses.change", "POST", _AUTHORS, admitted=404),
    Line(APP, "courses.publish", "POST", _AUTHORS, admitted=404),
    Line(APP, "courses.set_doors", "POST", _AUTHORS, admitted=400),
    Line(APP, "courses.poster", "GET", _AUTHORS, admitted=404),
    Line(APP, "enrolments.listed", "GET", _KEEPERS | {AUDITOR}, admitted=404),
    Line(APP, "enrolments.choose", "GET", _KEEPERS, admitted=404),
    Line(APP, "enrolments.enrol", "POST", _KEEPERS, admitted=404),
    Line(APP, "enrolments.enrol_unit", "POST", _KEEPERS, admitted=400),
    Line(APP, "enrolments.take_out", "POST", _KEEPERS, admitted=404),
    Line(APP, "enrolments.batches", "GET", _KEEPERS, admitted=404),
    Line(APP, "enrolments.add_batch", "POST", _KEEPERS, admitted=404),
    Line(APP, "enrolments.change_batch", "POST", _KEEPERS, admitted=404),
    Line(APP, "progress.table", "GET", _KEEPERS | {AUDITOR}, admitted=404),
    Line(APP, "progress.file", "GET", _KEEPERS | {AUDITOR}, admitted=404),
    Line(APP, "course.one", "GET", _ANYBODY, admitted=404),
    Line(APP, "course.join", "POST", _ALL_ROLES, admitted=404),
    Line(APP, "course.leave", "POST", _ALL_ROLES, admitted=404),
    Line(APP, "enrol.form", "GET", _ANYBODY),
    Line(APP, "enrol.use", "POST", _ALL_ROLES, admitted=422),  # let in: no course has this code
    Line(APP, "people_list.listed", "GET", _KEEPERS | {MENTOR, AUDITOR}),
    Line(APP, "people_list.new", "GET", _KEEPERS),
    Line(APP, "people_list.add", "POST", _KEEPERS, admitted=303),
    # Let in, and told that nobody has this id.
    Line(APP, "people_list.one", "GET", _KEEPERS | {MENTOR, AUDITOR}, admitted=404),
    Line(APP, "people_list.change", "POST", _KEEPERS, admitted=404),
    Line(APP, "people_list.set_role", "POST", _KEEPERS, admitted=400),  # let in: nothing is no role
    Line(APP, "people_list.close", "POST", _KEEPERS, admitted=404),
    Line(APP, "people_list.reopen", "POST", _KEEPERS, admitted=404),
    Line(APP, "people_list.slip", "POST", _KEEPERS | {MENTOR}, admitted=404),
    Line(APP, "people_list.set_unit", "POST", _KEEPERS, admitted=404),
    Line(APP, "letters.send", "POST", _KEEPERS | {MENTOR}, admitted=404),
    Line(APP, "letters.listed", "GET", _KEEPERS, admitted=404),  # let in: no mail server is named
    Line(APP, "letters.hurry", "POST", _KEEPERS, admitted=303),
    Line(APP, "units.listed", "GET", _KEEPERS | {AUDITOR}),
    Line(APP, "units.make", "POST", _KEEPERS, admitted=422),  # let in: a unit without a name
    Line(APP, "units.one", "GET", _KEEPERS | {AUDITOR}, admitted=404),
    Line(APP, "units.rename", "POST", _KEEPERS, admitted=404),
    Line(APP, "units.move", "POST", _KEEPERS, admitted=404),
    Line(APP, "units.end", "POST", _KEEPERS, admitted=404),
    Line(APP, "keys.listed", "GET", _KEEPERS),
    Line(APP, "keys.make", "POST", _KEEPERS, admitted=422),  # let in: a key that may do nothing
    Line(APP, "keys.revoke", "POST", _KEEPERS, admitted=404),
    Line(APP, "webhooks.listed", "GET", _KEEPERS),
    Line(APP, "webhooks.add", "POST", _KEEPERS, admitted=422),  # let in: an address that is told nothing
    Line(APP, "webhooks.one", "GET", _KEEPERS, admitted=404),
    Line(APP, "webhooks.change", "POST", _KEEPERS, admitted=404),
    Line(APP, "webhooks.act", "POST", _KEEPERS, admitted=404),
    Line(APP, "webhooks.test", "POST", _KEEPERS, admitted=404),
    Line(APP, "webhooks.rotate", "POST", _KEEPERS, admitted=404),
    Line(APP, "webhooks.again", "POST", _KEEPERS, admitted=404),
    Line(APP, "webhooks.remove", "POST", _KEEPERS, admitted=404),
    Line(APP, "audit.listed", "GET", _KEEPERS | {AUDITOR}),
    Line(APP, "settings.shown", "GET", _KEEPERS),
    Line(APP, "settings.change", "POST", _KEEPERS, admitted=422),  # let in: a space without a name
    Line(APP, "settings.set_emblem", "POST", _KEEPERS, admitted=400),  # let in: no picture
    Line(APP, "settings.emblem", "GET", _ANYBODY, admitted=404),
    Line(APP, "certificates.own", "GET", _ALL_ROLES),
    Line(APP, "certificates.paper", "GET", _ALL_ROLES, admitted=404),
    Line(APP, "certificate_office.one", "GET", _KEEPERS, admitted=404),
    Line(APP, "certificate_office.revoke", "POST", _KEEPERS, admitted=404),
    Line(APP, "certificate_office.rename", "POST", _KEEPERS, admitted=404),
    Line(APP, "certificate_office.send", "POST", _KEEPERS, admitted=400),  # let in: no mail server is named
    Line(APP, "certificates.credential", "GET", _ALL_ROLES, admitted=404),
    Line(APP, "certificate_list.listed", "GET", _KEEPERS | {AUDITOR}),
    Line(APP, "certificate_list.numbers", "GET", _KEEPERS | {AUDITOR}),
    Line(APP, "certificate_jobs.ask", "POST", _KEEPERS, admitted=400),  # let in: nothing is no job
    Line(APP, "certificate_jobs.one", "GET", _KEEPERS, admitted=410),  # let in: nobody asked for this
    Line(APP, "certificate_jobs.state", "GET", _KEEPERS, admitted=410),
    Line(APP, "certificate_jobs.file", "GET", _KEEPERS, admitted=410),
    Line(APP, "phone.one", "GET", _ANYBODY, admitted=410),  # let in: nobody made this word
    Line(APP, "phone.picture", "GET", _ANYBODY, admitted=410),
    Line(APP, "phone.paper", "GET", _ANYBODY, admitted=410),
    Line(APP, "phone.credential", "GET", _ANYBODY, admitted=410),
    Line(APP, "phone.show", "POST", _KEEPERS | {MENTOR}, admitted=404),
    Line(APP, "phone.end", "POST", _KEEPERS, admitted=404),
    Line(APP, "renewal.one", "GET", _ALL_ROLES, admitted=404),  # let in: nothing can be renewed
    Line(APP, "renewal.renew", "POST", _ALL_ROLES, admitted=404),
    Line(APP, "certificate_templates.listed", "GET", _KEEPERS),
    Line(APP, "certificate_templates.new", "GET", _KEEPERS),
    Line(APP, "certificate_templates.one", "GET", _KEEPERS, admitted=404),
    Line(APP, "certificate_templates.save", "POST", _KEEPERS, admitted=422),  # let in: a template without texts
    Line(APP, "platform_entry.link", "GET", _ANYBODY, admitted=410),
    Line(APP, "platform_entry.use_link", "POST", _ANYBODY, admitted=410),
    Line(APP, "platform_entry.sign_out", "POST", _ABOVE),
    Line(APP, "platform.listed", "GET", _ABOVE),
    Line(APP, "platform.new", "GET", _ABOVE),
    Line(APP, "platform.make", "POST", _ABOVE, admitted=422),  # let in: a space without a name
    Line(APP, "platform.one", "GET", _ABOVE),
    Line(APP, "platform.set_quota", "POST", _ABOVE, admitted=303),
    Line(APP, "platform.first_owner", "POST", _ABOVE, admitted=409),  # let in: somebody has an account there
    Line(APP, "platform_sessions.listed", "GET", _ABOVE),
    Line(APP, "platform_sessions.end_one", "POST", _ABOVE, admitted=303),
    Line(APP, "platform_sessions.end_others", "POST", _ABOVE, admitted=303),
    Line(APP, "platform_log.listed", "GET", _ABOVE),
    Line(APP, "achievements.listed", "GET", _ALL_ROLES),
    Line(APP, "achievements.one", "GET", _ALL_ROLES, admitted=404),  # let in: nobody made this rule
    Line(APP, "achievements.of_person", "GET", _KEEPERS | {MENTOR, AUDITOR}, admitted=404),
    Line(APP, "achievements.one_of_person", "GET", _KEEPERS | {MENTOR, AUDITOR}, admitted=404),
    Line(APP, "achievements.evidence", "GET", _ALL_ROLES, admitted=404),
    Line(APP, "achievements.evidence_of_person", "GET", _KEEPERS | {MENTOR, AUDITOR}, admitted=404),
    Line(APP, "achievements.confirm", "POST", _KEEPERS | {MENTOR}, admitted=404),
    Line(APP, "skills.own", "GET", _LEARNERS),
    Line(APP, "skills.paper", "GET", _ALL_ROLES, admitted=404),  # let in: there is no set yet
    Line(APP, "skills.of_person", "GET", _KEEPERS | {MENTOR, AUDITOR}, admitted=404),
    Line(APP, "skills.badge", "GET", _LEARNERS, admitted=404),  # let in: nobody has earned it
    Line(APP, "skills.as_json", "GET", _LEARNERS, admitted=404),
    Line(APP, "skills.as_picture", "GET", _LEARNERS, admitted=404),
    Line(APP, "skills.shape", "GET", _ANYBODY),
    Line(APP, "skills.revoked", "GET", _ANYBODY, admitted=404),  # let in: no badge has a place yet
    Line(APP, "skills.the_set", "GET", _AUTHORS),
    Line(APP, "skills.change_set", "POST", _AUTHORS, admitted=400),  # let in: nothing is no deed
    Line(APP, "skills.edit", "GET", _AUTHORS, admitted=404),
    Line(APP, "skills.change", "POST", _AUTHORS, admitted=404),
    Line(APP, "skills.check", "POST", _AUTHORS, admitted=404),
    Line(APP, "skills.remove", "POST", _AUTHORS, admitted=404),
    Line(APP, "skills.progress", "GET", _KEEPERS | {MENTOR, AUDITOR}),
    Line(APP, "skills.people", "GET", _KEEPERS | {MENTOR, AUDITOR}, admitted=404),
    Line(APP, "skills.file", "GET", _KEEPERS | {MENTOR, AUDITOR}),
    Line(APP, "packages.new", "GET", _AUTHORS),
    Line(APP, "packages.findings", "GET", _AUTHORS),
    Line(APP, "packages.report", "GET", _AUTHORS),
    Line(APP, "packages.report_as_json", "GET", _AUTHORS),
    Line(APP, "packages.upload", "POST", _AUTHORS, admitted=400),  # let in: there is no file in the form
    Line(
        APP, "packages_api.publish", "POST", scopes=frozenset({PUBLISH}), admitted=422
    ),  # let in: nothing is no package
    Line(APP, "packages.set_open", "POST", _AUTHORS, admitted=400),  # let in: nothing is neither yes nor no
    Line(APP, "packages.set_tags", "POST", _AUTHORS, admitted=303),
    Line(APP, "rules.listed", "GET", _AUTHORS | {AUDITOR}),
    Line(APP, "rules.one", "GET", _AUTHORS | {AUDITOR}, admitted=404),
    Line(APP, "rules.new", "GET", _AUTHORS),
    Line(APP, "rules.make", "POST", _AUTHORS),  # let in: nothing is no rule, and the page says so
    Line(APP, "rules.edit", "GET", _AUTHORS, admitted=404),
    Line(APP, "rules.change", "POST", _AUTHORS, admitted=404),
    Line(APP, "rules.end", "POST", _AUTHORS, admitted=404),
    Line(APP, "rules.resume", "POST", _AUTHORS, admitted=404),
    Line(APP, "rules.check", "POST", _AUTHORS),
    Line(APP, "rules.papers", "GET", _KEEPERS, admitted=404),
    Line(APP, "rules.set_papers", "POST", _KEEPERS, admitted=404),
    Line(APP, "rules.ask_for_paper", "POST", _ALL_ROLES, admitted=404),
    Line(APP, "rules.list_reviews", "GET", _KEEPERS | {AUDITOR}),
    Line(APP, "rules.review", "GET", _KEEPERS | {AUDITOR}, admitted=404),
    Line(APP, "rules.decide", "POST", _KEEPERS, admitted=404),
    Line(APP, "rules.list_actors", "GET", _KEEPERS),
    Line(APP, "rules.settle_actor", "POST", _KEEPERS, admitted=400),  # let in: nothing says who it is
    Line(APP, "player.start", "GET", _LEARNERS),
    Line(APP, "player.play", "GET", _LEARNERS),
    Line(APP, "player.launch", "POST", _LEARNERS),
    Line(APP, "player.state", "GET", _LEARNERS),
    Line(APP, "tracing.listed", "GET", _AUTHORS),
    Line(APP, "tracing.trace", "GET", _AUTHORS, admitted=404),  # let in: nobody made this attempt
    Line(APP, "player.renew", "POST", _LEARNERS, admitted=404),  # let in: nobody made this attempt
    Line(APP, "player.renew_in_place", "GET", _LEARNERS, admitted=404),
    Line(APP, "open.page", "GET", _ANYBODY),
    Line(APP, "open.begin", "POST", _ANYBODY, admitted=303),
    Line(APP, "guests.keep", "GET", _GUEST),
    Line(APP, "guests.make_code", "POST", _GUEST),
    Line(APP, "guests.leaving", "GET", _GUEST),
    Line(APP, "guests.leave", "POST", _GUEST, admitted=303),
    Line(APP, "guests.code", "GET", _ANYBODY),
    Line(APP, "guests.use_code", "POST", _ANYBODY, admitted=422),  # let in: nobody made this code
    Line(APP, "guests.ask", "GET", _ALL_ROLES, admitted=303),  # let in: no guest lives here
    Line(APP, "guests.answer", "POST", _ALL_ROLES, admitted=400),  # let in: nothing is no answer
    Line(APP, "registering.form", "GET", _ANYBODY, admitted=404),  # let in: nobody may register here
    Line(APP, "registering.register", "POST", _ANYBODY, admitted=404),
    Line(APP, "registering.doors", "GET", _KEEPERS),
    Line(APP, "registering.set_doors", "POST", _KEEPERS, admitted=400),  # let in: nothing is nobody
    # Nobody is signed in on a content host: the tokens decide, and here they are none.
    Line(CONTENT, "content.browser_file", "GET", _ANYBODY),
    Line(CONTENT, "content.shell", "POST", _ANYBODY, admitted=404),
    Line(CONTENT, "files.file", "GET", _ANYBODY, admitted=404),
    Line(CONTENT, "files.opened", "GET", _ANYBODY, admitted=404),
    Line(CONTENT, "content.begin", "POST", _ANYBODY, admitted=401),
    Line(CONTENT, "content.commit", "POST", _ANYBODY, admitted=401),
    Line(CONTENT, "draining.frame", "GET", _ANYBODY),
    Line(CONTENT, "content.renewed", "POST", _ANYBODY, admitted=401),
)

EXAMPLES = {
    "webhook_id": "77777777-7777-4777-8777-777777777777",
    "delivery_id": "88888888-8888-4888-8888-888888888888",
    "deed": "pause",
    "what": "units",
    "kind": "csv",
    "course_id": "55555555-5555-4555-8555-555555555555",
    "batch_id": "66666666-6666-4666-8666-666666666666",
    "word": "nobody-made-this-word",
    "token": "nobody-signed-this",
    "attempt_id": "11111111-1111-4111-8111-111111111111",
    "account_id": "22222222-2222-4222-8222-222222222222",
    "digest": "00ff",
    "number": "1",
    "code": "7GQX2M4K93TDXK4P",
    "key": "0" * 32,
    "unit_id": "33333333-3333-4333-8333-333333333333",
    "rule_id": "55555555-5555-4555-8555-555555555555",
    "statement_id": "77777777-7777-4777-8777-777777777777",
    "session_id": "44444444-4444-4444-8444-444444444444",
    "job_id": "66666666-6666-4666-8666-666666666666",
    "certificate_id": "55555555-5555-4555-8555-555555555555",
    "template_id": "66666666-6666-4666-8666-666666666666",
    "slug": "haiphong",
    "shape": "office",
    "skill_id": "77777777-7777-4777-8777-777777777777",
    "review_id": "66666666-6666-4666-8666-666666666666",
    "stranger_id": "00ff",
    ("static", "filename"): "lighthouse.svg",
    ("packages.static", "filename"): "upload.js",
    ("player.static", "filename"): "play.js",
    ("content.browser_file", "name"): "shell.js",
    ("files.file", "name"): "index.html",
}
"""What stands in an address where the URL map has a name, for all endpoints or for one."""


def applications(app: Flask) -> dict[str, Flask]:
    """Name the two applications behind one door."""
    return {APP: app, CONTENT: app.extensions["haidang.content"]}


def routes(app: Flask) -> set[tuple[str, str, str]]:
    """List the routes of both applications."""
    return {
        (name, rule.endpoint, method)
        for name, application in applications(app).items()
        for rule in application.url_map.iter_rules()
        for method in (rule.methods or set()) - _QUIET
    }


def unlisted(app: Flask) -> set[tuple[str, str, str]]:
    """List the routes that are not in the table."""
    return routes(app) - {line.route for line in TABLE}


def without_route(app: Flask) -> set[tuple[str, str, str]]:
    """List the lines of the table that no route has."""
    return {line.route for line in TABLE} - routes(app)


def address(app: Flask, line: Line, known: dict[str, str]) -> str:
    """Write an address of a route, with a space and a lesson in it where it names one."""
    application = applications(app)[line.application]
    rule = next(rule for rule in application.url_map.iter_rules(line.endpoint) if line.method in (rule.methods or ()))
    values = {name: known.get(name) or EXAMPLES.get((line.endpoint, name)) or EXAMPLES[name] for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    return built[1]
