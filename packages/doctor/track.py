"""What a file of film or sound is known to hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Media:
    """How many seconds it plays, if that can be told, and what is in it."""

    seconds: float | None = None
    video: bool = False
    sound: bool = False
    captions: bool = False
    codec: str = ""
    """What its pictures are coded in, as the file names it."""


UNKNOWN = Media()
