"""The demo's skills: the five, with our lessons among what counts for them."""

from dataclasses import replace
from typing import Any

from lrs.commands import enter
from lrs.skills import asking
from lrs.skills.blueprint import home
from lrs.skills.keeping import Shop
from lrs.skills.set_pages import FIVE, begin_with_five
from lrs.web import transaction
from storage import skills, tags, versions

_LEADS_TO = {
    "haidang-khoa-nha-so": ("kỹ năng số: an toàn", "kỹ năng số: thanh toán"),
    "haidang-giay-to-tai-nha": ("kỹ năng số: dịch vụ công", "kỹ năng số: nền tảng số"),
    "haidang-cuoc-goi-la": ("kỹ năng số: an toàn", "kỹ năng số: mua sắm"),
}
"""Which skills each of our lessons leads to, by its tags."""


_ASKS_MORE: dict[str, dict[str, Any]] = {"shield": {"tagged": 2}, "payment": {"confirmed": True}}
"""So that all ways of filling are seen: two lessons for one skill, a mentor's word for another."""


def fill(slug: str) -> str:
    """Make the set in a space that has none, and give our lessons their tags; give back what it is called."""
    enter(slug)
    with transaction() as tx:
        if skills.the_set(tx) is not None:
            return ""
        for row in versions.list_versions(tx):
            for tag in _LEADS_TO.get(row.identifier, ()):
                tags.put(tx, tag, row.activity)
        shop = Shop(tx, home())
        begin_with_five(shop)
        for skill in skills.listed(tx):
            more = _ASKS_MORE.get(skill.picture)
            if more is not None:
                shop.ask(skill, replace(asking.read(skill.asks), **more))
    return str(FIVE["titles"]["vi"])
