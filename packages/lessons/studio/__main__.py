"""`python -m packages.lessons.studio`: make the films whose scenes or drawings have changed; `--all` makes them all.

H.264 of the main profile without sound, with a picture to seek to at each scene and every few seconds.
"""

import subprocess
import sys

import imageio_ffmpeg

from packages.lessons.captions import times
from packages.lessons.lesson import FILM, SHELF, Lesson, read
from packages.lessons.origin import NOTE, noted, origin
from packages.lessons.studio import stage

_RATE = 15
_SEEK = 6 * _RATE


def make(lesson: Lesson) -> None:
    """Make a film, and note what it was made from."""
    starts = ",".join(f"{start:g}" for start, _, _ in times(lesson))
    size = f"{stage.WIDTH}x{stage.HEIGHT}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", str(_RATE), "-i", "-"]
    command += [
        "-an",
        "-c:v",
        "libx264",
        "-profile:v",
        "main",
        "-level",
        "3.1",
        "-preset",
        "veryslow",
        "-tune",
        "animation",
    ]
    command += [
        "-vf",
        "scale=out_color_matrix=bt709:out_range=tv",
        "-pix_fmt",
        "yuv420p",
        "-crf",
        "25",
        "-g",
        str(_SEEK),
    ]
    command += ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    command += ["-force_key_frames", starts, "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact"]
    command += ["-threads", "2", str(lesson.folder / "film.mp4")]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        if encoder.stdin is None:
            raise BrokenPipeError
        for start, end, scene in times(lesson):
            for n in range(round((end - start) * _RATE)):
                encoder.stdin.write(stage.frame(scene, n / _RATE).tobytes())
        encoder.stdin.close()
    if encoder.returncode:
        raise SystemExit(encoder.returncode)
    (lesson.folder / NOTE).write_text(origin(lesson) + "\n", "ascii")


def main(*, again: bool) -> None:
    """Make what has to be made."""
    stage.require_font()
    for lesson in map(read, SHELF):
        if lesson.kind == FILM and (again or noted(lesson) != origin(lesson)):
            print(f"drawing the film of {lesson.folder.name}")  # noqa: T201 - a command speaks
            make(lesson)


if __name__ == "__main__":
    main(again="--all" in sys.argv)
