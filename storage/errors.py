"""What can go wrong with the database, in the words of those who call it."""


class DatabaseAway(Exception):
    """The database does not answer, is too busy, or has no room; trying again later may help."""


class ConnectionLost(DatabaseAway):
    """The connection broke: nobody knows whether what was sent is on disk."""


class NoSpace(Exception):
    """A query that belongs to a space was asked outside of one."""


class AlreadyThere(Exception):
    """The log has one of the statements that were to be new."""


class SettingsUnsafe(Exception):
    """The database would lose what it acknowledged."""


class Taken(Exception):
    """What tells one person, or one space, from others is another's already: its kind."""
