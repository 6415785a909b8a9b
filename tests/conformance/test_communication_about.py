"""The About resource: which versions are spoken, for everybody (Communication 2.8; 2.0: 4.1.6.7)."""

import pytest
from werkzeug.test import Client

from tests.conformance.requirements import requirement
from tests.parts.installations import Installation
from tests.parts.programs import BASE, V1, V2

HEADER = "X-Experience-API-Version"


@requirement("Communication 2.8", "4.1.6.7")
@pytest.mark.parametrize("said", [None, V1, V2, "1.0", "0.9", "0.95", "1.1.0", "3.0.0", "nonsense"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_everybody_may_ask_in_any_version_or_none(shared: Installation, said: str | None, method: str) -> None:
    headers = {HEADER: said} if said else {}
    answer = Client(shared.app).open("/xapi/about", method=method, base_url=BASE, headers=headers)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers[HEADER].startswith(("1.0", "2.0"))
    if method == "GET":
        assert answer.json == {"version": [V1, V2]}
