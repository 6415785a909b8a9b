"""The manifest of a lesson: one template an edition, filled from what the lesson says of itself."""

from collections.abc import Iterable
from html import escape
from string import Template

from packages.lessons.lesson import HERE, Lesson


def manifest(lesson: Lesson, names: Iterable[str]) -> str:
    """Write imsmanifest.xml for a lesson that consists of these files."""
    template = Template((HERE / "kit" / f"manifest-{lesson.edition}.xml").read_text("utf-8"))
    return template.substitute(
        identifier=escape(lesson.identifier),
        title=escape(lesson.title),
        about=escape(lesson.about),
        keywords="".join(_keyword(lesson.edition, word) for word in lesson.keywords),
        mastery=lesson.mastery,
        measure=lesson.mastery / 100,
        files="".join(f'<file href="{escape(name)}"/>' for name in sorted(names)),
    )


def _keyword(edition: str, word: str) -> str:
    said = escape(word)
    if edition == "1.2":
        return f'<keyword><langstring xml:lang="vi">{said}</langstring></keyword>'
    return f'<lom:keyword><lom:string language="vi">{said}</lom:string></lom:keyword>'
