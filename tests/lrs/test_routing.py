"""A rule builds the addresses that werkzeug's own builds, and writes what builds them when it is first asked."""

from __future__ import annotations

import pytest
from werkzeug.routing import Map, Rule

from lrs.routing import LateRule
from wsgi import create_app

ASKED = [
    ("/s/<slug>/units/<int:number>", {"slug": "hải-phòng", "number": 7}),
    ("/s/<slug>/units/<int:number>", {"slug": "a/b", "number": 7, "q": "tìm", "empty": ""}),
    ("/c/<token>/<path:name>", {"token": "t", "name": "bài/chữ #1%.txt"}),
    ("/", {"lang": ["vi", "en"]}),
]


@pytest.mark.parametrize(("rule", "values"), ASKED)
@pytest.mark.parametrize("unknown", [False, True], ids=["known", "more"])
def test_it_builds_what_any_rule_builds(rule: str, values: dict[str, object], *, unknown: bool) -> None:
    built = [
        Map([kind(rule, endpoint="there")]).bind("a.example").build("there", values, append_unknown=unknown)
        for kind in (Rule, LateRule)
    ]

    assert built[0] == built[1]


def test_it_writes_its_builder_once_and_none_before_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    real = Rule._compile_builder

    def counted(self: Rule, append_unknown: bool = True) -> object:  # noqa: FBT001, FBT002 - werkzeug's own signature
        written.append(self.rule)
        return real(self, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", counted)
    app = create_app({})
    assert all(isinstance(rule, LateRule) for rule in app.url_map.iter_rules())
    assert written == []

    with app.test_request_context():
        addresses = {app.url_for("entry.form", space="haiphong") for _ in range(3)}

    assert len(addresses) == len(written) == 1
