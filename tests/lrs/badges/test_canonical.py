"""RDFC-1.0: all writings of one graph become the same text, which another implementation writes too; a poisoned one is refused."""

from __future__ import annotations

import random

import pytest

from lrs.badges.canonical import canonical
from lrs.badges.errors import TooTangled
from lrs.badges.graph import Triple
from tests.lrs.badges.published import normalized_lines

P, Q = "<urn:x:p>", "<urn:x:q>"


def _graph(chance: random.Random) -> list[Triple]:
    nodes = [f"_:n{number}" for number in range(chance.randint(1, 5))] + ["<urn:x:a>"]
    values = [*nodes, '"lời"']
    return [
        Triple(chance.choice(nodes), chance.choice([P, Q]), chance.choice(values)) for _ in range(chance.randint(1, 9))
    ]


def _renamed(graph: list[Triple], chance: random.Random) -> list[Triple]:
    numbers = list(range(10))
    chance.shuffle(numbers)

    def other(node: str) -> str:
        return f"_:m{numbers[int(node[3:])]}" if node.startswith("_:n") else node

    found = [Triple(other(each.subject), each.predicate, other(each.object)) for each in graph]
    chance.shuffle(found)
    return found


def test_random_graphs_become_what_another_implementation_makes_of_them() -> None:
    chance = random.Random(10)
    for _ in range(400):
        # PyLD counts a triple twice in which a node says something of itself; the specification maps each node to a set of them.
        graph = [each for each in _graph(chance) if each.subject != each.object]

        assert canonical(graph) == normalized_lines("".join(map(str, graph))), graph


def test_names_and_order_do_not_matter() -> None:
    chance = random.Random(11)
    for _ in range(400):
        graph = _graph(chance)

        assert canonical(graph) == canonical(_renamed(graph, chance)), graph


def test_a_graph_that_was_made_to_be_slow_is_refused_soon() -> None:
    clique = [Triple(f"_:n{one}", P, f"_:n{other}") for one in range(9) for other in range(9) if one != other]

    with pytest.raises(TooTangled):
        canonical(clique)
