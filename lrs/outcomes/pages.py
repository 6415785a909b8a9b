"""All pages about rules: importing this module adds each of them to the blueprint."""

from lrs.outcomes import actor_pages, review_pages, rule_pages, writing_pages
from lrs.outcomes.blueprint import pages

__all__ = ["actor_pages", "pages", "review_pages", "rule_pages", "writing_pages"]
