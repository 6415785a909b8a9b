"""The doctor: looks into the files of a package for what an author should know, and for what will bother learners (docs/packages.md).

It runs in the process that reads the package, under its limits; whatever it cannot read it leaves out. `examine` is all there is to call.
"""

from packages.doctor.examination import examine
from packages.doctor.report import Report, Share

__all__ = ["Report", "Share", "examine"]
