"""Frozen dataclasses come back from JSON as they were, and what is unknown there is not swallowed."""

from dataclasses import dataclass

import pytest

from packages.model import codec


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    leaves: tuple[Leaf, ...] = ()
    best: Leaf | None = None
    pairs: tuple[tuple[str, str], ...] = ()


@pytest.mark.parametrize(
    ("tree", "written"),
    [
        (Tree(), {}),
        (Tree((Leaf("a"), Leaf("b", 0))), {"leaves": [{"name": "a"}, {"name": "b", "size": 0}]}),
        (Tree(best=Leaf("c"), pairs=(("x", "y"),)), {"best": {"name": "c"}, "pairs": [["x", "y"]]}),
    ],
)
def test_a_value_comes_back_as_it_was(tree: Tree, written: object) -> None:
    assert codec.write(tree) == written
    assert codec.read(Tree, codec.write(tree)) == tree


def test_a_member_that_is_unknown_is_an_error() -> None:
    with pytest.raises(KeyError):
        codec.read(Tree, {"leafs": []})
