"""The contents of a package: what the doctor may look at."""

from tests.packages.doctor.making import contents


def test_a_file_is_opened_by_its_name_and_only_its_beginning_is_read() -> None:
    held = contents({"a.html": b"0123456789"})

    assert held.beginning("a.html", 4) == b"0123"


def test_a_file_is_named_as_it_is_called_in_the_zip() -> None:
    assert contents({"a.html": b""}, "bài/").within("a.html") == "bài/a.html"
