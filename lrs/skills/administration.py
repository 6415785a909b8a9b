"""All pages of skills: importing this module adds each to the blueprint."""

from lrs.skills import badge_pages, own_pages, progress_pages, set_pages, writing_pages
from lrs.skills.blueprint import pages

__all__ = ["badge_pages", "own_pages", "pages", "progress_pages", "set_pages", "writing_pages"]
