"""What a film was made from: the hash of its scenes and drawings, noted beside the film when it is made."""

import hashlib
import json

from packages.lessons.lesson import Lesson, drawing, drawn

NOTE = "film.origin"


def origin(lesson: Lesson) -> str:
    """Hash the scenes of a film and the drawings in them."""
    drawings = {name: drawing(name) for name in drawn(lesson.steps)}
    made_from = json.dumps([lesson.steps, drawings], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(made_from.encode()).hexdigest()


def noted(lesson: Lesson) -> str:
    """Read what the film that lies there was made from."""
    note = lesson.folder / NOTE
    return note.read_text("ascii").strip() if note.exists() else ""
