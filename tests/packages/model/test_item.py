"""The tree of items is walked in the order in which learners see it."""

from packages.model import Item, Organisation, Text


def test_a_tree_is_walked_from_the_top() -> None:
    two = Item("2", Text(), items=(Item("3", Text()), Item("4", Text())))
    organisation = Organisation("o", Text(), (Item("1", Text()), two, Item("5", Text())))

    assert [item.identifier for item in organisation.walk()] == list("12345")
