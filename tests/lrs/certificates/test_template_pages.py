"""Templates are written in a form, looked at, and kept in versions."""

from __future__ import annotations

import io
import re
import struct
from typing import TYPE_CHECKING, Any

import pytest

from storage import audit, certificate_templates
from tests.lrs.certificates.test_template import FORM
from tests.lrs.people.pictures import exif, jpeg, png

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

ALL = "/s/haiphong/certificates/templates"
NEW = f"{ALL}/new"
BOMB = png().replace(struct.pack(">II", 2, 2), struct.pack(">II", 50_000, 50_000))


def sent(boss: Person, **more: Any) -> Any:
    """Send the form, with some of it changed."""
    return boss.post(ALL, form_at=NEW, data=FORM | {"name": "Lớp AI"} | more)


def hidden(page: str, name: str) -> str:
    """Read a field that nobody sees."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_a_template_is_looked_at_and_kept(embedded: Installation) -> None:
    boss = embedded.person("owner")
    assert "Chưa có mẫu nào" in boss.get(ALL).text

    look = sent(boss, look="1")
    saved = sent(boss)

    assert "data:image/png;base64," in look.text
    assert saved.status_code == 303
    page = boss.get(saved.location).text
    assert "Đã lưu" in page
    assert "data:image/png;base64," in page
    assert "Lớp AI" in boss.get(ALL).text
    with embedded.services.database.read(1) as tx:
        assert [row.version for row in certificate_templates.newest(tx)] == [1]  # a look keeps nothing
        assert [row.act for row in audit.page(tx, audit.Wanted(acts=("certificate.template",)), 10)]


def test_another_version_follows_and_whoever_comes_late_is_told(embedded: Installation) -> None:
    boss = embedded.person("owner")
    page = boss.get(sent(boss).location).text
    which = {"id": hidden(page, "id"), "version": hidden(page, "version")}

    assert sent(boss, **which, signatory="Lê Thị Mẫu").status_code == 303
    late = sent(boss, **which, signatory="Ai đó")
    assert late.status_code == 409
    assert hidden(late.text, "version") == "2"
    assert sent(boss, **which | {"version": "2"}, signatory="Ai đó").status_code == 303

    with embedded.services.database.read(1) as tx:
        assert [row.version for row in certificate_templates.newest(tx)] == [3]


def test_a_picture_is_kept_from_look_to_save_and_can_be_left_out(embedded: Installation) -> None:
    boss = embedded.person("owner")
    seal = {"seal": (io.BytesIO(png(40, 40)), "dấu.png"), "seal.alt": "Con dấu"}

    look = sent(boss, look="1", **seal)
    digest = hidden(look.text, "seal.digest")
    page = boss.get(sent(boss, **{"seal.digest": digest, "seal.alt": "Con dấu"}).location).text

    assert len(digest) == 32
    assert hidden(page, "seal.digest") == digest
    without = sent(boss, look="1", **{"seal.digest": digest, "seal.alt": "Con dấu", "seal.without": "1"})
    assert hidden(without.text, "seal.digest") == ""
    assert "Bỏ hình này" not in without.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"heading.vi": ""}, "Chứng nhận cần có dòng này"),
        ({"name": ""}, "đặt tên cho mẫu"),
        ({"closing.vi": "{password}"}, "không phải là từ được điền tự động"),
        ({"seal": (io.BytesIO(b"<svg onload='alert(1)'/>"), "dấu.svg"), "seal.alt": "x"}, "PNG, JPEG"),
        ({"seal": (io.BytesIO(png().ljust(300_000, b"\0")), "dấu.png"), "seal.alt": "x"}, "quá nặng"),
        ({"seal": (io.BytesIO(png(40, 40)), "dấu.png")}, "mô tả hình này"),
        ({"seal": (io.BytesIO(png(40, 40) + b"<script>alert(1)</script>"), "dấu.png"), "seal.alt": "x"}, "thứ khác"),
        ({"seal": (io.BytesIO(png(40, 40)[:-20]), "dấu.png"), "seal.alt": "x"}, "bị cụt"),
        ({"seal": (io.BytesIO(BOMB), "dấu.png"), "seal.alt": "x"}, "quá lớn"),
        ({"seal": (io.BytesIO(jpeg(30, 20, colours=4)), "dấu.jpg"), "seal.alt": "x"}, "CMYK"),
        ({"seal": (io.BytesIO(jpeg(30, 20, before=exif(6))), "dấu.jpg"), "seal.alt": "x"}, "nằm nghiêng"),
        ({"seal": (io.BytesIO(b"\x00" * 50_000), "dấu.png"), "seal.alt": "x"}, "PNG, JPEG"),
        ({"seal": (io.BytesIO(jpeg(300, 200)), "dấu.jpg"), "seal.alt": "x"}, "Không vẽ được"),
    ],
)
def test_what_is_wrong_is_said_while_editing_and_nothing_is_kept(
    embedded: Installation, change: dict[str, Any], words: str
) -> None:
    boss = embedded.person("owner")

    answer = sent(boss, **change)

    assert answer.status_code == 422
    assert words in answer.text
    assert "Trần Văn Mẫu" in answer.text  # what was written is still there
    with embedded.services.database.read(1) as tx:
        assert certificate_templates.newest(tx) == []


@pytest.mark.parametrize("which", [{"id": "x", "version": "1"}, {"id": "0" * 32, "version": "một"}])
def test_a_form_that_was_tampered_with_is_refused(embedded: Installation, which: dict[str, str]) -> None:
    assert sent(embedded.person("owner"), **which).status_code == 400
