"""A tree finds its way: order, ancestors, names."""

from packages.model import Objective, Organisation, Text
from player.sequencing.tree import Tree, common_ancestor, plain
from tests.player.sequencing.trees import item, lessons, mapped, tree


def test_activities_are_numbered_in_preorder_below_the_organisation() -> None:
    made = tree(item("m1", *lessons("a", "b")), item("m2", *lessons("c")))

    assert [(one.number, one.id) for one in made.activities] == list(enumerate(["root", "m1", "a", "b", "m2", "c"]))
    assert [one.last for one in made.activities] == [5, 3, 2, 3, 5, 5]


def test_the_common_ancestor_may_be_one_of_the_two() -> None:
    made = tree(item("m1", *lessons("a", "b")), item("m2", *lessons("c")))
    root, m1, a, b, _, c = made.activities

    assert [common_ancestor(*two) for two in ((a, b), (a, c), (m1, a), (a, m1), (a, a))] == [m1, root, m1, m1, a]


def test_every_activity_has_a_primary_objective_and_it_comes_first() -> None:
    said = (Objective("one"), Objective("main", primary=True))
    made = tree(item("with", objectives=said), item("without"))

    with_, without = made.activities[1:]
    assert list(with_.objectives) == ["main", "one"]
    assert (without.primary.primary, without.primary.identifier) == (True, "")


def test_a_root_that_is_called_like_an_item_gets_a_name_of_its_own() -> None:
    made = Tree(Organisation("same", Text.of("course"), lessons("same")))

    assert [one.id for one in made.activities] == ["same#0", "same"]


def test_readers_of_a_global_objective_are_known() -> None:
    reads = item("reads", objectives=(mapped("g", read_satisfied_status=True),))
    writes = item("writes", objectives=(mapped("g", write_satisfied_status=True),))

    assert {target: [one.id for one in those] for target, those in tree(reads, writes).readers.items()} == {
        "g": ["reads"]
    }


def test_names_are_compared_plainly() -> None:
    assert plain("  a%20 %20b ") == plain("a b")
    assert plain("a b") != plain("ab")
