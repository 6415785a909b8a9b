"""The rule for completing a course, made from its parts, pure: the language is that of docs/rules.md."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from packages.courses.course import Course, Part


def rule_of(course: Course, activities: Mapping[UUID, str]) -> dict[str, Any]:
    """Write the rule: every required part; of a part with alternatives, any."""
    conditions = [_did(part, activities) for part in course.required]
    return conditions[0] if len(conditions) == 1 else {"all": conditions}


def _did(part: Part, activities: Mapping[UUID, str]) -> dict[str, Any]:
    each = [{"did": {"activity": activities[package]}} for package in part.packages]
    return each[0] if len(each) == 1 else {"any": each}
