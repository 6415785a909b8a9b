"""The doctor: looks into the files of a package for what an author should know, and for what will bother learners (docs/packages.md).

It runs in the process that reads the package, under its limits; whatever it cannot read it leaves out. `examine` is for a package that can
be opened, `glance` for one that is refused.
"""

from packages.doctor.contents import Contents
from packages.doctor.examination import examine, glance
from packages.doctor.report import Large, Report, Share

__all__ = ["Contents", "Large", "Report", "Share", "examine", "glance"]
