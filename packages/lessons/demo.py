"""The demo's lessons: ours, published in a space where they are missing."""

import io
from contextlib import suppress

from lrs.commands import enter
from lrs.web import reading
from packages import publishing
from packages import reading as reader
from packages.lessons.lesson import SHELF, read
from packages.lessons.zipper import package
from packages.quota import QuotaReached
from storage import versions as rows


def publish_missing(slug: str) -> list[str]:
    """Publish what a space does not have yet of our lessons, in their order; give back the titles."""
    enter(slug)
    with reading() as tx:
        there = {row.identifier for row in rows.list_versions(tx)}
    missing = [lesson for lesson in map(read, SHELF) if lesson.identifier not in there]
    published = []
    for lesson in missing:
        with suppress(QuotaReached):  # the service starts all the same
            publishing.publish(io.BytesIO(package(lesson)))
            published.append(lesson.title)
    reader.close()
    return published
