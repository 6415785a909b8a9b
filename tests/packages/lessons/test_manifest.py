"""The manifests of our lessons, read by our own readers."""

from dataclasses import replace

import pytest
from lxml import etree

from packages.lessons.lesson import SHELF, Lesson, read
from packages.lessons.manifest import manifest

LESSONS = [read(slug) for slug in SHELF]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.folder.name)
def test_a_manifest_names_every_file_and_says_what_passes(lesson: Lesson) -> None:
    root = etree.fromstring(manifest(lesson, ["index.html", "kit/a.js"]).encode())
    text = {etree.QName(one).localname: one.text for one in root.iter(etree.Element)}

    assert [one.get("href") for one in root.iter("{*}file")] == ["index.html", "kit/a.js"]
    passes = text.get("masteryscore") or text.get("minNormalizedMeasure")
    assert passes == {"1.2": "75", "2004": "0.75"}[lesson.edition]
    assert text["schemaversion"] == {"1.2": "1.2", "2004": "2004 4th Edition"}[lesson.edition]


def test_words_cannot_break_the_xml() -> None:
    lesson = replace(LESSONS[0], title='Mật khẩu & "mã" <OTP>')

    root = etree.fromstring(manifest(lesson, []).encode())
    assert root.findtext(".//{*}organization/{*}title") == 'Mật khẩu & "mã" <OTP>'
