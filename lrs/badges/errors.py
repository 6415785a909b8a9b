"""What can be wrong with a credential: each is said once, where it is known."""


class NotACredential(ValueError):
    """It is not written as a credential of ours is: an unknown term, a wrong shape. Nothing was signed or verified."""


class TooTangled(NotACredential):
    """It was made so that ordering it takes for ever."""


class NotProved(ValueError):
    """The proof does not fit: something was changed, or another key has signed."""
