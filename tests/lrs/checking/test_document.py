"""The page is one file that loads nothing, and what is put into it cannot end what it stands in."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from datetime import date
from hashlib import sha256

from lrs.checking.document import KnownKey, document

DAY = date(2026, 11, 22)
KEY = KnownKey("01020304", "00" * 32, "haiphong", "</script><b>Hải Phòng & con", date(2026, 11, 21), withdrawn=True)


def made(*keys: KnownKey) -> str:
    return document("https://app.example.org", keys, DAY).html


def test_what_it_knows_is_data_and_nothing_else() -> None:
    (text,) = re.findall(r'<script type="application/json" id="known">(.*?)</script>', made(KEY), re.DOTALL)

    assert json.loads(text) == {
        "origin": "https://app.example.org",
        "day": 9822,
        "keys": [
            {
                "key": "01020304",
                "public": "00" * 32,
                "space": "haiphong",
                "name": KEY.name,
                "until": 9821,
                "withdrawn": True,
            }
        ],
    }
    assert "<" not in text


def test_it_runs_its_own_script_alone_and_loads_nothing() -> None:
    written = document("https://app.example.org", [KEY], DAY)
    (script,) = re.findall(r"<script>(.*?)</script>", written.html, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", written.html, re.DOTALL)

    for text in (script, style):
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in written.policy
    assert "default-src 'none'" in written.policy
    assert "connect-src" not in written.policy
    assert re.findall(r'(?:src|href)="(?!#|data:,|save)', written.html) == []
    assert "url(" not in style
    assert "import " not in script


def test_it_is_small_enough_for_a_slow_line_with_all_spaces_keys() -> None:
    many = [KnownKey(f"{n:08x}", "00" * 32, f"space-{n}", "Uỷ ban nhân dân tỉnh " * 2, None) for n in range(300)]

    assert len(made(*many).encode()) < 130_000
