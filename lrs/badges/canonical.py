"""RDF Dataset Canonicalization, RDFC-1.0 (https://www.w3.org/TR/rdf-canon/), for triples without graphs."""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from itertools import permutations

from lrs.badges.errors import TooTangled
from lrs.badges.graph import Triple

_WORK = 2_000
"""Steps of the recursive part. A credential of ours takes none; a graph that was made to be slow takes more than there is time for."""


class _Issuer:
    """4.5 Issue Identifier: the names that blank nodes get, in the order in which they ask."""

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = issued or {}

    def issue(self, node: str) -> str:
        return self.issued.setdefault(node, f"_:{self.prefix}{len(self.issued)}")

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, dict(self.issued))


def canonical(found: Iterable[Triple]) -> str:
    """4.4 Canonicalization: write triples so that any two writings of one graph become the same text."""
    return _Canonicalization({*found}).text()


class _Canonicalization:
    def __init__(self, found: set[Triple]) -> None:
        self._triples = found
        self._of: dict[str, list[Triple]] = defaultdict(list)
        for triple in found:
            for node in {triple.subject, triple.object}:
                if node.startswith("_:"):
                    self._of[node].append(triple)
        self._first = {node: self._hash_first_degree(node) for node in self._of}
        self._names = _Issuer("c14n")
        self._work = _WORK

    def text(self) -> str:
        alike: dict[str, list[str]] = defaultdict(list)
        for node, digest in self._first.items():
            alike[digest].append(node)
        for digest in sorted(alike):
            if len(alike[digest]) == 1:
                self._names.issue(alike[digest][0])
        for digest in sorted(alike):
            if len(alike[digest]) > 1:
                self._name_alike(alike[digest])
        return "".join(sorted(str(self._renamed(triple)) for triple in self._triples))

    def _name_alike(self, nodes: list[str]) -> None:
        paths = []
        for node in nodes:
            if node not in self._names.issued:
                issuer = _Issuer("b")
                issuer.issue(node)
                paths.append(self._hash_n_degree(node, issuer))
        for _digest, issuer in sorted(paths, key=lambda path: path[0]):
            for node in issuer.issued:
                self._names.issue(node)

    def _renamed(self, triple: Triple) -> Triple:
        issued = self._names.issued
        return Triple(
            issued.get(triple.subject, triple.subject), triple.predicate, issued.get(triple.object, triple.object)
        )

    def _hash_first_degree(self, node: str) -> str:
        """4.6: by what is said of a node, and of nobody else."""

        def as_seen(other: str) -> str:
            return other if not other.startswith("_:") else "_:a" if other == node else "_:z"

        lines = sorted(
            str(Triple(as_seen(each.subject), each.predicate, as_seen(each.object))) for each in self._of[node]
        )
        return _hash("".join(lines))

    def _hash_related(self, related: str, triple: Triple, issuer: _Issuer, position: str) -> str:
        """4.7: by how a neighbour is reached."""
        name = self._names.issued.get(related) or issuer.issued.get(related) or self._first[related]
        return _hash(f"{position}{triple.predicate}{name}")

    def _hash_n_degree(self, node: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """4.8: by the neighbours of the neighbours, in the order that gives the least text."""
        data = ""
        for digest, neighbours in sorted(self._neighbours(node, issuer).items()):
            chosen, kept = "", issuer
            for order in permutations(neighbours):
                path, copy = self._path(order, issuer.copy(), chosen)
                if path and (not chosen or path < chosen):
                    chosen, kept = path, copy
            data += digest + chosen
            issuer = kept
        return _hash(data), issuer

    def _neighbours(self, node: str, issuer: _Issuer) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for triple in self._of[node]:
            for position, other in (("s", triple.subject), ("o", triple.object)):
                if other.startswith("_:") and other != node:
                    found[self._hash_related(other, triple, issuer, position)].append(other)
        return found

    def _path(self, order: Iterable[str], issuer: _Issuer, chosen: str) -> tuple[str, _Issuer]:
        """4.8.3, step 5.4: follow one order; nothing as soon as another one was better."""
        path = ""
        deeper = []
        for related in order:
            if related in self._names.issued:
                path += self._names.issued[related]
            else:
                if related not in issuer.issued:
                    deeper.append(related)
                path += issuer.issue(related)
            if _worse(path, chosen):
                return "", issuer
        for related in deeper:
            self._spend()
            digest, found = self._hash_n_degree(related, issuer)
            path += f"{issuer.issue(related)}<{digest}>"
            issuer = found
            if _worse(path, chosen):
                return "", issuer
        self._spend()
        return path, issuer

    def _spend(self) -> None:
        self._work -= 1
        if self._work < 0:
            raise TooTangled("its blank nodes cannot be told apart in good time")


def _worse(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
