"""A course is made with buttons alone, published, opened, and its code printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.packages.courses.making import HOME, lessons

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

LIST = f"{HOME}/courses"


def made(person: Person, name: str = "Kỹ năng số") -> str:
    """Make a course; give back the address of its editor."""
    answer = person.post(LIST, form_at=LIST, data={"title_vi": name})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def press(person: Person, editor: str, act: str, **values: object) -> int:
    """Press one of the editor's buttons, as its page stands now."""
    edited = re.search(r'name="edited" value="(\d+)"', person.get(editor).text)
    assert edited is not None
    data = {"act": act, "edited": edited[1], **values}
    return person.post(editor, form_at=editor, data=data).status_code


def test_a_course_is_made_published_and_opened(embedded: Installation) -> None:
    (first, version), (second, _) = lessons(embedded)
    author = embedded.person("author")
    editor = made(author)
    base = editor.removesuffix("/edit")

    assert author.post(f"{base}/publish", form_at=editor).status_code == 422  # nothing is in it
    assert "chưa có bài nào" in author.post(f"{base}/publish", form_at=editor).text
    assert embedded.visitor().get(base).status_code == 404
    assert press(author, editor, "part.add", section="0", package=[str(first), str(second)]) == 303
    assert press(author, editor, "part.down", section="0", part="0") == 303
    assert press(author, editor, "about", title_vi="Kỹ năng số", summary_vi="Dễ học", minutes="12") == 303
    assert author.post(f"{base}/publish", form_at=editor).status_code == 303
    shown = embedded.visitor().get(base).text
    assert "Dễ học" in shown
    assert "2 bài học, khoảng 12 phút" in shown

    assert f"lesson={version}" not in embedded.visitor().get(f"{HOME}/open").text
    assert author.get(f"{base}/poster").status_code == 404  # nobody may join with its code
    assert author.post(f"{base}/doors", form_at=editor, data={"who": "everybody"}).status_code == 303
    assert version in embedded.visitor().get(f"{HOME}/open").text  # its lessons are open, too
    assert "<svg" in author.get(f"{base}/poster").text
    assert author.post(f"{base}/doors", form_at=editor, data={"who": "chosen"}).status_code == 303
    assert version not in embedded.visitor().get(f"{HOME}/open").text


def test_two_who_edit_at_once_do_not_undo_each_other(embedded: Installation) -> None:
    (first, _), (second, _) = lessons(embedded)
    one, other = embedded.person("author"), embedded.person("administrator")
    editor = made(one)
    stale = {"act": "part.add", "edited": "0", "section": "0"}

    assert one.post(editor, form_at=editor, data=stale | {"package": str(first)}).status_code == 303
    late = other.post(editor, form_at=editor, data=stale | {"package": str(second)})

    assert late.status_code == 409
    assert "Vừa có người khác sửa" in late.text
    assert f'name="package" value="{second}"' in one.get(editor).text  # still to be added


def test_what_a_form_cannot_say_is_refused(embedded: Installation) -> None:
    author = embedded.person("author")
    editor = made(author)

    assert author.post(LIST, form_at=LIST, data={"title_vi": " "}).status_code == 422
    assert press(author, editor, "dance") == 400
    assert press(author, editor, "part.add", section="9") == 400
    assert press(author, editor, "part.add", section="0", package="no id") == 400
    assert author.post(f"{editor.removesuffix('/edit')}/doors", form_at=editor, data={"who": "me"}).status_code == 400
