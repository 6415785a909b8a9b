"""The URL map of both applications as a table: what docs/urls.md shows, written from the code.

`python -m tests.parts.url_table` prints it.
"""

from flask import Flask

from lrs.access import EVERYBODY, LEARNERS, PLATFORM, PROGRAM, ROLES, access_of
from wsgi import create_app

_QUIET = {"HEAD", "OPTIONS"}


def rows(app: Flask) -> list[str]:
    """Write a line for each route: what is asked, who may, what it does."""
    found = []
    with app.app_context():
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ()))):
            view = app.view_functions[rule.endpoint]
            says = (view.__doc__ or "").strip().split("\n", 1)[0]
            static = rule.endpoint == "static" or rule.endpoint.endswith(".static")
            says = "Serve a file of the pages' design." if static else says
            method = ", ".join(sorted((rule.methods or set()) - _QUIET))
            found.append(f"| {method} | `{rule.rule}` | {_who(rule.endpoint)} | {says} |")
    return found


def _who(endpoint: str) -> str:
    access = access_of(endpoint)
    if EVERYBODY in access.roles:
        return "everybody"
    if PLATFORM in access.roles:
        return "the platform's administrator"
    if PROGRAM in access.roles:
        return f"a key with {' or '.join(f'`{scope}`' for scope in sorted(access.scopes))}"
    if access.roles == frozenset(ROLES):
        return "whoever is signed in"
    if access.roles == frozenset(LEARNERS):
        return "whoever is signed in, and guests"
    return ", ".join(role for role in LEARNERS if role in access.roles) or "nobody"


def tables() -> tuple[list[str], list[str]]:
    """Write the tables of the app and of the content hosts."""
    app = create_app({})
    return rows(app), rows(app.extensions["haidang.content"])


if __name__ == "__main__":
    for table in tables():
        print("\n".join(table), end="\n\n")  # noqa: T201 - a command speaks
