"""The author's view of an attempt: what was decided, what was said, and where that left the learner, one moment after the other."""
