"""`python -m packages.lessons FOLDER`: write the zips of our lessons into a folder."""

import sys
from pathlib import Path

from packages.lessons.lesson import SHELF, read
from packages.lessons.zipper import package


def main(folder: Path) -> None:
    """Write them all, and say how large each is."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, slug in enumerate(SHELF, 1):
        path = folder / f"{number:02}-{slug}.zip"
        path.write_bytes(package(read(slug)))
        print(f"{path}  {path.stat().st_size / 1000:,.0f} kB")  # noqa: T201 - a command speaks


if __name__ == "__main__":
    main(Path(sys.argv[1]))
