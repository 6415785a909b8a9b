"""The schemas are read once, by their names."""

import pytest

import schemas


def test_a_file_is_read_once() -> None:
    assert schemas.load("rules/rule") is schemas.load("rules/rule")


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        schemas.load("scorm/1.1")
