"""Words that do not say how they are written are read as they were meant."""

import pytest

from packages.encodings import decode_names, text_of


@pytest.mark.parametrize(
    ("names", "written", "known", "encoding"),
    [
        (["Bài/đúng.png", "txt_đúng_1.png"], "utf-8", "", "utf-8"),
        (["Bài/đúng.png"], "cp1258", '<file href="Bài/đúng.png"/>', "cp1258"),
        (["Bài/đúng.png"], "cp1258", "", "cp1258"),
        (["Müller.html"], "cp437", '<file href="Müller.html"/>', "cp437"),
    ],
)
def test_names_are_read_as_they_stand_in_what_is_known(
    names: list[str], written: str, known: str, encoding: str
) -> None:
    assert decode_names([name.encode(written) for name in names], known) == (names, encoding)


def test_many_names_and_a_long_manifest_take_no_time() -> None:
    names = [f"đ{n}.png" for n in range(20_000)]
    known = "".join(f'<file href="a/{name}"/>' for name in reversed(names)) * 10

    assert decode_names([name.encode("cp1258") for name in names], known) == (names, "cp1258")


def test_letters_that_an_encoding_takes_apart_are_put_together() -> None:
    taken_apart = "ti\u00ea\u0301ng.html".encode("cp1258")

    assert decode_names([taken_apart], "") == (["tiếng.html"], "cp1258")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_plain_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert text_of("Đúng mà".encode(encoding)) == "Đúng mà"
