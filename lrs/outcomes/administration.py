"""The pages of those who write rules and decide what becomes of what follows: importing this module adds each to the blueprint."""

from lrs.outcomes import actor_pages, paper_pages, review_pages, rule_pages, writing_pages
from lrs.outcomes.blueprint import pages

__all__ = ["actor_pages", "pages", "paper_pages", "review_pages", "rule_pages", "writing_pages"]
