"""What each named query finds and does from another space: a query without a line fails the tests, and so does a line without one.

The lines stand in files of their own: what is found (queries_of_learning, queries_of_outcomes), written (changing_queries), refused
(refused_queries); what asks no database, and what is asked before any space is known, stands here.
"""

from __future__ import annotations

from tests.storage import queries_of_learning, queries_of_outcomes
from tests.storage.changing_queries import CHANGES_NOTHING
from tests.storage.given_rows import Rows
from tests.storage.refused_queries import IS_REFUSED
from tests.storage.samples import tables_of_spaces

__all__ = ["ABOVE_SPACES", "CHANGES_NOTHING", "FINDS_NOTHING", "IS_REFUSED", "KEYS", "TABLES", "Rows"]

FINDS_NOTHING = queries_of_learning.FINDS_NOTHING | queries_of_outcomes.FINDS_NOTHING

TABLES = [table.name for table in tables_of_spaces()]

KEYS = {
    "certificates.of_a_certificate",
    "certificates.read",
    "rules.of_a_version",
    "claims.selves",
    "courses.of_a_course",
    "definitions.columns",
    "definitions.remember",
    "definitions.unknown",
    "people.of_an_account",
    "related.agent",
    "related.related_agent",
    "related.related_activity",
}
"""What asks no database."""

ABOVE_SPACES = {
    "certificate_jobs.spaces",
    "credentials.browser_origins",
    "credentials.find",
    "identities.some",
    "issuing.everybodys",
    "service.read",
    "service.write",
    "platform.add_deed",
    "platform.add_link",
    "platform.add_session",
    "platform.deeds",
    "platform.end_other_sessions",
    "platform.end_session",
    "platform.find_session",
    "platform.let_first_owner_in",
    "platform.link_holds",
    "platform.open_sessions",
    "platform.see_session",
    "platform.use_link",
    "spaces.add",
    "spaces.figures",
    "spaces.find_by_slug",
    "spaces.set_quota",
    "spaces.slugs",
    "order.spaces_behind",
    "remakings.spaces",
    "outbox.spaces_due",
    "outbox.waiting",
}
"""What is asked before any space is known."""
