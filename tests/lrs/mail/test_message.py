"""A letter is what mail programs expect, whatever people and spaces are called."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrs.mail import message
from lrs.mail.message import Envelope

if TYPE_CHECKING:
    from email.message import EmailMessage

ENVELOPE = Envelope(
    id="7.1234@app.lms.localhost",
    sender_name="Hải Phòng",
    sender="haidang@example.org",
    to="hoa@example.org",
    subject="Liên kết để bạn vào học – Hải Phòng",
    language="vi",
    at=datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC),
)
FIELDS = {
    *("Message-ID", "Date", "From", "To", "Subject", "Content-Language", "Auto-Submitted"),
    *("MIME-Version", "Content-Type"),
}


def read(written: EmailMessage) -> EmailMessage:
    """Read it as its receiver does."""
    found = email.message_from_bytes(written.as_bytes(), policy=email.policy.default)
    assert found.defects == []
    return found


def body(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text


def test_it_says_who_to_whom_and_that_a_program_wrote_it() -> None:
    letter = read(message.write(ENVELOPE, "Xin chào\n", "<p>Xin chào</p>"))

    assert {*letter.keys()} == FIELDS
    assert letter["Message-ID"] == "<7.1234@app.lms.localhost>"
    assert letter["From"] == "Hải Phòng <haidang@example.org>"
    assert letter["To"] == "hoa@example.org"
    assert letter["Subject"] == ENVELOPE.subject
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "vi"
    assert letter["Date"].datetime == ENVELOPE.at


def test_it_says_the_same_twice_and_needs_seven_bits_alone() -> None:
    written = message.write(ENVELOPE, "Xin chào " * 200, "<p>" + "Xin chào " * 200)
    letter = read(written)

    assert letter.get_content_type() == "multipart/alternative"
    assert body(letter, "plain").split() == ["Xin", "chào"] * 200
    assert body(letter, "html").startswith("<p>Xin chào")
    assert written.as_bytes().isascii()
    assert max(map(len, written.as_bytes().splitlines())) < 998


@pytest.mark.parametrize(
    "name",
    [
        "Hải Phòng\r\nBcc: everybody@example.org",
        "Hải Phòng\nBcc: everybody@example.org\n\nAnother text",
        'Sở "Giáo dục", <evil@example.org>',
        "evil@example.org, Hải Phòng",
        "=?utf-8?q?evil=0D=0ABcc:_everybody@example.org?=",
        "Hải\u2028Phòng\x85Bcc: everybody@example.org\x00",
        "Ủy ban nhân dân thành phố Hải Phòng, Sở Khoa học và Công nghệ, Trung tâm Chuyển đổi số " * 5,
    ],
)
def test_no_name_makes_a_field_or_another_address(name: str) -> None:
    letter = read(message.write(replace(ENVELOPE, sender_name=name, subject=f"Thư của {name}"), "a", "b"))

    assert {*letter.keys()} == FIELDS
    (sender,) = letter["From"].addresses
    assert sender.addr_spec == "haidang@example.org"
    assert [each.addr_spec for each in letter["To"].addresses] == ["hoa@example.org"]
    assert body(letter, "plain").strip() == "a"


WORDS = st.lists(
    st.sampled_from(
        ["Địa", "chỉ", "thư", "điện", "tử", "của", "bạn", "đã", "đổi", "–", "Hai", "Phong,", '"Sở"', "(TP)", "<a@b>"]
    ),
    min_size=1,
)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_no_space_between_words_is_lost(name: list[str], subject: list[str]) -> None:
    written = message.write(replace(ENVELOPE, sender_name=" ".join(name), subject=" ".join(subject)), "a", "b")
    letter = email.message_from_bytes(written.as_bytes())  # the newer way to read cuts names where lines are folded

    assert str(make_header(decode_header(letter["Subject"]))) == " ".join(subject)
    encoded, address = parseaddr(letter["From"])
    assert str(make_header(decode_header(encoded))) == " ".join(name)
    assert address == "haidang@example.org"
    assert max(map(len, re.findall(rb"=\?utf-8\?[^ ]*\?=", written.as_bytes())), default=0) <= 75


@settings(deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_name_and_subject_is_written(name: str, subject: str) -> None:
    name, subject = (text.encode("utf-8", "replace").decode() for text in (name, subject))

    letter = read(message.write(replace(ENVELOPE, sender_name=name, subject=subject), "a", "b"))

    assert {*letter.keys()} - {"Subject"} == FIELDS - {"Subject"}
    assert [each.addr_spec for each in letter["From"].addresses] == ["haidang@example.org"]


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("hoa@example.org", "hoa@example.org"),
        ("hoa@ví-dụ.vn", "hoa@xn--v-d-rma6749a.vn"),
        ("hoà@example.org", "hoà@example.org"),
        ("hoa..nguyen.@example.org", "hoa..nguyen.@example.org"),
    ],
)
def test_a_domain_becomes_ascii(address: str, written: str) -> None:
    assert message.address(address) == written
    message.write(replace(ENVELOPE, to=written), "a", "b").as_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody",
        "@example.org",
        "hoa@",
        "hoa@" + "a" * 70 + ".vn",
        "hoa@example.org\r\nBcc: everybody@example.org",
        "=?utf-8?q?hoa=0D=0ABcc=3A_everybody?=@example.org",
    ],
)
def test_what_is_no_address_is_written_to_by_nobody(text: str) -> None:
    assert message.address(text) == ""
